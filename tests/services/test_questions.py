from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.desk import Heard, HeardKind, Locale, Role
from bot.domain.errands import ErrandKind
from bot.domain.errors import AnsweredBefore, ChatUnreachable, FollowsLater, NotAllowed
from bot.domain.escalations import EscalationRecord, QuestionRecord
from bot.ports import Content, Spot
from bot.services.errands import Errands
from bot.services.people import People, Roster
from bot.services.questions import QuestionService
from bot.services.tasks import Tasks
from tests.contracts.records import a_case
from tests.services.fakes import NOW, FakeChat, FixedClock

ESCALATION = EscalationRecord("esc_1", "case_1", "", "U1AGENT", NOW, "C1ESC", "5.0")
ASKED = Heard(HeardKind.SAID, "C1ESC", "6.0", NOW, "U1SUP", "合約還有效嗎?", "5.0")
SPOT = Spot("DU1AGENT")


class Thread:
    def __init__(self, chat: FakeChat) -> None:
        self._chat = chat

    async def locale(self, escalation: EscalationRecord) -> Locale:
        return Locale.HANT

    async def say(self, op: str, escalation: EscalationRecord, content: Content) -> str:
        return await self._chat.post(op, escalation.channel, content, thread_ts=escalation.ts)

    async def change(self, op: str, content: Content) -> None:
        await self._chat.update("DU1AGENT", op, content)


class News:
    def __init__(self, chat: FakeChat) -> None:
        self._chat = chat

    async def waiting(self, escalation: EscalationRecord) -> tuple[str, ...]:
        return (escalation.opened_by,)

    async def tell(self, person: str, escalation: EscalationRecord, op: str, content: Content) -> None:
        await self._chat.direct(op, person, content)


class Asides:
    async def locale(self, user: str) -> Locale:
        return Locale.HANT

    async def say(self, user: str, spot: Spot, key: str) -> None: ...


class Presenter:
    def question(self, record: QuestionRecord, link: str | None, locale: Locale) -> Content:
        return Content(f"{record.text} {record.answer}")

    def answer(self, record: QuestionRecord, locale: Locale) -> Content:
        return Content(f"{record.answered_by} to {record.asked_by}: {record.answer}")

    def notice(self, key: str, locale: Locale, params: dict[str, object]) -> Content:
        return Content(f"{key} {params['agent']}")


def service(store: SqlStore, chat: FakeChat) -> QuestionService:
    """As a process begins: with nothing but what the store remembers."""
    people = People(chat, Roster({Role.AGENT: ("S1AGENTS",), Role.SUPERVISOR: ("S1SUP",)}))
    fakes: Any = {"thread": Thread(chat), "news": News(chat), "asides": Asides(), "presenter": Presenter()}
    errands = Errands(store, FixedClock(), Tasks())
    questions = QuestionService(store=store, people=people, chat=chat, clock=FixedClock(), errands=errands, **fakes)
    errands.carried_out_by({ErrandKind.ANSWER: questions.say_answer})
    return questions


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'fencun.db'}") as opened:
        async with opened.begin() as unit:
            await unit.cases.add(a_case())
            await unit.escalations.add(ESCALATION)
        yield opened


async def test_a_question_that_broke_off_is_passed_on_once_by_the_next_process(store: SqlStore):
    chat = FakeChat(fail_with=ChatUnreachable("down"))
    with pytest.raises(ChatUnreachable):
        await service(store, chat).pass_on(ESCALATION, ASKED)
    chat.fail_with = None
    for _ in range(2):
        await service(store, chat).pass_on(ESCALATION, ASKED)
    assert [post.channel for post in chat.posts.values()] == ["DU1AGENT", "C1ESC"]


async def test_an_answer_given_after_a_restart_finds_its_question(store: SqlStore):
    chat = FakeChat()
    await service(store, chat).pass_on(ESCALATION, ASKED)
    await service(store, chat).answer("U1AGENT", SPOT, "6.0", "到期了")
    answer = chat.posts["answer:6.0"]
    assert (answer.channel, answer.thread_ts) == ("C1ESC", "5.0")
    assert answer.content.text == "U1AGENT to U1SUP: 到期了"


async def test_a_question_is_answered_once(store: SqlStore):
    chat = FakeChat()
    questions = service(store, chat)
    await questions.pass_on(ESCALATION, ASKED)
    await questions.answer("U1AGENT", SPOT, "6.0", "到期了")
    with pytest.raises(AnsweredBefore):
        await questions.answer("U1SUP", SPOT, "6.0", "沒到期")


async def test_an_answer_that_could_not_be_said_can_be_given_again(store: SqlStore):
    chat = FakeChat()
    questions = service(store, chat)
    await questions.pass_on(ESCALATION, ASKED)
    chat.fail_with = ChatUnreachable("down")
    with pytest.raises(FollowsLater):
        await questions.answer("U1AGENT", SPOT, "6.0", "到期了")
    chat.fail_with = None
    await questions.answer("U1AGENT", SPOT, "6.0", "到期了")
    assert chat.posts["answer:6.0"].content.text == "U1AGENT to U1SUP: 到期了"


@pytest.mark.parametrize("user", ["U1SALES", "U9STRANGER"])
async def test_only_who_may_ask_supervisors_answers_them(store: SqlStore, user: str):
    questions = service(store, FakeChat())
    await questions.pass_on(ESCALATION, ASKED)
    with pytest.raises(NotAllowed):
        await questions.answer(user, SPOT, "6.0", "到期了")
