"""Which CRM account a channel belongs to."""

from __future__ import annotations

import structlog

from bot.domain.desk import AccountAnswer, CaseRecord
from bot.domain.errors import CrmError, CrmNotFound
from bot.ports import Store
from bot.services.crm import CrmService

log = structlog.get_logger()


class Accounts:
    """Asks by what people linked, then by the CRM's own channel and team fields. Never guesses among several."""

    def __init__(self, crm: CrmService, store: Store) -> None:
        self._crm = crm
        self._store = store

    async def of_case(self, case: CaseRecord) -> AccountAnswer:
        """Never raises: a CRM that cannot answer is an answer too, and nothing is claimed from it."""
        try:
            return await self._ask(case)
        except CrmNotFound:
            return AccountAnswer()
        except CrmError as error:
            log.warning("crm_unavailable", case=case.id, error=str(error), kind=error.key)
            return AccountAnswer(unavailable=True)

    async def _ask(self, case: CaseRecord) -> AccountAnswer:
        customer_id = case.customer_id or await self._linked(case.channel)
        if customer_id is None:
            found = await self._crm.by_channel(case.channel, case.team or None)
            if len(found) != 1:
                return AccountAnswer(candidates=tuple(found))
            customer_id = found[0].id
        return AccountAnswer(account=await self._crm.account(customer_id))

    async def _linked(self, channel: str) -> str | None:
        async with self._store.read() as unit:
            return await unit.links.customer_of(channel)
