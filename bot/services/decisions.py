"""What supervisors decide: by button, by form or in words; and what they may change for a short while."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Decision, Verdict
from bot.domain.desk import Heard, Locale, Role
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import DecidedBefore
from bot.domain.escalations import (
    EscalationRecord,
    EscalationStatus,
    change,
    decide,
    require_revisable,
    take_back,
)
from bot.domain.guessing import guess_verdict
from bot.domain.verdicts.model import VerdictReading
from bot.domain.verdicts.reader import read_verdict
from bot.ports import Clock, Presenter, Spot, Store
from bot.services.asides import Asides
from bot.services.errands import Errands
from bot.services.escalation_thread import EscalationThread
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.verdict_news import VerdictNews


class DecisionService:
    def __init__(
        self,
        store: Store,
        thread: EscalationThread,
        news: VerdictNews,
        people: People,
        asides: Asides,
        knowledge: LiveKnowledge,
        presenter: Presenter,
        clock: Clock,
        errands: Errands,
    ) -> None:
        self._store = store
        self._thread = thread
        self._news = news
        self._people = people
        self._asides = asides
        self._knowledge = knowledge
        self._presenter = presenter
        self._clock = clock
        self._errands = errands

    async def hear(self, escalation: EscalationRecord, heard: Heard, reading: VerdictReading) -> None:
        """A supervisor wrote into the thread, and asked nothing: taken as a decision, or asked back."""
        if escalation.status is EscalationStatus.OPEN:
            if reading.verdict.decided:
                decision = _from_words(reading, heard.text)
                await self._errands.run(await self._save(escalation.id, heard.user, decision))
            else:
                await self._ask_back(escalation, heard)
        elif reading.verdict.decided and not _is_same(escalation.decision, heard):
            content = self._presenter.decided_before(escalation, await self._thread.locale(escalation))
            await self._thread.say(f"again:{heard.ts}", escalation, content)

    async def pending(self, user: str, spot: Spot, escalation_id: str) -> EscalationRecord | None:
        """The escalation, if ``user`` may decide it here. None where somebody did: then they are shown the decision.

        Raises ``NotAllowed``.
        """
        await self._people.require(user, Role.SUPERVISOR)
        escalation = await self._thread.require_here(spot, escalation_id)
        if escalation.status is EscalationStatus.OPEN:
            return escalation
        if escalation.decision is not None and escalation.decision.by == user:
            await self._news.spread(escalation)  # whoever presses again may do so because nothing came of it
        await self._show_decided(user, spot, escalation)
        return None

    async def decide(self, user: str, spot: Spot, escalation_id: str, decision: Decision) -> None:
        """A decision by button or form; its maker and time are put in. Raises ``NotAllowed``."""
        if await self.pending(user, spot, escalation_id) is None:
            return
        try:
            decided = await self._save(escalation_id, user, self._completed(decision))
        except DecidedBefore:  # somebody was faster
            await self.pending(user, spot, escalation_id)
            return
        await self._errands.run(decided)

    async def confirm(self, user: str, spot: Spot, escalation_id: str, ts: str, offered: Decision) -> None:
        """A supervisor says that this is what the words at ``ts`` meant. Raises ``NotAllowed``."""
        await self.decide(user, spot, escalation_id, offered)
        async with self._store.read() as unit:
            escalation = await unit.escalations.get(escalation_id)
        assert escalation is not None, "it was decided just now"
        settled = self._presenter.notice("escalation.guess_settled", await self._thread.locale(escalation))
        await self._thread.change(_unclear(ts), settled)

    async def reject(self, user: str, spot: Spot, escalation_id: str, ts: str) -> None:
        """They meant something else: the three buttons are offered instead. Raises ``NotAllowed``."""
        escalation = await self.pending(user, spot, escalation_id)
        if escalation is not None:
            content = self._presenter.unclear(escalation, ts, None, await self._thread.locale(escalation))
            await self._thread.change(_unclear(ts), content)

    async def side(self, escalation: EscalationRecord) -> Locale:
        """Which side serves the customer: it decides language and currency of what is shown."""
        return await self._thread.locale(escalation)

    async def revisable(self, user: str, spot: Spot, escalation_id: str) -> EscalationRecord:
        """The escalation, if ``user`` may still change its decision. Raises ``NotAllowed``, ``RevisionRefused``."""
        await self._people.require(user, Role.SUPERVISOR)
        escalation = await self._thread.require_here(spot, escalation_id)
        await self._require_revisable(user, escalation)
        return escalation

    async def revise(self, user: str, spot: Spot, escalation_id: str, decision: Decision) -> None:
        """Raises ``NotAllowed`` or ``RevisionRefused``."""
        escalation = await self.revisable(user, spot, escalation_id)
        made = replace(self._completed(decision), by=user, at=self._clock.now())
        await self._errands.run(await self._write(change(escalation, made)))

    async def take_back(self, user: str, spot: Spot, escalation_id: str) -> None:
        """Raises ``NotAllowed`` or ``RevisionRefused``."""
        escalation = await self.revisable(user, spot, escalation_id)
        await self._errands.run(await self._write(take_back(escalation)))

    def says_terms(self, decision: Decision) -> bool:
        """Whether it says on what terms, so that a draft may put them before a customer."""
        found = read_verdict(decision.note or "", self._knowledge.current.verdicts)
        named = (decision.offer, decision.discount, decision.conditions, found.offer, found.discount, found.once)
        said = any(part is not None for part in (*named, found.conditions))
        return said or found.verdict.value == Verdict.COUNTER

    async def _save(self, escalation_id: str, by: str, decision: Decision) -> Errand:
        """The errand of telling everybody, stored together with the decision. Raises ``DecidedBefore``."""
        errand = self._errands.new(ErrandKind.ESCALATION, escalation_id)
        async with self._store.begin() as unit:
            escalation = await unit.escalations.get(escalation_id)
            assert escalation is not None, "escalations are never deleted"
            await unit.escalations.save(decide(escalation, replace(decision, by=by, at=self._clock.now())))
            await unit.errands.leave(errand)
        return errand

    async def _write(self, moved: EscalationRecord) -> Errand:
        """As ``_save``, for what was read just now. Raises ``StaleWrite`` where somebody was faster."""
        errand = self._errands.new(ErrandKind.ESCALATION, moved.id)
        async with self._store.begin() as unit:
            await unit.escalations.save(moved)
            await unit.errands.leave(errand)
        return errand

    def _completed(self, decision: Decision) -> Decision:
        """What its fields leave open, its words may say."""
        if not decision.note or decision.verdict is Verdict.DECLINE:
            return decision
        found = read_verdict(decision.note, self._knowledge.current.verdicts)
        filled = replace(
            decision,
            offer=decision.offer or found.offer,
            discount=decision.discount if decision.discount is not None else found.discount,
            once=decision.once if decision.once is not None else found.once,
            conditions=decision.conditions or found.conditions,
        )
        terms = (filled.offer, filled.discount, filled.conditions)
        bare = all(term is None for term in terms) and decision.verdict is Verdict.COUNTER
        return replace(filled, conditions=decision.note) if bare else filled

    async def _require_revisable(self, user: str, escalation: EscalationRecord) -> None:
        decision = escalation.decision
        async with self._store.read() as unit:
            drafts = await unit.drafts.of_case(escalation.case_id)
        made_at = decision.at if decision else None
        passed_on = any(made_at and draft.sent_at and draft.sent_at > made_at for draft in drafts)
        within = timedelta(seconds=self._knowledge.current.policy.revise_within_seconds)
        require_revisable(escalation, by=user, now=self._clock.now(), within=within, passed_on=passed_on)

    async def _ask_back(self, escalation: EscalationRecord, heard: Heard) -> None:
        """What may be terms is offered back each time; that nothing was understood is said once, then it is talk."""
        guess = guess_verdict(heard.text, self._knowledge.current.verdicts)
        offered = _from_words(guess, heard.text) if guess else None
        content = self._presenter.unclear(escalation, heard.ts, offered, await self._thread.locale(escalation))
        op = _unclear(heard.ts if offered else f"{escalation.id}:{escalation.revision}")
        await self._thread.say(op, escalation, content)

    async def _show_decided(self, user: str, spot: Spot, escalation: EscalationRecord) -> None:
        content = self._presenter.decided_before(escalation, await self._asides.locale(user))
        await self._asides.show(user, spot, content)


def _from_words(reading: VerdictReading, words: str) -> Decision:
    return Decision(
        verdict=Verdict(reading.verdict.value),
        note=words,
        offer=reading.offer,
        discount=reading.discount,
        once=reading.once,
        conditions=reading.conditions,
    )


def _unclear(about: str) -> str:
    return f"unclear:{about}"


def _is_same(decision: Decision | None, heard: Heard) -> bool:
    return decision is not None and (decision.by, decision.note) == (heard.user, heard.text)
