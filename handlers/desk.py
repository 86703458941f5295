"""/desk, and the choices that its answers offer."""

from __future__ import annotations

from bot.services.desk_command import DeskCommand
from handlers import names
from handlers.payloads import Actor
from handlers.router import Router


class DeskSurface:
    def __init__(self, desk: DeskCommand) -> None:
        self._desk = desk

    def route(self, router: Router) -> None:
        router.command(names.DESK_COMMAND, self._command)
        router.action(names.DESK_LINK, self._link)
        router.action(names.ALERTS_OFF, self._stop_alerts)

    async def _command(self, actor: Actor, text: str) -> None:
        await self._desk.run(actor.user, actor.spot, text)

    async def _link(self, actor: Actor, customer_id: str) -> None:
        await self._desk.link_to(actor.user, actor.spot, customer_id)

    async def _stop_alerts(self, actor: Actor, _: str) -> None:
        await self._desk.stop_alerts(actor.user, actor.spot)
