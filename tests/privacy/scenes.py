"""What has happened before somebody tries something: one scene for each section of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.scenarios.desk import (
    AGENT,
    DESK,
    ESCALATION,
    SALES,
    SUPERVISOR,
    Desk,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import ASKS, TRIAGE

ANGRY = "ERP 又當了，出貨單整批印不出來！快來修，再不處理我們明年就換別家系統"
PLAIN, GENERAL, GONE, COLLEAGUE = "C0ENG", "C0GENERAL", "U0SUPCN", "U0SALESCN"


async def company(desk: Desk) -> None:
    """A colleague in no group, somebody who has left, and a support channel that is not shared."""
    await desk.reset()
    await desk.post("group", group="S0SALES", users=[SALES])
    await desk.post("user", user=GONE, deleted=True)
    await desk.post("invite", channel=PLAIN)
    await desk.command("/desk", "mode card")
    for user in (AGENT, SALES, COLLEAGUE):
        await desk.post("invite", channel=PLAIN, user=user)


async def cased(desk: Desk) -> None:
    """A card, drafts and a case in each kind of support channel."""
    await company(desk)
    await desk.say("POS 不能刷卡了，麻煩看一下", user="U0CUSTDM", channel="C0EXTDM")
    await desk.one(lambda m: in_channel(DESK)(m) and "大明" in text_of(m))
    notice = await desk.say("今晚十點維護半小時", user=AGENT)
    await desk.say(ASKS)
    await desk.one(lambda m: in_channel(DESK)(m) and "可不可以免費" in text_of(m))
    for words in ("維護之後報表打不開了", "印表機也不動，怎麼辦"):
        await desk.say(words, thread_ts=notice)
        await desk.one(lambda m, words=words: in_channel(DESK)(m) and words in text_of(m))
    await desk.command("/draft")
    await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))


async def escalated(desk: Desk) -> None:
    await company(desk)
    await desk.say(ASKS)
    card = await desk.one(lambda m: in_channel(DESK)(m) and has_action("case_triage")(m))
    await desk.click(card, "case_triage")
    await desk.submit(await desk.view(), TRIAGE)
    await desk.one(lambda m: in_channel(DESK)(m) and "說清楚" in text_of(m))
    await desk.escalate(await desk.one(in_channel(DESK)))


async def unclear(desk: Desk) -> None:
    await escalated(desk)
    root = await desk.one(has_action("escalation_approve"))
    await desk.say("應該可以吧，打八折，下不為例", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    await desk.one(has_action("escalation_confirm"))


async def questioned(desk: Desk) -> None:
    await escalated(desk)
    root = await desk.one(has_action("escalation_approve"))
    await desk.say("客戶的合約還有效嗎？", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    await desk.one(has_action("question_answer"))


async def decided(desk: Desk) -> None:
    await escalated(desk)
    root = await desk.one(has_action("escalation_approve"))
    await desk.click(root, "escalation_approve", user=SUPERVISOR)
    await desk.one(has_action("escalation_take_back"))


async def tagged(desk: Desk) -> None:
    """Sales was told of a chance."""
    await escalated(desk)
    await desk.one(has_action("sales_take"))


async def held(desk: Desk) -> None:
    """Sales was told, and the customer is angry."""
    await company(desk)
    await desk.say(ANGRY)
    await desk.escalate(await desk.one(in_channel(DESK)))
    await desk.one(has_action("sales_clear"))


async def taken(desk: Desk) -> None:
    await tagged(desk)
    await desk.click(await desk.one(has_action("sales_take")), "sales_take", user=SALES)
    await desk.one(has_action("sales_won"))


async def shared(desk: Desk) -> None:
    """The desk has become a channel that outsiders read, too."""
    await cased(desk)
    await desk.post("share", channel=DESK, shared=True)


SCENES: dict[str, Callable[[Desk], Awaitable[None]]] = {
    "places": cased,
    "drafts": cased,
    "cases": cased,
    "escalations": escalated,
    "unclear": unclear,
    "questions": questioned,
    "decided": decided,
    "sales": tagged,
    "held": held,
    "taken": taken,
    "shared": shared,
}
