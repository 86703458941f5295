"""What the product knows before it meets a customer, and the place where newer knowledge takes over."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.cases import Case
from bot.domain.desk import Dossier
from bot.domain.drafting.drafter import Drafter
from bot.domain.drafting.model import DraftSet
from bot.domain.letters.writer import LetterWriter
from bot.domain.lint.linter import Linter
from bot.domain.policy import Policy
from bot.domain.promises.lexicon import PromiseLexicon
from bot.domain.reading.context import ContextReading, read_context
from bot.domain.reading.model import Reading
from bot.domain.reading.reader import Reader
from bot.domain.requests import DraftRequest
from bot.domain.texts import Texts
from bot.domain.verdicts.lexicon import VerdictLexicon

AS_USUAL = DraftRequest()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """House rules and scripts, loaded together."""

    policy: Policy
    reader: Reader
    linter: Linter
    drafter: Drafter
    verdicts: VerdictLexicon
    texts: Texts
    letters: LetterWriter
    promises: PromiseLexicon

    def drafts_for(self, dossier: Dossier, request: DraftRequest = AS_USUAL) -> DraftSet | None:
        """Drafts for the newest customer message, read within its case. None where no customer has spoken.

        Of ``request`` the form counts; its words must be among the messages of the dossier already.
        """
        reading = dossier.last_reading
        if reading is None:
            return None
        case = dossier.as_case()
        written = replace(reading, variant=request.variant or reading.variant)
        context = self._context(dossier, case, reading)
        return self.drafter.draft(case, written, dossier.reading_before, context, short=request.short)

    def assess(self, dossier: Dossier) -> DraftSet | None:
        """``drafts_for`` without the drafts, for whoever shows only what the case is at."""
        reading = dossier.last_reading
        if reading is None:
            return None
        case = dossier.as_case()
        return self.drafter.assess(case, reading, dossier.reading_before, self._context(dossier, case, reading))

    def _context(self, dossier: Dossier, case: Case, reading: Reading) -> ContextReading:
        readings = {m.text: m.reading for m in dossier.messages if m.reading is not None}
        return read_context(case, reading, read=readings.__getitem__, policy=self.policy)


class LiveKnowledge:
    """Holds the knowledge that counts now.

    It is replaced as a whole and never changed: who keeps ``current`` for the length of a use case works with
    files of one moment.
    """

    def __init__(self, current: Knowledge) -> None:
        self.current = current
