from datetime import datetime, timedelta, timezone
from typing import Any

from bot.domain.desk import Locale
from bot.domain.errors import ChatRefused
from bot.domain.escalations import EscalationRecord
from bot.ports import Content
from bot.services.verdict_news import VerdictNews
from tests.services.fakes import FakeChat

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))
ESCALATION = EscalationRecord("esc_1", "case_1", "", "U1AGENT", NOW, "C1ESC", "5.0")


class Unreachable(FakeChat):
    """Nobody takes direct messages."""

    async def direct(self, op: str, user: str, content: Content) -> str:
        raise ChatRefused("messages_tab_disabled")


class Thread:
    def __init__(self) -> None:
        self.said: dict[str, Content] = {}

    async def locale(self, escalation: EscalationRecord) -> Locale:
        return Locale.HANT

    async def say(self, op: str, escalation: EscalationRecord, content: Content) -> str:
        self.said.setdefault(op, content)
        return "6.0"


class Notices:
    def notice(self, key: str, locale: Any, params: dict[str, object]) -> Content:
        return Content(f"{key} {params['agent']} {params['code']}")


def news(chat: FakeChat, thread: Thread) -> VerdictNews:
    rest: dict[str, Any] = dict.fromkeys(
        ("store", "cases", "cards", "drafts", "people", "asides", "knowledge", "clock", "errands")
    )
    return VerdictNews(thread=thread, chat=chat, presenter=Notices(), **rest)


async def test_whoever_cannot_be_told_in_private_is_named_once_in_the_thread():
    thread = Thread()
    for _ in range(2):
        await news(Unreachable(), thread).tell("U1AGENT", ESCALATION, "verdict:1", Content("核准"))
    assert [content.text for content in thread.said.values()] == ["escalation.untold <@U1AGENT> messages_tab_disabled"]


async def test_whoever_can_be_told_is_told_there_alone():
    chat, thread = FakeChat(), Thread()
    await news(chat, thread).tell("U1AGENT", ESCALATION, "verdict:1", Content("核准"))
    assert chat.posts["verdict:1"].content.text == "核准"
    assert thread.said == {}
