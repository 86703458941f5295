"""Saying whose account a channel is, and taking it back: the open cases of the channel follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.changes import CaseChange, ChangeKind
from bot.domain.contracts import Customer
from bot.ports import Clock, Store
from bot.services.cards import CardService
from bot.services.crm import CrmService

MOST_SHOWN = 20
"""Candidates that one can still choose from by eye."""


class Linking:
    def __init__(self, store: Store, crm: CrmService, cards: CardService, clock: Clock) -> None:
        self._store = store
        self._crm = crm
        self._cards = cards
        self._clock = clock

    async def exactly(self, name: str) -> Customer | None:
        """The one customer whom ``name`` names by id, name or alias; None for none or several. Raises ``CrmError``."""
        found = await self._crm.resolve(name)
        return found[0] if len(found) == 1 else None

    async def candidates(self, name: str) -> Sequence[Customer]:
        """All that ``name`` may mean. Raises ``CrmError``."""
        return await self._crm.resolve(name) or await self._crm.find(name, MOST_SHOWN)

    async def link(self, user: str, channel: str, customer_id: str) -> Customer:
        """Raises ``CrmError``: nobody is linked to what the CRM does not have."""
        customer = (await self._crm.account(customer_id)).customer
        async with self._store.begin() as unit:
            await unit.links.link(channel, customer.id, user, self._clock.now())
        await self._follow(user, channel, customer.id, ChangeKind.LINKED, customer.name)
        return customer

    async def unlink(self, user: str, channel: str) -> bool:
        """False where nobody had linked the channel."""
        async with self._store.begin() as unit:
            linked = await unit.links.customer_of(channel)
            await unit.links.unlink(channel)
        if linked is None:
            return False
        await self._follow(user, channel, None, ChangeKind.UNLINKED, linked)
        return True

    async def _follow(self, user: str, channel: str, customer_id: str | None, kind: ChangeKind, detail: str) -> None:
        async with self._store.begin() as unit:
            cases = await unit.cases.open_in(channel)
            for case in cases:
                await unit.cases.save(replace(case, customer_id=customer_id))
                await unit.changes.add(CaseChange(case.id, kind, self._clock.now(), user, detail))
        for case in cases:
            await self._cards.refresh(case.id)
