"""Letters: the formal reply as files, and texts for other readers."""

from __future__ import annotations

from bot.domain.letters.model import LetterKind
from bot.services.letters import LetterService
from handlers import names
from handlers.payloads import Actor
from handlers.router import Router


class LetterSurface:
    def __init__(self, letters: LetterService) -> None:
        self._letters = letters

    def route(self, router: Router) -> None:
        router.action(names.LETTER_FORMAL, self._formal)
        router.action(names.LETTER_MEMO, self._memo)
        router.action(names.LETTER_EXECUTIVE, self._executive)

    async def _formal(self, actor: Actor, case_id: str) -> None:
        await self._letters.send_formal(actor.user, actor.channel, case_id)

    async def _memo(self, actor: Actor, case_id: str) -> None:
        await self._letters.show(actor.user, actor.channel, case_id, LetterKind.MEMO, LetterKind.STATUS)

    async def _executive(self, actor: Actor, case_id: str) -> None:
        await self._letters.show(actor.user, actor.channel, case_id, LetterKind.EXECUTIVE, LetterKind.FACE_SAVING)
