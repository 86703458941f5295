"""Hints: read and put away, or switched off."""

from __future__ import annotations

from bot.services.hints import HintService
from handlers import names
from handlers.payloads import Actor
from handlers.router import Router


class HintSurface:
    def __init__(self, hints: HintService) -> None:
        self._hints = hints

    def route(self, router: Router) -> None:
        router.action(names.HINT_DISMISS, self._dismiss)
        router.action(names.HINTS_OFF, self._off)

    async def _dismiss(self, actor: Actor, _value: str) -> None:
        await self._hints.dismiss(actor.spot)

    async def _off(self, actor: Actor, _value: str) -> None:
        await self._hints.stop(actor.user, actor.spot)
