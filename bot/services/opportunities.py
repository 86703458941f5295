"""Sales is told of a chance to renew or to sell: once per case, with the reason."""

from __future__ import annotations

from bot.domain.cases import Done
from bot.domain.desk import Dossier, Places, Role
from bot.domain.opportunities import OpportunityRecord
from bot.domain.renewals import opportunity_in
from bot.ports import Chat, Clock, Presenter, Store
from bot.services.cases import CaseService
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People


class OpportunityService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        people: People,
        chat: Chat,
        presenter: Presenter,
        places: Places,
        knowledge: LiveKnowledge,
        clock: Clock,
    ) -> None:
        self._store = store
        self._cases = cases
        self._people = people
        self._chat = chat
        self._presenter = presenter
        self._places = places
        self._knowledge = knowledge
        self._clock = clock

    async def consider(self, case_id: str) -> None:
        """Tags the account's sales owner if the case is an opportunity and they were not tagged yet."""
        dossier = await self._cases.dossier(case_id)
        reason = opportunity_in(dossier, self._knowledge.current.policy)
        if reason is None:
            return
        owner = await self._owner(dossier)
        record = dossier.opportunity or OpportunityRecord(case_id, reason, owner, self._clock.now())
        async with self._store.begin() as unit:
            first = await unit.opportunities.add(record)
            posted = await unit.posts.get(f"sales:{case_id}")
        if not first and posted is not None and posted.ts is not None:
            return
        await self._tag(dossier, record, first=first)

    async def _tag(self, dossier: Dossier, record: OpportunityRecord, *, first: bool) -> None:
        """Into the escalation's thread where there is one, so that support and sales see the same."""
        people = (record.owner,) if record.owner else self._people.named(Role.SALES)
        content = self._presenter.opportunity(dossier, record, people)
        thread = dossier.escalation.ts if dossier.escalation else None
        channel = self._places.escalation if thread else self._places.sales
        await self._chat.post(f"sales:{record.case_id}", channel, content, thread_ts=thread)
        if first:
            await self._cases.log(record.case_id, Done.SALES_TAGGED, record.owner)

    async def _owner(self, dossier: Dossier) -> str | None:
        account = dossier.answer.account
        email = account.customer.owner.email if account else None
        return await self._chat.find_by_email(email) if email else None
