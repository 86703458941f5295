"""/desk: help, and which customer a channel belongs to."""

from __future__ import annotations

from bot.services.desk import DeskService
from handlers import names
from handlers.payloads import Actor
from handlers.router import Router


class DeskSurface:
    def __init__(self, desk: DeskService) -> None:
        self._desk = desk

    def route(self, router: Router) -> None:
        router.command(names.DESK_COMMAND, self._command)

    async def _command(self, actor: Actor, text: str) -> None:
        await self._desk.run(actor.user, actor.channel, text)
