"""Replies in the agent's name: by their own token where they gave one, else by the bot under their name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.desk import AGENT, CUSTOMERS, DESK, Desk, Message, has_action, in_channel, whispered

TOKEN = f"xoxp-fencun-{AGENT}"
REPLY = "您好，我先看一下出貨單的狀況。"


@pytest.fixture(params=["socket", "http"])
async def own_desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    env = {"FENCUN_AGENT_TOKENS": f"{AGENT}={TOKEN}"}
    running = await Desk.start(tmp_path / "demo.log", transport=request.param, env=env)
    try:
        yield running
    finally:
        await running.stop()


async def replied(desk: Desk) -> Message:
    """The reply as it stands in the customer's thread."""
    await desk.say("ERP 又當了，出貨單印不出來")
    await desk.one(in_channel(DESK))
    await desk.command("/draft")
    drafts = await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    await desk.click(drafts, "draft_use")
    await desk.submit(await desk.view(), {"text": {"text": REPLY}})
    return await desk.one(lambda m: in_channel(CUSTOMERS)(m) and m["text"] == REPLY)


async def test_a_reply_is_the_agents_own_message(own_desk: Desk) -> None:
    reply = await replied(own_desk)
    assert (reply["user"], reply["username"]) == (AGENT, None)
    await own_desk.one(lambda m: in_channel(DESK)(m) and f"負責：<@{AGENT}>" in str(m["blocks"]))
    assert TOKEN not in own_desk.log.read_text()


async def test_where_their_token_is_refused_the_bot_says_it_under_their_name(own_desk: Desk) -> None:
    await own_desk.post("revoke", token=TOKEN)
    reply = await replied(own_desk)
    assert (reply["user"], reply["username"]) == ("U0FENCUN", "林佳穎")
    assert len(await own_desk.messages(lambda m: m["text"] == REPLY)) == 1
