"""Channels with customers: whose they are, what the desk does in them, and what happens when one becomes shared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    CUSTOMERS,
    DESK,
    ENGINEER,
    SALES,
    SUPERVISOR,
    Desk,
    has_action,
    in_channel,
    text_of,
    whispered,
)

BROKEN = "ERP 登不進去,請幫忙看一下"
TWINS = "順發貿易有限公司"


def told(user: str, words: str):
    return lambda m: whispered(user)(m) and words in text_of(m)


async def ask(desk: Desk, text: str, words: str, *, user: str = AGENT, channel: str = CUSTOMERS) -> None:
    await desk.command("/desk", text, user=user, channel=channel)
    await desk.one(told(user, words))


@pytest.fixture
async def nudging(tmp_path: Path) -> AsyncIterator[Desk]:
    """Agents on duty are nudged, whatever the hour; the second agent's turn comes first."""
    policy = tmp_path / "policy.yaml"
    policy.write_text("quiet_from_hour: 3\nquiet_to_hour: 3\n")
    env = {
        "FENCUN_CHANNEL_MODE": "card+nudge",
        "FENCUN_POLICY_FILE": str(policy),
        "FENCUN_DUTY": "U0AGENTCN,S0AGENTS",
    }
    running = await Desk.start(tmp_path / "demo.log", env=env)
    try:
        yield running
    finally:
        await running.stop()


async def test_a_channel_is_linked_shown_and_unlinked(desk: Desk) -> None:
    await desk.say(BROKEN)
    await desk.one(lambda m: in_channel(DESK)(m) and "永豐紡織" in text_of(m))
    await ask(desk, "status", "依 CRM")
    await ask(desk, "對應 大明餐飲", "這個頻道對應到 大明餐飲")
    card = await desk.one(lambda m: in_channel(DESK)(m) and "大明餐飲" in text_of(m))
    assert "對應客戶：大明餐飲" in text_of(card)
    await ask(desk, "status", "同事設定的對應")
    await ask(desk, "unlink", "改回由 CRM 判斷")
    await desk.one(lambda m: in_channel(DESK)(m) and "永豐紡織" in text_of(m))
    await ask(desk, "unlink", "不用取消")


async def test_what_cannot_be_linked_says_why_and_how(socket_desk: Desk) -> None:
    await ask(socket_desk, "link", "請在後面寫客戶名稱或代號")
    await ask(socket_desk, "link 沒有這一家", "找不到「沒有這一家」")
    await ask(socket_desk, "連接 YF-1001", "沒有「連接」這個用法")
    await ask(socket_desk, "link YF-1001", "这里不是客户频道", user="U0AGENTCN", channel=DESK)
    await ask(socket_desk, "link YF-1001", "只開放", user=ENGINEER)
    await ask(socket_desk, "mode off", "只開放", user=ENGINEER)
    await ask(socket_desk, "status", "的狀態", user=ENGINEER)


async def test_several_candidates_are_a_choice_that_links(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", f"link {TWINS}")
    choice = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("desk_link")(m))
    assert "SF-1003" in text_of(choice)
    assert "SF-1004" in text_of(choice)
    await socket_desk.click(choice, "desk_link", user=AGENT, selected="SF-1004")
    await socket_desk.one(told(AGENT, "（SF-1004）"))
    await ask(socket_desk, "status", "SF-1004")


async def test_a_mode_is_set_in_either_script_and_says_what_it_does(socket_desk: Desk) -> None:
    await ask(socket_desk, "mode", "card 卡片")
    await ask(socket_desk, "mode 安靜", "沒有「安靜」這種模式")
    await ask(socket_desk, "mode 只记录", "只記錄，不發新卡片")
    await socket_desk.say(BROKEN)
    await socket_desk.quiet()
    await socket_desk.command("/draft")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    assert await socket_desk.all(in_channel(DESK)) == []
    await ask(socket_desk, "模式 卡片", "在客服席有卡片")
    await socket_desk.one(in_channel(DESK))

    await ask(socket_desk, "mode off", "不記錄也不提醒")
    await socket_desk.say("這一句不要留,另外報表也壞了請處理")
    await ask(socket_desk, "mode card", "在客服席有卡片")
    await socket_desk.say("還是登不進去,請快一點")
    card = await socket_desk.one(lambda m: in_channel(DESK)(m) and "2 則訊息" in text_of(m))
    assert "這一句不要留" not in text_of(card)


