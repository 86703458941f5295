"""The case on its card: whose account it is."""

from __future__ import annotations

from bot.services.desk import DeskService
from handlers import names
from handlers.payloads import Actor
from handlers.router import Router


class CaseSurface:
    def __init__(self, desk: DeskService) -> None:
        self._desk = desk

    def route(self, router: Router) -> None:
        router.action(names.CASE_CUSTOMER, self._choose_customer)

    async def _choose_customer(self, actor: Actor, value: str) -> None:
        case_id, _, customer_id = value.partition("|")
        await self._desk.choose_customer(actor.user, case_id, customer_id)
