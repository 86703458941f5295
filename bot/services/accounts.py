"""Which CRM account a channel belongs to."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.domain.contracts import Customer
from bot.domain.desk import AccountAnswer, CaseRecord
from bot.domain.errors import CrmError, CrmNotFound
from bot.ports import Chat, Store
from bot.services.crm import CrmService
from bot.services.knowledge import LiveKnowledge

log = structlog.get_logger()


class Accounts:
    """Asks by what people linked, then by the CRM's own channel and team fields, then by who speaks.

    Never guesses among several.
    """

    def __init__(self, crm: CrmService, store: Store, chat: Chat, knowledge: LiveKnowledge) -> None:
        self._crm = crm
        self._store = store
        self._chat = chat
        self._knowledge = knowledge

    async def of_case(self, case: CaseRecord) -> AccountAnswer:
        """Never raises: a CRM that cannot answer is an answer too, and nothing is claimed from it."""
        try:
            return await self._ask(case)
        except CrmNotFound:
            return AccountAnswer()
        except CrmError as error:
            log.warning("crm_unavailable", case=case.id, error=str(error), kind=error.key)
            return AccountAnswer(unavailable=True)

    async def of_channel(self, channel: str) -> Sequence[Customer]:
        """Whose channel it is by what people linked, else by what the CRM says of it. Raises ``CrmError``."""
        linked = await self._linked(channel)
        if linked is not None:
            return [(await self._crm.account(linked)).customer]
        return await self._crm.by_channel(channel)

    async def _ask(self, case: CaseRecord) -> AccountAnswer:
        customer_id = case.customer_id or await self._linked(case.channel)
        if customer_id is None:
            found = await self._crm.by_channel(case.channel, case.team or None) or await self._by_speakers(case)
            if len(found) != 1:
                return AccountAnswer(candidates=tuple(found))
            customer_id = found[0].id
        return AccountAnswer(account=await self._crm.account(customer_id))

    async def _by_speakers(self, case: CaseRecord) -> Sequence[Customer]:
        """By the e-mail domains of the customers who spoke; where anybody may have an address says nothing."""
        async with self._store.read() as unit:
            said = await unit.cases.messages(case.id)
        people = [await self._chat.person(user) for user in {m.user for m in said if m.reading is not None and m.user}]
        domains = {(person.email or "").rpartition("@")[2].casefold() for person in people}
        public = self._knowledge.current.policy.public_mail_domains
        found: dict[str, Customer] = {}
        for domain in sorted(domains.difference(public, {""})):
            found.update({customer.id: customer for customer in await self._crm.by_domain(domain)})
        return list(found.values())

    async def _linked(self, channel: str) -> str | None:
        async with self._store.read() as unit:
            return await unit.links.customer_of(channel)
