"""What a supervisor asks back: kept, passed on to the agent, and answered in the thread."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.desk import Heard
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import AnsweredBefore, NotAllowed
from bot.domain.escalations import EscalationRecord, QuestionRecord
from bot.ports import Chat, Clock, Presenter, Spot, Store
from bot.services.asides import Asides
from bot.services.errands import Errands
from bot.services.escalation_thread import EscalationThread
from bot.services.escalations import ASKERS
from bot.services.people import People
from bot.services.verdict_news import VerdictNews


class QuestionService:
    def __init__(
        self,
        store: Store,
        thread: EscalationThread,
        news: VerdictNews,
        people: People,
        asides: Asides,
        chat: Chat,
        presenter: Presenter,
        clock: Clock,
        errands: Errands,
    ) -> None:
        self._store = store
        self._thread = thread
        self._news = news
        self._people = people
        self._asides = asides
        self._chat = chat
        self._presenter = presenter
        self._clock = clock
        self._errands = errands

    async def pass_on(self, escalation: EscalationRecord, heard: Heard) -> None:
        """The agent of the case gets it in private, and the thread says so. Repeatable."""
        waiting = await self._news.waiting(escalation)
        agent = next((person for person in waiting if person != heard.user), waiting[0])
        question = QuestionRecord(heard.ts, escalation.id, heard.user, agent, heard.text, self._clock.now())
        async with self._store.begin() as unit:
            if not await unit.questions.add(question):
                question = await unit.questions.get(heard.ts) or question
        link = await self._chat.permalink(heard.channel, heard.ts)
        content = self._presenter.question(question, link, await self._asides.locale(question.asked_of))
        await self._news.tell(question.asked_of, escalation, f"question:{question.ts}", content)
        locale = await self._thread.locale(escalation)
        passed = self._presenter.notice("question.passed_on", locale, {"agent": f"<@{question.asked_of}>"})
        await self._thread.say(f"passed_on:{question.ts}", escalation, passed)

    async def unanswered(self, user: str, ts: str) -> QuestionRecord:
        """The question, for the form. Raises ``NotAllowed`` or ``AnsweredBefore``."""
        await self._people.require(user, *ASKERS)
        async with self._store.read() as unit:
            question = await unit.questions.get(ts)
        if question is None:
            raise NotAllowed(user=user, question=ts)
        if question.answered_at is not None:
            raise AnsweredBefore(ts)
        return question

    async def answer(self, user: str, spot: Spot, ts: str, text: str) -> None:
        """The answer comes into the thread, naming who asked. Raises ``NotAllowed`` or ``AnsweredBefore``."""
        await self.unanswered(user, ts)
        errand = self._errands.new(ErrandKind.ANSWER, ts, by=user, words=text)
        async with self._store.begin() as unit:
            await unit.errands.leave(errand)
        await self._errands.run(errand)
        await self._asides.say(user, spot, "question.answered")

    async def say_answer(self, errand: Errand) -> None:
        """Carries out ``ErrandKind.ANSWER``. Saying it comes first and is done once. Raises ``AnsweredBefore``."""
        ts, user, text, now = errand.subject, errand.by or "", errand.words or "", self._clock.now()
        async with self._store.read() as unit:
            question = await unit.questions.get(ts)
        assert question is not None, "what is answered was asked"
        answered = replace(question, answer=text, answered_by=user, answered_at=now)
        async with self._store.read() as unit:
            escalation = await unit.escalations.get(question.escalation_id)
        assert escalation is not None, "a question always has its escalation"
        content = self._presenter.answer(answered, await self._thread.locale(escalation))
        await self._thread.say(f"answer:{ts}", escalation, content)
        async with self._store.begin() as unit:
            if not await unit.questions.answer(ts, text, user, now):
                raise AnsweredBefore(ts)
        await self._close(answered)

    async def hear(self, escalation: EscalationRecord, heard: Heard) -> None:
        """An agent wrote into the thread: that answers what was asked of them there."""
        async with self._store.begin() as unit:
            asked = [q for q in await unit.questions.unanswered(escalation.id) if q.asked_of == heard.user]
            for question in asked:
                await unit.questions.answer(question.ts, heard.text, heard.user, heard.at)
            answered = [await unit.questions.get(question.ts) for question in asked]
        for done in filter(None, answered):
            await self._close(done)

    async def waits_for(self, escalation: EscalationRecord, user: str) -> bool:
        """Whether something was asked of ``user`` that has no answer yet."""
        async with self._store.read() as unit:
            return any(q.asked_of == user for q in await unit.questions.unanswered(escalation.id))

    async def _close(self, question: QuestionRecord) -> None:
        """What the agent was asked in private shows that it is answered."""
        content = self._presenter.question(question, None, await self._asides.locale(question.asked_of))
        await self._thread.change(f"question:{question.ts}", content)
