"""Sales is told of a chance to renew or to sell: once per case, with the reason; held while the customer is angry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.cases import Done
from bot.domain.desk import Dossier, Locale, Places
from bot.domain.errands import Errand, ErrandKind
from bot.domain.opportunities import OpportunityRecord, hold
from bot.domain.renewals import anger_in, opportunity_in
from bot.ports import Chat, Clock, Presenter, Store
from bot.services.asides import Asides
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.errands import Errands
from bot.services.knowledge import LiveKnowledge
from bot.services.opportunity_posts import OpportunityPosts
from bot.services.ordering import OneAtATime

Move = Callable[[OpportunityRecord], OpportunityRecord]
"""From one state of an opportunity to the next; raises what speaks against it."""


class OpportunityService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        posts: OpportunityPosts,
        asides: Asides,
        chat: Chat,
        presenter: Presenter,
        places: Places,
        knowledge: LiveKnowledge,
        clock: Clock,
        errands: Errands,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._posts = posts
        self._asides = asides
        self._chat = chat
        self._presenter = presenter
        self._places = places
        self._knowledge = knowledge
        self._clock = clock
        self._errands = errands
        self._turns = OneAtATime()

    async def consider(self, case_id: str, seen: Dossier | None = None) -> None:
        """Tags the account's sales owner if the case is an opportunity and they were not tagged yet.

        Where they were, and the customer has become angry since, they are told to hold. A case that was ``seen`` a
        moment ago to be no opportunity is not loaded again.
        """
        if seen is not None and self._is_none(seen):
            return
        async with self._turns.turn(case_id):
            dossier = await self._cases.dossier(case_id)
            if dossier.opportunity is None:
                await self._begin(dossier)
            else:
                await self._follow(dossier, dossier.opportunity)

    def _is_none(self, seen: Dossier) -> bool:
        if seen.opportunity is not None or seen.answer.unavailable:
            return False
        return opportunity_in(seen, self._knowledge.current.policy) is None

    async def move(self, case_id: str, move: Move) -> OpportunityRecord:
        """Applies ``move`` and shows it wherever the opportunity stands. Raises what ``move`` raises."""
        async with self._store.begin() as unit:
            record = await unit.opportunities.of_case(case_id)
            assert record is not None, "only what sales was told of can move"
            moved = await unit.opportunities.save(move(record))
            errand = self._errands.new(ErrandKind.OPPORTUNITY, case_id)
            await unit.errands.leave(errand)
        await self._errands.run(errand)
        return moved

    async def show(self, errand: Errand) -> None:
        """Carries out ``ErrandKind.OPPORTUNITY``: what the move calls for, each once."""
        case_id = errand.subject
        async with self._store.read() as unit:
            record = await unit.opportunities.of_case(case_id)
        assert record is not None, "only what sales was told of can move"
        dossier = await self._cases.dossier(case_id)
        await self._posts.redraw(dossier, record)
        await self._cards.refresh(case_id)
        await self._remind(dossier, record)
        await self._tell_cleared(dossier, record)

    async def _remind(self, dossier: Dossier, record: OpportunityRecord) -> None:
        """Whoever put it off hears of it when it is time."""
        at, person = record.remind_at, record.taken_by
        if at is None or person is None or at <= self._clock.now():
            return
        link = await self._posts.link(record)
        content = self._presenter.sales_reminder(dossier, record, link, await self._asides.locale(person))
        await self._chat.remind(f"sales_later:{record.case_id}:{_moment(at)}", person, at, content)

    async def _tell_cleared(self, dossier: Dossier, record: OpportunityRecord) -> None:
        """Sales hears that they may call again."""
        if record.cleared_at is None or record.hold is not None:
            return
        link, op = await self._posts.link(record), f"sales_cleared:{record.case_id}:{_moment(record.cleared_at)}"
        person = record.taken_by or record.owner
        if person is None:
            content = self._presenter.sales_cleared(dossier, record, link, Locale.of_case(dossier.record.variant))
            await self._chat.post(op, self._places.sales, content)
        else:
            content = self._presenter.sales_cleared(dossier, record, link, await self._asides.locale(person))
            await self._chat.direct(op, person, content)

    async def _begin(self, dossier: Dossier) -> None:
        reason = opportunity_in(dossier, self._knowledge.current.policy)
        if reason is None:
            return
        case_id, owner = dossier.record.id, await self._owner(dossier)
        record = OpportunityRecord(case_id, reason, owner, self._clock.now(), hold=anger_in(dossier, None))
        async with self._store.begin() as unit:
            await unit.opportunities.add(record)
        await self._tag(dossier, record)

    async def _follow(self, dossier: Dossier, record: OpportunityRecord) -> None:
        if not await self._posts.stands(record):  # a crash came between keeping and telling
            await self._tag(dossier, record)
        held = hold(record, anger_in(dossier, record.cleared_at))
        if held == record:
            await self._posts.note_hold(dossier, record)
            return
        moved = await self.move(record.case_id, lambda current: hold(current, held.hold))
        await self._posts.note_hold(dossier, moved)
        await self._warn(dossier, moved)

    async def _tag(self, dossier: Dossier, record: OpportunityRecord) -> None:
        await self._posts.tell(dossier, record)
        await self._cases.log(record.case_id, Done.SALES_TAGGED, record.owner)
        await self._posts.note_hold(dossier, record)
        await self._cards.refresh(record.case_id)

    async def _warn(self, dossier: Dossier, record: OpportunityRecord) -> None:
        """Who has been told that they may call is told in private that they may not any more."""
        person = record.taken_by or record.owner
        if person is None or record.hold is None:
            return
        link = await self._posts.link(record)
        content = self._presenter.sales_held(dossier, record, link, await self._asides.locale(person))
        await self._chat.direct(f"sales_hold:{record.case_id}:{record.version}", person, content)

    async def _owner(self, dossier: Dossier) -> str | None:
        account = dossier.answer.account
        email = account.customer.owner.email if account else None
        return await self._chat.find_by_email(email) if email else None


def _moment(at: datetime) -> str:
    return f"{at.timestamp():.0f}"
