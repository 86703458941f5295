"""Replies: a draft is taken, checked, and sent to the customer in the agent's name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from bot.domain.cases import Done, Speaker
from bot.domain.desk import DraftRecord, MessageRecord
from bot.domain.drafting.model import Stage
from bot.domain.errors import ChatError, ChatRefused, NotAllowed, SentBefore
from bot.domain.lint.context import LintContext
from bot.domain.lint.model import Finding
from bot.ports import Chat, Clock, Ids, Person, Persona, Presenter, Spot, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.commitments import CommitmentService
from bot.services.drafts import PATIENCE, WRITERS
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

STEP_OF_STAGE = {
    Stage.SET_EXPECTATIONS: Done.EXPECTATIONS_SET,
    Stage.ACKNOWLEDGE: Done.ACKNOWLEDGED,
    Stage.EXPLAIN: Done.EXPLAINED,
    Stage.COMPENSATE: Done.COMPENSATED,
}


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

        Posting comes first and is done once per draft, so a crash or a second click in between says nothing twice.
        The drafts that stood at ``spot`` give way to a note that the reply is out.
        """
        person = await self._people.require(user, *WRITERS)
        draft = await self.take(user, draft_id)
        async with self._store.read() as unit:
            case = await unit.cases.get(draft.case_id)
        assert case is not None, "a draft always has its case"
        try:
            ts = await self._chat.post(
                f"reply:{draft_id}",
                case.channel,
                self._presenter.reply(text),
                thread_ts=case.reply_thread,
                persona=Persona(person.name, person.image),
            )
        except ChatError as error:
            await self._give_back(person, draft_id, text, refused=isinstance(error, ChatRefused))
            raise
        async with self._store.begin() as unit:
            if not await unit.drafts.mark_sent(draft_id, text, user, self._clock.now()):
                raise SentBefore(draft_id)
            now, thread = self._clock.now(), case.reply_thread
            said = MessageRecord(case.id, case.channel, ts, user, Speaker.AGENT, text, now, thread_ts=thread)
            await unit.cases.add_message(said)
            current = await unit.cases.get(case.id)  # the customer may have written while the reply went out
            await unit.cases.save(replace(current or case, agent=user))
        await self._commitments.note(said)
        step = STEP_OF_STAGE.get(draft.stage)
        if step is not None:
            await self._cases.log(case.id, step, user)
        await self._cards.refresh(case.id)
        if spot.address:
            await self._confirm(user, spot, case.channel, ts)

    async def _confirm(self, user: str, spot: Spot, channel: str, ts: str) -> None:
        link = await self._chat.permalink(channel, ts)
        content = self._presenter.notice("draft.sent", await self._preferences.locale(user), {"link": link or ""})
        await self._chat.show(user, spot, content)

    async def _give_back(self, person: Person, draft_id: str, text: str, *, refused: bool) -> None:
        """The form is closed by now: what the agent wrote in it must not be lost with it.

        Unless it was ``refused``, nobody knows whether the customer has it.
        """
        content = self._presenter.unsent(text, await self._preferences.locale(person.id), surely=refused)
        with suppress(ChatError):  # why the reply itself failed is what the agent has to hear
            await self._chat.direct(f"unsent:{draft_id}:{self._ids.new('try')}", person.id, content)
