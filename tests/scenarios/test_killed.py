"""The bot is killed between what a person pressed and what follows from it: it follows once, after the restart."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.deployment import LEFT_BEHIND, Deployment
from tests.scenarios.desk import (
    CUSTOMERS,
    DESK,
    ESCALATION,
    SUPERVISOR,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)

OTHER_AGENT, OTHER_CUSTOMER, OTHER_CHANNEL = "U0AGENTCN", "U0CUSTLH", "C0EXTLH"
REPLY = "您好，我先帮您看一下域名解析的情况。"


@pytest.fixture(params=["socket", "http"])
async def deployment(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Deployment]:
    running = Deployment(tmp_path, f"sqlite:///{tmp_path / 'fencun.db'}", request.param)
    await running.start_workspace()
    try:
        await running.start_bot(1)
        yield running
    finally:
        await running.stop()


async def both_hang(folder: Path) -> bool:
    """The bot has asked Slack for both posts, and waits."""
    with sqlite3.connect(folder / "fencun.db") as database:
        (under_way,) = database.execute(
            "SELECT count(*) FROM posts WHERE ts IS NULL AND (op LIKE 'decided:%' OR op LIKE 'reply:%')"
        ).fetchone()
    return bool(under_way == 2)


async def test_a_decision_and_a_reply_pressed_before_a_crash_reach_their_people_once(deployment: Deployment) -> None:
    desk = deployment.desk
    await desk.say("ERP 出貨單印不出來，這次可不可以免費幫我們處理？")
    root = await desk.escalate(await desk.one(in_channel(DESK)))
    await desk.say("域名解析坏了，官网打不开，麻烦看一下", user=OTHER_CUSTOMER, channel=OTHER_CHANNEL)
    await desk.one(lambda m: in_channel(DESK)(m) and "域名解析坏了" in text_of(m))
    await desk.command("/draft", user=OTHER_AGENT, channel=OTHER_CHANNEL)
    drafts = await desk.one(lambda m: whispered(OTHER_AGENT)(m) and has_action("draft_use")(m))
    await desk.click(drafts, "draft_use", user=OTHER_AGENT)
    form = await desk.view(OTHER_AGENT)

    await desk.post("fault", method="chat.postMessage", kind="hang", times=2)
    await desk.click(root, "escalation_approve", user=SUPERVISOR)
    await desk.submit(form, {"text": {"text": REPLY}}, user=OTHER_AGENT)
    await eventually(lambda: both_hang(deployment.folder), 5)
    deployment.bots[0].kill()
    await deployment.bots[0].wait()
    before = [m["ts"] for m in await desk.messages(has_action("draft_use")) if m["channel"].startswith("D")]
    assert before == [], "the agent was not told yet"
    await deployment.start_bot(2)

    told = await desk.one(lambda m: m["channel"].startswith("D") and has_action("draft_use")(m), LEFT_BEHIND)
    assert "核准" in text_of(told)
    await desk.one(lambda m: m["channel"] == OTHER_CHANNEL and m["text"] == REPLY, LEFT_BEHIND)
    await desk.one(lambda m: in_channel(DESK)(m) and "核准" in text_of(m), LEFT_BEHIND)
    assert len(await desk.messages(lambda m: m["channel"] == OTHER_CHANNEL and m["text"] == REPLY)) == 1
    decided = [m for m in await desk.messages(in_channel(ESCALATION)) if has_action("escalation_take_back")(m)]
    assert len(decided) == 1
    await desk.click(decided[0], "escalation_take_back", user=SUPERVISOR)
    reopened = await desk.one(lambda m: in_channel(ESCALATION)(m) and has_action("escalation_approve")(m))
    assert reopened["ts"] == root["ts"], "what stands can still be taken back after the restart"
    assert CUSTOMERS not in {m["channel"] for m in await desk.messages(lambda m: "核准" in text_of(m))}
