"""Escalations: a thread for the supervisors, their decision, and its way back to the agent."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.domain.cases import Decision, Done, Verdict
from bot.domain.desk import Heard, Places, Role
from bot.domain.errors import DecidedBefore, NotAllowed
from bot.domain.escalations import EscalationRecord, EscalationStatus, decide
from bot.domain.reading.model import Intent
from bot.domain.verdicts import VerdictKind, VerdictReading, read_verdict
from bot.ports import Chat, Clock, Ids, Presenter, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.drafts import PATIENCE, DraftService
from bot.services.knowledge import LiveKnowledge
from bot.services.opportunities import OpportunityService
from bot.services.people import People
from bot.services.preferences import Preferences

LOOKS, LOOK_SECONDS = 25, 0.2
"""How often and how far apart an unknown thread is looked for: Slack answers a post within these five seconds."""

ASKERS = (Role.AGENT, Role.SUPERVISOR)

FAVOURS = frozenset({Intent.FREE_SERVICE, Intent.COMPENSATION_REQUEST})
"""What a supervisor is asked to grant: asking logs a waiver request (rule 6)."""


class EscalationService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        drafts: DraftService,
        opportunities: OpportunityService,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        places: Places,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._drafts = drafts
        self._opportunities = opportunities
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._places = places
        self._clock = clock
        self._ids = ids

    async def open_in(self, user: str, channel: str, reason: str) -> None:
        """Escalates the newest case of ``channel``."""
        await self._people.require(user, *ASKERS)
        case_id = await self._cases.case_of(channel)
        if case_id is None:
            notice = self._presenter.notice("escalation.no_case", await self._preferences.locale(user))
            await self._chat.whisper(user, channel, notice)
            return
        await self.open_and_tell(user, channel, case_id, reason)

    async def open_and_tell(self, user: str, channel: str, case_id: str, reason: str) -> None:
        """Escalates, and tells the agent in private where the thread is."""
        escalation = await self.open(user, case_id, reason)
        locale = await self._preferences.locale(user)
        link = await self._chat.permalink(escalation.channel, escalation.ts) if escalation.ts else None
        notice = self._presenter.notice("escalation.opened", locale, {"link": link or ""})
        await self._chat.whisper(user, channel, notice)

    async def open(self, user: str, case_id: str, reason: str) -> EscalationRecord:
        """Opens the thread that tags the supervisors. An escalation that is still open is returned instead."""
        await self._people.require(user, *ASKERS)
        escalation = await self._record(user, case_id, reason)
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        supervisors = self._people.named(Role.SUPERVISOR)
        root = self._presenter.escalation(dossier, escalation, supervisors)
        ts = await self._chat.post(f"escalation:{escalation.id}", self._places.escalation, root)
        async with self._store.begin() as unit:
            await unit.escalations.set_thread(escalation.id, ts)
        transcript = self._presenter.transcript(dossier, self._places.locale)
        await self._chat.post(f"transcript:{escalation.id}", self._places.escalation, transcript, thread_ts=ts)
        await self._opportunities.consider(case_id)
        await self._cards.refresh(case_id)
        return replace(escalation, ts=ts)

    async def answer_in_words(self, heard: Heard) -> None:
        """A supervisor wrote into the thread: a decision is taken, a question passed on, the rest asked back."""
        escalation = await self._of_thread(heard)
        if escalation is None:
            return
        if escalation.status is EscalationStatus.DECIDED:
            await self._follow_up(escalation)
            await self._refuse_second(escalation, heard)
            return
        reading = read_verdict(heard.text, lexicon=self._knowledge.current.verdicts)
        if reading.verdict is VerdictKind.QUESTION:
            await self._pass_on(escalation, heard)
        elif reading.verdict is VerdictKind.UNCLEAR:
            content = self._presenter.unclear(escalation, self._places.locale)
            await self._chat.post(f"unclear:{heard.ts}", escalation.channel, content, thread_ts=escalation.ts)
        else:
            await self._decide(escalation, self._decision(reading, heard.user, heard.text))

    async def require_open(self, user: str, channel: str, escalation_id: str) -> EscalationRecord:
        """The escalation, if ``user`` may decide it here and nobody did. Raises ``NotAllowed``, ``DecidedBefore``."""
        await self._people.require(user, Role.SUPERVISOR)
        async with self._store.read() as unit:
            escalation = await unit.escalations.get(escalation_id)
        if escalation is None or escalation.channel != channel:
            raise NotAllowed(user=user, escalation=escalation_id)
        if escalation.status is EscalationStatus.DECIDED:
            raise DecidedBefore(str(escalation.decision))
        return escalation

    async def decide(self, user: str, channel: str, escalation_id: str, verdict: Verdict, words: str = "") -> None:
        """A decision by button; ``words`` are its conditions."""
        escalation = await self.require_open(user, channel, escalation_id)
        decision = Decision(verdict, by=user, at=self._clock.now())
        if words:
            terms = self._decision(read_verdict(words, lexicon=self._knowledge.current.verdicts), user, words)
            decision = replace(terms, verdict=verdict, conditions=terms.conditions or words)
        if not await self._decide(escalation, decision):
            raise DecidedBefore(escalation_id)

    def are_terms(self, words: str) -> bool:
        """Whether ``words`` say on what terms, so that a draft may put them before a customer."""
        reading = read_verdict(words, lexicon=self._knowledge.current.verdicts)
        said = (reading.offer, reading.discount, reading.once, reading.conditions)
        return reading.verdict is VerdictKind.COUNTER or any(part is not None for part in said)

    async def _record(self, user: str, case_id: str, reason: str) -> EscalationRecord:
        async with self._store.begin() as unit:
            for earlier in await unit.escalations.of_case(case_id):
                if earlier.status is EscalationStatus.OPEN:
                    return earlier
            escalation = EscalationRecord(
                id=self._ids.new("esc"),
                case_id=case_id,
                reason=reason,
                opened_by=user,
                opened_at=self._clock.now(),
                channel=self._places.escalation,
            )
            await unit.escalations.add(escalation)
            asks_favour = any(
                m.reading and FAVOURS & set(m.reading.intents) for m in await unit.cases.messages(case_id)
            )
        await self._cases.log(case_id, Done.ESCALATED, user)
        if asks_favour:
            await self._cases.log(case_id, Done.WAIVER_REQUESTED, user)
        return escalation

    def _decision(self, reading: VerdictReading, by: str, words: str) -> Decision:
        return Decision(
            verdict=Verdict(reading.verdict.value) if reading.verdict.decided else Verdict.COUNTER,
            by=by,
            note=words,
            offer=reading.offer,
            discount=reading.discount,
            once=reading.once,
            conditions=reading.conditions,
            at=self._clock.now(),
        )

    async def _decide(self, escalation: EscalationRecord, decision: Decision) -> bool:
        async with self._store.begin() as unit:
            current = await unit.escalations.get(escalation.id)
            if current is None or current.status is not EscalationStatus.OPEN:
                return False
            decided = await unit.escalations.save(decide(current, decision))
        await self._follow_up(decided)
        return True

    async def _of_thread(self, heard: Heard) -> EscalationRecord | None:
        """The escalation in whose thread somebody wrote.

        An answer can overtake the record of the root it stands under: Slack tells of both at once. So while some
        escalation has no thread yet, an unknown thread may be its, and is looked for again.
        """
        for _ in range(LOOKS):
            async with self._store.read() as unit:
                found = await unit.escalations.by_thread(heard.channel, heard.thread_ts or "")
                unthreaded = any(escalation.ts is None for escalation in await unit.escalations.open())
            if found is not None or not unthreaded:
                return found
            await asyncio.sleep(LOOK_SECONDS)
        return None

    async def _refuse_second(self, decided: EscalationRecord, heard: Heard) -> None:
        """The first decision stands, and whoever decides again is told so where they did."""
        decision = decided.decision
        reading = read_verdict(heard.text, self._knowledge.current.verdicts)
        if decision is None or not reading.verdict.decided or (decision.by, decision.note) == (heard.user, heard.text):
            return
        content = self._presenter.decided_before(decided, self._places.locale)
        await self._chat.post(f"again:{heard.ts}", decided.channel, content, thread_ts=decided.ts)

    async def _follow_up(self, decided: EscalationRecord) -> None:
        """Everybody is told, once: after a crash in between, the next try tells those who were not."""
        async with self._store.read() as unit:
            told = await unit.posts.get(f"verdict:{decided.id}")
        if told is not None and told.ts is not None:
            return
        await self._announce(decided)
        await self._tell_agent(decided)
        await self._cards.refresh(decided.case_id)

    async def _announce(self, decided: EscalationRecord) -> None:
        """In the thread for all who read along; and the root loses its buttons."""
        assert decided.ts is not None, "a decision comes out of the thread"
        content = self._presenter.decided(decided, self._places.locale)
        await self._chat.post(f"decided:{decided.id}", decided.channel, content, thread_ts=decided.ts)
        dossier = await self._cases.dossier(decided.case_id, patience=PATIENCE)
        root = self._presenter.escalation(dossier, decided, self._people.named(Role.SUPERVISOR))
        await self._chat.update(decided.channel, decided.ts, root)

    async def _tell_agent(self, decided: EscalationRecord) -> None:
        """The verdict and two drafts that follow it, where only the agent sees them and a reload keeps them."""
        agent = decided.opened_by
        locale = await self._preferences.locale(agent)
        dossier = await self._cases.dossier(decided.case_id, patience=PATIENCE)
        drafts, records = await self._drafts.make(dossier, agent)
        content = self._presenter.verdict(dossier, decided, drafts, records, locale)
        await self._chat.direct(f"verdict:{decided.id}", agent, content)

    async def _pass_on(self, escalation: EscalationRecord, heard: Heard) -> None:
        locale = await self._preferences.locale(escalation.opened_by)
        link = await self._chat.permalink(heard.channel, heard.ts) or ""
        content = self._presenter.question(heard.text, link, locale)
        await self._chat.direct(f"question:{heard.ts}", escalation.opened_by, content)
