"""What the product knows before it meets a customer, and the place where newer knowledge takes over."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.drafting.drafter import Drafter
from bot.domain.lint.linter import Linter
from bot.domain.policy import Policy
from bot.domain.reading.reader import Reader
from bot.domain.texts import Texts
from bot.domain.verdicts import VerdictLexicon


@dataclass(frozen=True, slots=True)
class Knowledge:
    """House rules and scripts, loaded together."""

    policy: Policy
    reader: Reader
    linter: Linter
    drafter: Drafter
    verdicts: VerdictLexicon
    texts: Texts


class LiveKnowledge:
    """Holds the knowledge that counts now.

    It is replaced as a whole and never changed: who keeps ``current`` for the length of a use case works with
    files of one moment.
    """

    def __init__(self, current: Knowledge) -> None:
        self.current = current