async def test_whoever_is_on_duty_is_nudged_where_the_customer_is(nudging: Desk) -> None:
    await nudging.say(BROKEN)
    nudge = await nudging.one(whispered("U0AGENTCN"))
    assert nudge["channel"] == CUSTOMERS
    assert "永豐紡織" in text_of(nudge)
    assert has_action("case_draft")(nudge)
    card = await nudging.one(in_channel(DESK))
    assert "值班：周晓雯" in text_of(card)
    await nudging.say("請快一點,大家都在等")
    await nudging.one(lambda m: in_channel(DESK)(m) and "2 則訊息" in text_of(m))
    assert len(await nudging.all(whispered("U0AGENTCN"))) == 1
    await nudging.say("收到,謝謝", user="U0CUSTDM", channel="C0EXTDM")
    assert len(await nudging.all(whispered("U0AGENTCN"))) == 1, "thanks nudge nobody"


async def test_a_desk_that_becomes_shared_falls_silent_and_comes_back(desk: Desk) -> None:
    await desk.say(BROKEN)
    card = await desk.one(in_channel(DESK))
    await desk.post("share", channel=DESK, shared=True)
    for owner in (SUPERVISOR, "U0SUPCN"):
        await desk.one(lambda m, owner=owner: "C0DESK" in text_of(m) and owner in str(m.get("members", owner)))
    warnings = await desk.all(lambda m: m["channel"].startswith("D") and "C0DESK" in text_of(m))
    assert {"共用", "共享"} == {word for word in ("共用", "共享") for m in warnings if word in text_of(m)}
    await desk.say("還有報表也印不出來,請處理")
    await desk.say("網站打不開了,請處理", user="U0CUSTDM", channel="C0EXTDM")
    shown = await desk.all(in_channel(DESK))
    assert [text_of(m) for m in shown] == [text_of(card)], "nothing new, nothing changed"
    await desk.post("share", channel=DESK, shared=False)
    await desk.one(lambda m: in_channel(DESK)(m) and "2 則訊息" in text_of(m))
    await desk.one(lambda m: in_channel(DESK)(m) and "大明餐飲" in text_of(m))
    again = await desk.all(lambda m: m["channel"].startswith("D") and "C0DESK" in text_of(m))
    assert len(again) == 2 * len(warnings)


async def test_an_escalation_into_a_shared_channel_is_held_back_and_explained(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.post("share", channel="C0ESC", shared=True)
    await socket_desk.command("/escalate", "客戶要求免費")
    await socket_desk.submit(await socket_desk.view(), {})
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "目前與其他公司共用" in text_of(m))
    assert await socket_desk.all(in_channel("C0ESC")) == []
    await socket_desk.post("share", channel="C0ESC", shared=False)
    await socket_desk.command("/escalate", "客戶要求免費")
    await socket_desk.one(lambda m: in_channel("C0ESC")(m) and has_action("escalation_approve")(m))


async def test_a_customer_who_calls_an_engineer_is_given_back_in_private(desk: Desk) -> None:
    await desk.say(f"<@{ENGINEER}> 你直接幫我看一下 ERP 為什麼登不進去,不要再叫我找客服")
    agent = await desk.one(lambda m: m["channel"].startswith("D") and "越过你" in text_of(m))
    assert "可以这样说" in text_of(agent), "the first agent on the list, in her own script"
    assert "2026/10/31" in text_of(agent)
    engineer = await desk.one(lambda m: m["channel"].startswith("D") and "可以這樣回" in text_of(m))
    assert "永豐紡織" in text_of(engineer)
    card = await desk.one(lambda m: in_channel(DESK)(m) and "已私下提醒" in text_of(m))
    assert "@吳柏翰" in text_of(card), "people read names, not ids"
    assert await desk.all(lambda m: in_channel(CUSTOMERS)(m) and m["user"] != CUSTOMER) == []
    await desk.click(engineer, "alerts_off", user=ENGINEER)
    await desk.one(lambda m: "不再為這種事通知你" in text_of(m))


async def test_one_of_ours_without_a_role_is_an_outsider_and_a_group_that_changes_counts_at_once(
    socket_desk: Desk,
) -> None:
    await ask(socket_desk, "status", "的狀態", user=SALES)
    await socket_desk.post("group", group="S0SALES", users=["U0SALESCN"])
    await ask(socket_desk, "status", "只開放給負責的同事", user=SALES)
    assert "not_done" in socket_desk.log.read_text()
    await socket_desk.post("group", group="S0SALES", users=["U0SALESCN", SALES])
    before = len(await socket_desk.all(told(SALES, "的狀態")))
    await socket_desk.command("/desk", "status", user=SALES)
    assert len(await socket_desk.all(told(SALES, "的狀態"))) > before


async def test_a_customer_is_told_nothing_by_the_command(socket_desk: Desk) -> None:
    for text in ("status", "link DM-1002", "mode off", "unlink", "help"):
        await socket_desk.command("/desk", text, user=CUSTOMER)
    refusals = await socket_desk.all(whispered(CUSTOMER))
    assert refusals
    assert all("只開放" in text_of(m) and "大明" not in text_of(m) for m in refusals)
