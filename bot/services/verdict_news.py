"""A decision reaches everybody who waits for it: the thread, the agent with new drafts, the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cases import Decision
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import ChatRefused
from bot.domain.escalations import EscalationRecord
from bot.ports import Chat, Clock, Content, Presenter, Store
from bot.services.asides import Asides
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE, DraftService
from bot.services.errands import Errands
from bot.services.escalation_thread import EscalationThread
from bot.services.escalations import ASKERS
from bot.services.knowledge import LiveKnowledge
from bot.services.ordering import OneAtATime
from bot.services.people import People

A_MOMENT = timedelta(seconds=1)
"""A timer may be that early."""


class VerdictNews:
    """Told once each, whatever breaks in between: what is repeated finds its operation done."""

    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        drafts: DraftService,
        thread: EscalationThread,
        people: People,
        asides: Asides,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
        errands: Errands,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._drafts = drafts
        self._thread = thread
        self._people = people
        self._asides = asides
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._errands = errands
        self._turns = OneAtATime()

    async def spread(self, decided: EscalationRecord) -> None:
        """A decision was made or changed."""
        async with self._turns.turn(decided.id):  # a second click waits for the first, and finds everybody told
            await self._spread(decided)

    async def _spread(self, decided: EscalationRecord) -> None:
        await self._unsay(decided)
        announced = self._presenter.decided(decided, await self._thread.locale(decided), revisable=True)
        await self._thread.say(_op("decided", decided), decided, announced)
        await self._thread.redraw(decided)
        for person in await self.waiting(decided):
            with_drafts = await self._verdict(person, decided)
            if with_drafts is not None:
                await self.tell(person, decided, _op(f"verdict:{person}", decided), with_drafts)
        await self._cards.refresh(decided.case_id)
        until = self._revisable_until(decided)
        if until is not None:
            settling = self._errands.new(ErrandKind.SETTLE, decided.id, due=until)
            async with self._store.begin() as unit:
                await unit.errands.leave(settling)
            self._errands.later(settling)

    async def take_back(self, reopened: EscalationRecord) -> None:
        """A decision was taken back: the question is open again, and nobody may act on the old answer."""
        await self._unsay(reopened)
        said = self._presenter.taken_back(reopened, await self._thread.locale(reopened))
        await self._thread.say(_op("taken_back", reopened), reopened, said)
        await self._thread.redraw(reopened)
        for person in await self.waiting(reopened):
            notice = self._presenter.taken_back(reopened, await self._asides.locale(person))
            await self.tell(person, reopened, _op(f"taken_back:{person}", reopened), notice)
        await self._cards.refresh(reopened.case_id)

    async def waiting(self, escalation: EscalationRecord) -> tuple[str, ...]:
        """Whoever asked, and whoever has the case now."""
        async with self._store.read() as unit:
            case = await unit.cases.get(escalation.case_id)
        agent = case.agent if case else None
        if agent is None or agent == escalation.opened_by or not set(ASKERS) & await self._people.roles(agent):
            return (escalation.opened_by,)
        return (agent, escalation.opened_by)

    async def tell(self, person: str, escalation: EscalationRecord, op: str, content: Content) -> None:
        """In private, where a reload keeps it. Somebody who cannot be reached there is named in the thread."""
        try:
            await self._chat.direct(op, person, content)
        except ChatRefused as error:
            params = {"agent": f"<@{person}>", "code": error.code}
            untold = self._presenter.notice("escalation.untold", await self._thread.locale(escalation), params)
            await self._thread.say(f"untold:{op}", escalation, untold)

    async def _verdict(self, person: str, decided: EscalationRecord) -> Content | None:
        """The verdict and two drafts that follow it; None where they have them."""
        async with self._store.read() as unit:
            told = await unit.posts.get(_op(f"verdict:{person}", decided))
        if told is not None and told.ts is not None:
            return None
        dossier = await self._cases.dossier(decided.case_id, patience=PATIENCE)
        drafts, records = await self._drafts.make(dossier, person)
        link = await self._chat.permalink(dossier.record.channel, dossier.record.reply_thread)
        return self._presenter.verdict(dossier, decided, drafts, records, link, await self._asides.locale(person))

    async def _unsay(self, escalation: EscalationRecord) -> None:
        """What stands of the decision before: its buttons go, and so do the drafts that followed from it."""
        if not escalation.earlier:
            return
        old = replace(escalation, decision=escalation.earlier[-1], earlier=escalation.earlier[:-1])
        overruled = self._presenter.overruled(old, await self._thread.locale(old))
        await self._thread.change(_op("decided", old), overruled)
        for person in await self.waiting(escalation):
            content = self._presenter.overruled(old, await self._asides.locale(person))
            await self._thread.change(_op(f"verdict:{person}", old), content)
        await self._throw_drafts(escalation, old.decision)

    async def _throw_drafts(self, escalation: EscalationRecord, overruled: Decision | None) -> None:
        """Drafts that followed a decision wait for nobody once it counts no more."""
        since = overruled.at if overruled else None
        until = escalation.decision.at if escalation.decision else None
        async with self._store.begin() as unit:
            drafts = await unit.drafts.of_case(escalation.case_id)
            unsent = [d for d in drafts if d.sent_at is None and (until is None or d.shown_at < until)]
            for sheet in dict.fromkeys(d.sheet for d in unsent if since and d.shown_at >= since):
                await unit.drafts.throw(sheet, self._clock.now())

    async def settle(self, errand: Errand) -> None:
        """The time for second thoughts is over: their buttons go, unless there was one."""
        async with self._store.read() as unit:
            current = await unit.escalations.get(errand.subject)
        settled = self._revisable_until(current) if current else None
        if current is not None and settled is not None and self._clock.now() + A_MOMENT >= settled:
            content = self._presenter.decided(current, await self._thread.locale(current), revisable=False)
            await self._thread.change(_op("decided", current), content)
            await self._thread.redraw(current)

    def _revisable_until(self, escalation: EscalationRecord) -> datetime | None:
        """When the decision that stands, if one does, can be changed no more."""
        made_at = escalation.decision.at if escalation.decision else None
        return made_at and made_at + timedelta(seconds=self._knowledge.current.policy.revise_within_seconds)


def _op(what: str, escalation: EscalationRecord) -> str:
    return f"{what}:{escalation.id}:{escalation.revision}"
