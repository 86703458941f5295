"""Drafts: two replies for the agent alone, and the one that is sent in the agent's name."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.cases import Done, Speaker
from bot.domain.desk import Dossier, DraftRecord, MessageRecord, Role
from bot.domain.drafting.model import DraftSet, Stage
from bot.domain.errors import ChatRefused, NotAllowed, SentBefore
from bot.domain.lint.context import LintContext
from bot.domain.lint.model import Finding
from bot.ports import Chat, Clock, Ids, Person, Persona, Presenter, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.preferences import Preferences

PATIENCE = 1.5
"""Seconds a person waits for the CRM before drafts are shown that claim nothing about the contract."""

STEP_OF_STAGE = {
    Stage.SET_EXPECTATIONS: Done.EXPECTATIONS_SET,
    Stage.ACKNOWLEDGE: Done.ACKNOWLEDGED,
    Stage.EXPLAIN: Done.EXPLAINED,
    Stage.COMPENSATE: Done.COMPENSATED,
}

WRITERS = (Role.AGENT, Role.SUPERVISOR)


class DraftService:
    def __init__(
        self,
        store: Store,
        cases: CaseService,
        cards: CardService,
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
        self._people = people
        self._preferences = preferences
        self._knowledge = knowledge
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._ids = ids

    async def show(self, user: str, channel: str, *, ts: str | None = None, words: str = "") -> None:
        """Shows ``user`` alone two drafts for the case of a message, or for the newest case of the channel.

        ``words`` are a customer's words that did not come through the channel (a phone call, say): they are
        answered within the case.
        """
        await self._people.require(user, *WRITERS)
        locale = await self._preferences.locale(user)
        case_id = await self._cases.case_of(channel, ts)
        if case_id is None:
            await self._chat.whisper(user, channel, self._presenter.notice("draft.no_case", locale))
            return
        await self.show_case(user, channel, case_id, words=words)

    async def show_case(self, user: str, channel: str, case_id: str, *, words: str = "") -> None:
        await self._people.require(user, *WRITERS)
        locale = await self._preferences.locale(user)
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        if words:
            dossier = self._with_words(dossier, words)
        drafts, records = await self.make(dossier, user)
        content = self._presenter.drafts(dossier, drafts, records, locale)
        thread_ts = dossier.record.thread_ts if channel == dossier.record.channel else None
        await self._chat.whisper(user, channel, content, thread_ts=thread_ts)

    async def make(self, dossier: Dossier, user: str) -> tuple[DraftSet, tuple[DraftRecord, ...]]:
        """Drafts for the newest customer message of the case, kept so that they can be found again."""
        known = self._knowledge.current
        drafts = known.drafts_for(dossier)
        if drafts is None:  # the customer has deleted what they said: nothing calls for a reply
            nothing = known.reader.read("", now=dossier.now, fallback=dossier.record.variant)
            drafts = DraftSet(nothing, contract=None, stage=Stage.NONE)
        records = tuple(
            DraftRecord(
                id=self._ids.new("draft"),
                case_id=dossier.record.id,
                stage=drafts.stage,
                tone=draft.tone,
                text=draft.text,
                facts=draft.facts,
                wordings=draft.wordings,
                shown_to=user,
                shown_at=self._clock.now(),
            )
            for draft in drafts.drafts
        )
        async with self._store.begin() as unit:
            for record in records:
                await unit.drafts.add(record)
        return drafts, records

    async def get(self, user: str, draft_id: str) -> DraftRecord:
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
        draft = await self.get(user, draft_id)
        dossier = await self._cases.dossier(draft.case_id, patience=PATIENCE)
        known = self._knowledge.current
        return known.linter.check(text, LintContext.of(dossier.as_case(), known.policy))

    async def send(self, user: str, draft_id: str, text: str) -> None:
        """Posts ``text`` into the customer's thread in the agent's name. Raises ``SentBefore``.

        Posting comes first and is done once per draft, so a crash or a second click in between says nothing twice.
        """
        person = await self._people.require(user, *WRITERS)
        draft = await self.get(user, draft_id)
        async with self._store.read() as unit:
            case = await unit.cases.get(draft.case_id)
        assert case is not None, "a draft always has its case"
        try:
            ts = await self._chat.post(
                f"reply:{draft_id}",
                case.channel,
                self._presenter.reply(text),
                thread_ts=case.thread_ts,
                persona=Persona(person.name, person.image),
            )
        except ChatRefused:
            await self._give_back(person, draft_id, text)
            raise
        async with self._store.begin() as unit:
            if not await unit.drafts.mark_sent(draft_id, text, user, self._clock.now()):
                raise SentBefore(draft_id)
            said = MessageRecord(case.id, case.channel, ts, user, Speaker.AGENT, text, self._clock.now())
            await unit.cases.add_message(said)
            await unit.cases.save(replace(case, agent=user))
        step = STEP_OF_STAGE.get(draft.stage)
        if step is not None:
            await self._cases.log(case.id, step, user)
        await self._cards.refresh(case.id)

    async def _give_back(self, person: Person, draft_id: str, text: str) -> None:
        """The form is closed by now: what the agent wrote in it must not be lost with it."""
        content = self._presenter.unsent(text, await self._preferences.locale(person.id))
        await self._chat.direct(f"unsent:{draft_id}:{self._ids.new('try')}", person.id, content)

    def _with_words(self, dossier: Dossier, words: str) -> Dossier:
        record = dossier.record
        reading = self._knowledge.current.reader.read(words, now=dossier.now, fallback=record.variant)
        said = MessageRecord(record.id, record.channel, "", "", Speaker.CUSTOMER, words, dossier.now, reading)
        return replace(dossier, messages=(*dossier.messages, said))
