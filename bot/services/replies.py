"""Replies: a draft is taken, checked, and sent to the customer in the agent's name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Done, Speaker
from bot.domain.desk import ActionRecord, DraftRecord, MessageRecord
from bot.domain.drafting.model import Stage
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import ChatError, ChatRefused, NotAllowed, SentBefore
from bot.domain.lint.context import LintContext
from bot.domain.lint.model import Finding
from bot.ports import Chat, Clock, Ids, Persona, Presenter, Spot, Store, Unit
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.commitments import CommitmentService
from bot.services.drafts import PATIENCE, WRITERS
from bot.services.errands import Errands
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

STEP_OF_STAGE = {
    Stage.SET_EXPECTATIONS: Done.EXPECTATIONS_SET,
    Stage.ACKNOWLEDGE: Done.ACKNOWLEDGED,
    Stage.EXPLAIN: Done.EXPLAINED,
    Stage.COMPENSATE: Done.COMPENSATED,
}


STILL_FITS = timedelta(minutes=10)
"""How long after it was written a reply still goes out by itself."""


class ReplyService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
        commitments: CommitmentService,
        people: People,
        preferences: Preferences,
        knowledge: LiveKnowledge,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
        ids: Ids,
        errands: Errands,
    ) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._commitments = commitments
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._ids = ids
        self._errands = errands

    async def take(self, user: str, draft_id: str) -> DraftRecord:
        """A draft for the form in which it is edited. Raises ``NotAllowed`` for others than writers, ``SentBefore``."""
        await self._people.require(user, *WRITERS)
        async with self._store.read() as unit:
            draft = await unit.drafts.get(draft_id)
        if draft is None:
            raise NotAllowed(user=user, draft=draft_id)
        if draft.sent_at is not None:
            raise SentBefore(draft_id)
        return draft

    async def review(self, user: str, draft_id: str, text: str) -> tuple[Finding, ...]:
        """What the lint says of the text an agent is about to send."""
        draft = await self.take(user, draft_id)
        dossier = await self._cases.dossier(draft.case_id, patience=PATIENCE)
        known = self._knowledge.current
        return known.linter.check(text, LintContext.of(dossier.as_case(), known.policy))

    async def send(self, user: str, draft_id: str, text: str, spot: Spot) -> None:
        """Posts ``text`` into the customer's thread in the agent's name. Raises ``SentBefore``.

        It is kept first, so a crash loses nothing; posting is done once per draft, so a second click says nothing
        twice. The drafts that stood at ``spot`` give way to a note that the reply is out.
        """
        await self.take(user, draft_id)
        errand = self._errands.new(ErrandKind.REPLY, draft_id, by=user, words=text)
        async with self._store.begin() as unit:
            await unit.errands.leave(errand)
        try:
            said, new = await self._post(errand)
        except ChatError as error:  # the agent gets it back, so nobody else is to send it
            await self._errands.over(errand)
            await self._give_back(user, draft_id, text, refused=isinstance(error, ChatRefused))
            raise
        if new:
            await self._note(said)
        await self._errands.over(errand)
        if not new:
            raise SentBefore(draft_id)
        if spot.address:
            await self._confirm(user, spot, said)

    async def resume(self, errand: Errand) -> None:
        """Carries out ``ErrandKind.REPLY`` where a process died over it. One that is late by now goes to the agent
        instead of the customer: they know best whether it still fits.
        """
        user, draft_id, text = errand.by or "", errand.subject, errand.words or ""
        async with self._store.read() as unit:
            draft = await unit.drafts.get(draft_id)
        unsent = draft is not None and draft.sent_at is None
        if unsent and self._clock.now() - errand.since > STILL_FITS:
            await self._give_back(user, draft_id, text, refused=False)
            return
        try:
            said, _ = await self._post(errand)
        except ChatRefused:
            await self._give_back(user, draft_id, text, refused=True)
            return
        await self._note(said)

    async def _post(self, errand: Errand) -> tuple[MessageRecord, bool]:
        """What was said, and whether it was new."""
        draft_id, user, text = errand.subject, errand.by or "", errand.words or ""
        person = await self._chat.person(user)
        async with self._store.read() as unit:
            draft = await unit.drafts.get(draft_id)
            case = await unit.cases.get(draft.case_id) if draft else None
        assert draft is not None, "only what was shown is sent"
        assert case is not None, "a draft always has its case"
        content, thread = self._presenter.reply(text), case.reply_thread
        persona = Persona(person.name, person.image, user)
        ts = await self._chat.post(f"reply:{draft_id}", case.channel, content, thread_ts=thread, persona=persona)
        now = self._clock.now()
        said = MessageRecord(case.id, case.channel, ts, user, Speaker.AGENT, text, now, thread_ts=thread)
        async with self._store.begin() as unit:
            new = await unit.drafts.mark_sent(draft_id, text, user, now)
            if new:
                await self._keep(unit, said, draft.stage)
        return said, new

    async def _keep(self, unit: Unit, said: MessageRecord, stage: Stage) -> None:
        await unit.cases.add_message(said)
        case = await unit.cases.get(said.case_id)
        if case is not None:
            await unit.cases.save(replace(case, agent=said.user))
        step = STEP_OF_STAGE.get(stage)
        if step is not None:
            await unit.cases.log(ActionRecord(said.case_id, step, said.at, said.user))

    async def _note(self, said: MessageRecord) -> None:
        await self._commitments.note(said)
        await self._cards.refresh(said.case_id)

    async def _confirm(self, user: str, spot: Spot, said: MessageRecord) -> None:
        link = await self._chat.permalink(said.channel, said.ts)
        content = self._presenter.notice("draft.sent", await self._preferences.locale(user), {"link": link or ""})
        await self._chat.show(user, spot, content)

    async def _give_back(self, user: str, draft_id: str, text: str, *, refused: bool) -> None:
        """The form is closed by now: what the agent wrote in it must not be lost with it.

        Unless it was ``refused``, nobody knows whether the customer has it.
        """
        content = self._presenter.unsent(text, await self._preferences.locale(user), surely=refused)
        with suppress(ChatError):  # why the reply itself failed is what the agent has to hear
            await self._chat.direct(f"unsent:{draft_id}:{self._ids.new('try')}", user, content)
