"""While a customer is angry, sales holds until a supervisor lets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.desk import (
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
from tests.scenarios.scenes import changed, direct_to, tagged

ANGRY = "ERP 又當了，出貨單整批印不出來！快來修，再不處理我們明年就換別家系統"
FURIOUS = "你們根本是騙子，爛透了，我要去投訴"


async def test_rule_14_sales_holds_until_a_supervisor_says_that_they_may(desk: Desk) -> None:
    await desk.say(ANGRY)
    root = await desk.escalate(await desk.one(in_channel(DESK)))
    message = await desk.one(has_action("sales_clear"))
    assert message["channel"] == ESCALATION
    assert "先不要聯絡" in text_of(message)
    for button in ("sales_take", "sales_later"):
        assert not has_action(button)(message)
    await desk.click(message, "sales_clear", user=SALES)
    await desk.one(lambda m: whispered(SALES)(m) and "只開放" in text_of(m))
    await desk.click(message, "sales_clear", user=SUPERVISOR)
    told = await desk.one(direct_to(SALES))
    assert "可以聯絡了" in text_of(told)
    assert f"<@{SUPERVISOR}>" in text_of(told)
    free = await desk.one(lambda m: m["ts"] == message["ts"] and has_action("sales_take")(m))
    await desk.click(free, "sales_take", user=SALES)
    await changed(desk, message, "跟進中")
    assert root["channel"] == ESCALATION


async def test_anger_that_comes_later_holds_what_was_taken(socket_desk: Desk) -> None:
    message = await tagged(socket_desk)
    await socket_desk.click(message, "sales_take", user=SALES)
    await changed(socket_desk, message, "跟進中")
    await socket_desk.say(FURIOUS)
    held = await socket_desk.one(lambda m: m["ts"] == message["ts"] and has_action("sales_clear")(m))
    assert not has_action("sales_won")(held)
    warned = await socket_desk.one(direct_to(SALES))
    assert "先不要聯絡" in text_of(warned)
    await socket_desk.click(held, "sales_clear", user=SUPERVISOR)
    await socket_desk.one(lambda m: m["ts"] == message["ts"] and has_action("sales_won")(m))


async def test_calm_words_alone_end_no_hold(socket_desk: Desk) -> None:
    await tagged(socket_desk)
    await socket_desk.say(FURIOUS)
    held = await socket_desk.one(has_action("sales_clear"))
    await socket_desk.say("好啦，那續約報價再給我看看")
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "報價再給我看看" in text_of(m))
    assert has_action("sales_clear")(await changed(socket_desk, held, "先不要聯絡"))


@pytest.fixture
async def apart_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Sales has a channel of its own."""
    running = await Desk.start(tmp_path / "demo.log", env={"FENCUN_SALES_CHANNEL": "C0GENERAL"})
    await running.post("invite", channel="C0GENERAL")
    yield running
    await running.stop()


async def test_supervisors_let_sales_go_from_the_thread_where_sales_reads_elsewhere(apart_desk: Desk) -> None:
    await apart_desk.say(ANGRY)
    root = await apart_desk.escalate(await apart_desk.one(in_channel(DESK)))
    message = await apart_desk.one(lambda m: in_channel("C0GENERAL")(m) and "先不要聯絡" in text_of(m))
    note = await apart_desk.one(lambda m: m.get("thread_ts") == root["ts"] and has_action("sales_clear")(m))
    await apart_desk.click(note, "sales_clear", user=SUPERVISOR)
    await apart_desk.one(lambda m: m["ts"] == note["ts"] and "已讓業務聯絡" in text_of(m))
    await apart_desk.one(lambda m: m["ts"] == message["ts"] and has_action("sales_take")(m))


async def test_a_hold_that_supervisors_read_of_after_the_tag_is_let_go_in_the_thread(socket_desk: Desk) -> None:
    await tagged(socket_desk)
    await socket_desk.say(FURIOUS)
    await socket_desk.one(has_action("sales_clear"))
    root = await socket_desk.escalate(await socket_desk.one(in_channel(DESK)))
    note = await socket_desk.one(lambda m: m.get("thread_ts") == root["ts"] and has_action("sales_clear")(m))
    await socket_desk.click(note, "sales_clear", user=SUPERVISOR)
    await socket_desk.one(has_action("sales_take"))
    await socket_desk.one(lambda m: m["ts"] == note["ts"] and "已讓業務聯絡" in text_of(m))
    await socket_desk.one(lambda m: direct_to(SALES)(m) and "可以聯絡了" in text_of(m))
