"""Where an opportunity is shown: its one message for sales, and the note in the thread of an escalation."""

from __future__ import annotations

from bot.domain.desk import Dossier, Locale, Places, Role
from bot.domain.errors import NotAllowed
from bot.domain.escalations import EscalationStatus
from bot.domain.opportunities import OpportunityRecord
from bot.ports import Chat, Content, Presenter, Spot, Store
from bot.services.people import People
from bot.services.posted import Posted


class OpportunityPosts:
    def __init__(
        self, store: Store, posted: Posted, people: People, chat: Chat, presenter: Presenter, places: Places
    ) -> None:
        self._store = store
        self._posted = posted
        self._people = people
        self._chat = chat
        self._presenter = presenter
        self._places = places

    async def tell(self, dossier: Dossier, record: OpportunityRecord) -> None:
        """Once. In the escalation's thread where sales reads that channel, so that support and sales see the same."""
        escalation = dossier.escalation
        thread = escalation.ts if escalation and self._places.sales == self._places.escalation else None
        await self._chat.post(_op(record), self._places.sales, self._content(dossier, record), thread_ts=thread)

    async def redraw(self, dossier: Dossier, record: OpportunityRecord) -> None:
        await self._posted.change(_op(record), self._content(dossier, record))
        if dossier.escalation is not None:
            note = self._presenter.sales_note(dossier, record, Locale.of_case(dossier.record.variant))
            await self._posted.change(_note_op(record, dossier.escalation.id), note)

    async def note_hold(self, dossier: Dossier, record: OpportunityRecord) -> None:
        """Supervisors read in the thread of a waiting escalation that sales waits for their word, where that is not
        in front of them there anyway.
        """
        escalation = dossier.escalation
        if record.hold is None or escalation is None or escalation.ts is None:
            return
        beside = self._places.sales != self._places.escalation or record.opened_at < escalation.opened_at
        if beside and escalation.status is not EscalationStatus.CLOSED:
            note = self._presenter.sales_note(dossier, record, Locale.of_case(dossier.record.variant))
            op = _note_op(record, escalation.id)
            await self._chat.post(op, escalation.channel, note, thread_ts=escalation.ts)

    async def stands(self, record: OpportunityRecord) -> bool:
        return await self._posted.stands(_op(record))

    async def link(self, record: OpportunityRecord) -> str | None:
        return await self._posted.link(_op(record))

    async def require_here(self, spot: Spot, case_id: str) -> OpportunityRecord:
        """The opportunity, if it is shown at ``spot`` and only we read there. Raises ``NotAllowed``."""
        async with self._store.read() as unit:
            record = await unit.opportunities.of_case(case_id)
            posted = await unit.posts.get(f"sales:{case_id}")
        shown_in = {self._places.escalation, posted.channel if posted else self._places.sales}
        if record is None or spot.channel not in shown_in or (await self._chat.channel(spot.channel)).shared:
            raise NotAllowed(case=case_id, channel=spot.channel)
        return record

    def _content(self, dossier: Dossier, record: OpportunityRecord) -> Content:
        people = (record.owner,) if record.owner else self._people.named(Role.SALES)
        return self._presenter.opportunity(dossier, record, people)


def _op(record: OpportunityRecord) -> str:
    return f"sales:{record.case_id}"


def _note_op(record: OpportunityRecord, escalation_id: str) -> str:
    return f"sales_note:{record.case_id}:{escalation_id}"
