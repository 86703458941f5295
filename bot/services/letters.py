"""Letters: the formal reply as files in the agent's private conversation, and texts for other readers."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import blake2b

from bot.domain.cases import Proposed
from bot.domain.desk import Dossier
from bot.domain.letters.model import Letter, LetterKind, Sender
from bot.domain.reading.model import Reading
from bot.ports import Chat, Clock, DocumentForm, Documents, File, Presenter
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE, WRITERS
from bot.services.knowledge import Knowledge, LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences


class LetterService:
    def __init__(
        self,
        cases: CaseService,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        documents: Documents,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
    ) -> None:
        self._cases = cases
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._documents = documents
        self._chat = chat
        self._presenter = presenter
        self._clock = clock

    async def send_formal(self, user: str, channel: str, case_id: str) -> None:
        """Puts the formal reply of a case, as every form of file, before ``user`` alone, and reminds them to call.

        The same letter is sent once; it is another letter when the case has moved on. Raises ``NotAllowed``.
        """
        person = await self._people.require(user, *WRITERS)
        locale = await self._preferences.locale(user)
        known, dossier = self._knowledge.current, await self._cases.dossier(case_id, patience=PATIENCE)
        letter = _write(known, dossier, LetterKind.FORMAL, Sender(signer=person.name))
        memo = _write(known, dossier, LetterKind.MEMO) if _wants_memo(known, dossier) else None
        note = self._presenter.letter_note(dossier, letter, memo, locale)
        op = f"letter:{case_id}:{user}:{blake2b(letter.text.encode(), digest_size=8).hexdigest()}"
        sent = await self._chat.send_files(op, user, await self._files(letter), note)
        minutes = known.policy.call_after_minutes
        reminder = self._presenter.letter_call(dossier, minutes, locale)
        await self._chat.remind(f"call:{op}", user, self._clock.now() + timedelta(minutes=minutes), reminder)
        key = "letter.sent" if sent else "letter.sent_before"
        await self._chat.whisper(user, channel, self._presenter.notice(key, locale))

    async def show(self, user: str, channel: str, case_id: str, *kinds: LetterKind) -> None:
        """Shows ``user`` alone texts to copy. Raises ``NotAllowed``."""
        await self._people.require(user, *WRITERS)
        locale = await self._preferences.locale(user)
        known, dossier = self._knowledge.current, await self._cases.dossier(case_id, patience=PATIENCE)
        letters = [_write(known, dossier, kind) for kind in kinds]
        await self._chat.whisper(user, channel, self._presenter.letters(letters, locale))

    async def _files(self, letter: Letter) -> tuple[File, ...]:
        """Setting pages takes a processor for a tenth of a second, so it is done beside the loop."""
        contents = [await asyncio.to_thread(self._documents.render, letter, form) for form in DocumentForm]
        return tuple(
            File(f"{letter.name}.{form}", content) for form, content in zip(DocumentForm, contents, strict=True)
        )


def _write(known: Knowledge, dossier: Dossier, kind: LetterKind, sender: Sender | None = None) -> Letter:
    return known.letters.write(dossier.as_case(), _reading(known, dossier), kind, sender or Sender())


def _reading(known: Knowledge, dossier: Dossier) -> Reading:
    return dossier.last_reading or known.reader.read("", now=dossier.now, fallback=dossier.record.variant)


def _wants_memo(known: Knowledge, dossier: Dossier) -> bool:
    drafts = known.drafter.draft(dossier.as_case(), _reading(known, dossier), dossier.reading_before)
    return any(proposal.kind is Proposed.WRITE_MEMO for proposal in drafts.proposals)
