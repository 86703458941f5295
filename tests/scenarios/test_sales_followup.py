"""An opportunity: what sales reads, what they press, and what others see of it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.scenarios.desk import (
    AGENT,
    DESK,
    ESCALATION,
    SALES,
    SUPERVISOR,
    Desk,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import OTHER_SALES, WANTS, changed, tagged

DAY = 86400


async def test_sales_reads_why_what_it_is_worth_and_what_the_customer_said(desk: Desk) -> None:
    message = text_of(await tagged(desk))
    for part in (
        f"<@{SALES}>",
        "永豐紡織",
        "客戶主動問續約或價格",
        "2026/10/31",
        "續約 NT$180,000",
        "單次 NT$4,500",
        "金額來自",
        WANTS,
        "還沒有人跟進",
    ):
        assert part in message, part


async def test_rule_14_who_follows_up_is_seen_by_all_and_the_second_is_told(desk: Desk) -> None:
    message = await tagged(desk)
    await desk.click(message, "sales_take", user=SALES)
    taken = await changed(desk, message, f"<@{SALES}> 跟進中")
    assert not has_action("sales_take")(taken)
    assert "接手" in text_of(taken)
    card = await desk.one(lambda m: in_channel(DESK)(m) and "跟進" in text_of(m))
    assert "業務" in text_of(card)
    await desk.click(taken, "sales_won", user=OTHER_SALES)
    refused = await desk.one(whispered(OTHER_SALES))
    assert "已经有人在处理" in text_of(refused)
    assert f"<@{SALES}>" in text_of(refused)
    assert len(await desk.all(lambda m: in_channel(ESCALATION)(m) and f"<@{SALES}>" in m["text"])) == 1


@pytest.mark.parametrize("user", [AGENT, "U0AGENTCN"])
async def test_only_sales_and_supervisors_press(socket_desk: Desk, user: str) -> None:
    message = await tagged(socket_desk)
    for button in ("sales_take", "sales_later", "sales_unsuitable"):
        await socket_desk.click(message, button, user=user)
    await socket_desk.one(lambda m: whispered(user)(m) and ("只開放" in text_of(m) or "只开放" in text_of(m)))
    assert "還沒有人跟進" in text_of(await changed(socket_desk, message, "還沒有人跟進"))
    await socket_desk.quiet()
    assert [v for v in (await socket_desk.get("state"))["views"] if v["user"] == user and v["type"] == "modal"] == []


async def test_a_supervisor_may_take_it_too(socket_desk: Desk) -> None:
    message = await tagged(socket_desk)
    await socket_desk.click(message, "sales_take", user=SUPERVISOR)
    await changed(socket_desk, message, f"<@{SUPERVISOR}> 跟進中")


async def test_rule_68_later_reminds_in_private_when_it_is_time(desk: Desk) -> None:
    message = await tagged(desk)
    await desk.click(message, "sales_later", user=SALES)
    await desk.submit(await desk.view(SALES), {"later": {"later": "week"}}, user=SALES)
    later = await changed(desk, message, f"<@{SALES}> 會在")
    assert has_action("sales_take")(later)

    async def reminders() -> list[Any]:
        return [c["arguments"] for c in await desk.get("calls") if c["method"] == "chat.scheduleMessage"]

    (args,) = await eventually(reminders, 10)
    assert "永豐紡織" in args["text"]
    assert 5 * DAY < int(args["post_at"]) - time.time() < 10 * DAY
    await desk.click(later, "sales_take", user=SALES)
    await changed(desk, message, "跟進中")


async def test_rule_29_not_suitable_says_why(desk: Desk) -> None:
    message = await tagged(desk)
    await desk.click(message, "sales_unsuitable", user=SALES)
    form = await desk.view(SALES)
    blank = await desk.submit(form, {"why": {"why": " \n "}}, user=SALES)
    assert blank["errors"]["why"] == "還沒有寫內容。"
    await desk.submit(form, {"why": {"why": "已經換系統了"}}, user=SALES)
    closed = await changed(desk, message, "認為不適合")
    assert "已經換系統了" in text_of(closed)
    assert not has_action("sales_")(closed)
    home = str(await desk.post("home", user=SALES))
    assert "客戶主動問續約" not in home


async def test_what_was_won_and_lost_is_seen(socket_desk: Desk) -> None:
    message = await tagged(socket_desk)
    await socket_desk.click(message, "sales_take", user=SALES)
    taken = await changed(socket_desk, message, "跟進中")
    await socket_desk.click(taken, "sales_won", user=SALES)
    await changed(socket_desk, message, f"<@{SALES}> 談成了")
    other = await socket_desk.say("我们的服务器续费一年多少钱？", user="U0CUSTLH", channel="C0EXTLH")
    assert other
    second = await socket_desk.one(lambda m: has_action("sales_take")(m) and "蓝海" in text_of(m))
    await socket_desk.click(second, "sales_take", user=OTHER_SALES)
    taken = await changed(socket_desk, second, "跟进中")
    await socket_desk.click(taken, "sales_lost", user=OTHER_SALES)
    form = await socket_desk.view(OTHER_SALES)
    assert "说明原因" in str(form)
    await socket_desk.submit(form, {"why": {"why": "明年才有预算"}}, user=OTHER_SALES)
    lost = await changed(socket_desk, second, f"<@{OTHER_SALES}> 没谈成")
    assert "明年才有预算" in text_of(lost)
