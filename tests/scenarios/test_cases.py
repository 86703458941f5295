"""Cases at the desk: one card each that shows what counts, closing, merging and splitting from its menu."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    CUSTOMERS,
    DESK,
    ENGINEER,
    SUPERVISOR,
    Desk,
    Message,
    has_action,
    in_channel,
    strings,
    text_of,
    whispered,
)

BROKEN = "ERP 登不進去,請幫忙看一下"
PRINTER = "另外出貨單也印不出來,麻煩處理"
BEGGING = "過去大家那麼熟,你就幫忙免費處理一下嘛,花不了幾分鐘"
OTHER = "U0AGENTCN"


async def choose(desk: Desk, card: Message, deed: str, *, user: str = AGENT) -> dict[str, Any]:
    """A choice from the menu of a card."""
    return await desk.click(card, "case_more", user=user, selected=_options(card, deed))


def _options(card: Message, deed: str) -> str:
    blocks: list[Any] = card["blocks"]
    values = [
        option["value"]
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "overflow"
        for option in element["options"]
    ]
    return next(value for value in values if value.startswith(f"{deed}|"))


async def settled(desk: Desk, words: str) -> Message:
    return await desk.one(lambda m: in_channel(DESK)(m) and words in text_of(m))


async def two_cases(desk: Desk) -> tuple[Message, Message]:
    """A conversation, and a thread of its own."""
    root = await desk.say("這一串專門談出貨單", user=AGENT)
    await desk.quiet()  # events of one channel may overtake each other
    await desk.say(BROKEN)
    first = await settled(desk, "1 則訊息")
    await desk.say(PRINTER, thread_ts=root)
    second = await desk.one(lambda m: in_channel(DESK)(m) and "出貨單" in text_of(m) and m["ts"] != first["ts"])
    return first, second


async def test_a_card_shows_what_counts_and_what_has_just_changed(desk: Desk) -> None:
    await desk.say(f"{BROKEN}。{BEGGING} <!channel>")
    card = await settled(desk, "1 則訊息")
    words = text_of(card)
    for shown in (
        "永豐紡織",
        "已到期",
        "2026/10/31",
        "資料：CRM・",
        "攀人情「",
        "階段：",
        "還缺：",
    ):
        assert shown in words, shown
    assert "剛剛更新" not in words, "what is new needs no mark of change"
    assert "sql" not in words
    assert "<!channel>" not in words
    await desk.say("我先看一下,今天下午 6 點前回覆您", user=AGENT)
    card = await settled(desk, "負責：")
    assert "剛剛更新：" in text_of(card)
    assert "經過" in text_of(card)
    assert "回覆「我先看一下" in text_of(card)
    assert "答應過：" in text_of(card)
    await desk.escalate(card)
    await settled(desk, "已升級")
    assert len(await desk.all(in_channel(DESK))) == 1, "one card, updated in place"


async def test_cards_follow_the_side_of_the_customer(socket_desk: Desk) -> None:
    await socket_desk.say("网站打不开了,后台报502,麻烦赶紧看一下", user="U0CUSTLH", channel="C0EXTLH")
    card = await socket_desk.one(in_channel(DESK))
    assert "这个工单共" in text_of(card)
    assert "這個" not in text_of(card)


async def test_a_case_is_closed_collapses_and_comes_back(desk: Desk) -> None:
    root = await desk.say(BROKEN)
    card = await settled(desk, "1 則訊息")
    await choose(desk, card, "close")
    closed = await settled(desk, "已結案")
    assert not has_action("case_draft")(closed)
    assert len(closed["blocks"]) == 2, "two lines and a divider"
    await desk.click(closed, "case_reopen", user=OTHER)
    opened = await settled(desk, "重新開啟案件")
    await choose(desk, opened, "close")
    await settled(desk, "已結案")
    await desk.say("又登不進去了,請再處理", thread_ts=root)
    again = await settled(desk, "2 則訊息")
    assert has_action("case_draft")(again)
    assert len(await desk.all(in_channel(DESK))) == 1


async def test_two_cases_become_one_and_their_escalation_goes_along(desk: Desk) -> None:
    first, second = await two_cases(desk)
    root = await desk.escalate(first)
    await choose(desk, first, "merge")
    form = await desk.view()
    target = form["view"]["blocks"][0]["element"]["options"][0]["value"]
    await desk.submit(form, {"target": {"target": target}})
    left = await settled(desk, "已併入另一個案件")
    assert left["ts"] == first["ts"]
    whole = await settled(desk, "把另一個案件併進來")
    assert whole["ts"] == second["ts"]
    assert "已升級" in text_of(whole)
    assert "2 則訊息" in text_of(whole)
    assert not has_action("case_draft")(left)
    assert "<http" in text_of(left), "with the way to the other card"

    await desk.click(root, "escalation_decline", user=SUPERVISOR)
    decided = await settled(desk, "婉拒")
    assert decided["ts"] == second["ts"], "the decision reaches the case that it became"


async def test_a_case_is_split_from_a_message_on(desk: Desk) -> None:
    await desk.say(BROKEN)
    await desk.say(PRINTER)
    await desk.say("印表機燈是亮的,請看一下")
    card = await settled(desk, "3 則訊息")
    await choose(desk, card, "split")
    form = await desk.view()
    options = form["view"]["blocks"][0]["element"]["options"]
    assert [PRINTER in option["text"]["text"] for option in options] == [True, False]
    await desk.submit(form, {"from": {"from": options[0]["value"]}})
    old = await settled(desk, "1 則訊息")
    assert old["ts"] == card["ts"]
    new = await settled(desk, "2 則訊息")
    assert "印表機" in text_of(new)
    await desk.say("出貨單下午要用,請快一點")
    assert (await settled(desk, "3 則訊息"))["ts"] == new["ts"]


async def test_what_cannot_be_done_says_why(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    card = await settled(socket_desk, "1 則訊息")
    await choose(socket_desk, card, "merge")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "沒有其他未結的案件" in text_of(m))
    await choose(socket_desk, card, "split")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "沒有可以拆開的地方" in text_of(m))
    await socket_desk.post("invite", channel=DESK, user=ENGINEER)
    await choose(socket_desk, card, "close", user=ENGINEER)
    await socket_desk.one(lambda m: whispered(ENGINEER)(m) and "只開放" in text_of(m))
    assert has_action("case_draft")(await settled(socket_desk, "1 則訊息"))


async def test_an_edit_and_a_deletion_reach_the_card(desk: Desk) -> None:
    ts = await desk.say(BROKEN)
    await settled(desk, "1 則訊息")
    await desk.post("edit", user=CUSTOMER, channel=CUSTOMERS, ts=ts, text="ERP 整個當掉了,請馬上處理")
    edited = await settled(desk, "整個當掉")
    assert "改了一則訊息" in text_of(edited)
    await desk.post("delete", user=CUSTOMER, channel=CUSTOMERS, ts=ts)
    closed = await settled(desk, "已結案")
    assert "整個當掉" not in text_of(closed)


async def test_the_longest_case_keeps_within_the_limits(socket_desk: Desk) -> None:
    """Slack refuses what breaks one, so the card that stands is the proof; the figures are checked all the same."""
    longest = (f"{BROKEN}。{BEGGING}！& <b> *粗* `碼`\n> 引用\n" * 1500)[:40_000]
    ts = await socket_desk.say(longest)
    await settled(socket_desk, "1 則訊息")
    for number in range(29):
        await socket_desk.say(f"{number} {longest[:3000]}", thread_ts=ts)
        if number % 5 == 0:
            await socket_desk.say(f"{number} 我先確認,今天下午 6 點前回覆您。" * 20, user=AGENT, thread_ts=ts)
    card = await socket_desk.one(lambda m: in_channel(DESK)(m) and "36 則訊息" in text_of(m), 60)
    blocks = card["blocks"]
    assert len(blocks) <= 50
    assert sum(len(text) for text in strings(blocks)) <= 13_200
    assert all(len(block["text"]["text"]) <= 3000 for block in blocks if block["type"] == "section")
    assert all(len(element["text"]) <= 2000 for element in _contexts(blocks))
    assert await socket_desk.all(lambda m: m["user"] == "USLACKBOT") == []
    await choose(socket_desk, card, "split")
    form = await socket_desk.view()
    assert len(form["view"]["blocks"][0]["element"]["options"]) == 29


def _contexts(blocks: list[Any]) -> Iterator[Any]:
    for block in blocks:
        if block["type"] == "context":
            yield from block["elements"]


async def test_two_agents_who_press_at_once_close_once(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    card = await settled(socket_desk, "1 則訊息")
    await asyncio.gather(choose(socket_desk, card, "close"), choose(socket_desk, card, "close", user=OTHER))
    await settled(socket_desk, "已結案")
    await socket_desk.one(lambda m: whispered(AGENT)(m) or whispered(OTHER)(m))
    told = await socket_desk.all(lambda m: m["visible_to"] is not None and m["channel"] == DESK)
    assert len(told) == 1, "one closed it, the other was told so"
