"""Files and reminders: once, whatever breaks."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.adapters.slack.chat import SlackChat
from bot.adapters.slack.identity import identify
from bot.domain.errors import ChatRefused, ChatUnreachable
from bot.ports import Content, File

FILES = (File("回覆.docx", b"word"), File("回覆.pdf", b"pages"))
NOTE = Content("看過再寄")


@pytest.fixture
async def shelf(slack, clock):
    """Takes uploads, and shares them in the conversation once they are completed."""
    received: list[bytes] = []
    status = [200]

    async def upload(request: web.Request) -> web.Response:
        received.append(await request.read())
        return web.Response(status=status[0])

    site = web.Application()
    site.router.add_post("/upload", upload)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/upload"

    def share(arguments: dict[str, Any]) -> dict[str, Any]:

        files = arguments["files"]
        files = json.loads(files) if isinstance(files, str) else files
        ts = f"{clock.time.timestamp():.6f}"
        slack.messages.append({"channel": arguments["channel_id"], "ts": ts, "user": "U0FENCUN", "files": files})
        return {"files": files}

    slack.answers["conversations.open"] = {"channel": {"id": "D1"}}
    slack.answers["files.getUploadURLExternal"] = lambda given: {"upload_url": url, "file_id": f"F{given['filename']}"}
    slack.answers["files.completeUploadExternal"] = share
    slack.answers["chat.scheduleMessage"] = {"scheduled_message_id": "Q1"}
    yield received, status
    await runner.cleanup()


async def test_files_go_into_the_persons_own_conversation_under_one_comment(slack, chat, shelf):
    assert await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    (done,) = slack.called("files.completeUploadExternal")
    assert (done["channel_id"], done["initial_comment"]) == ("D1", "看過再寄")
    assert shelf[0] == [b"word", b"pages"]


async def test_a_conversation_that_is_gone_is_opened_anew(slack, chat, shelf):
    await chat.send_files("before", "U0AGENTTW", FILES, NOTE)
    slack.answers["conversations.open"] = {"channel": {"id": "D2"}}
    slack.faults["files.completeUploadExternal"].append({"error": "channel_not_found"})
    assert await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert slack.called("files.completeUploadExternal")[-1]["channel_id"] == "D2"


async def test_the_same_operation_shares_once(slack, chat, shelf):
    results = await asyncio.gather(*(chat.send_files("op", "U0AGENTTW", FILES, NOTE) for _ in range(3)))
    assert sorted(results) == [False, False, True]
    assert len(slack.called("files.completeUploadExternal")) == 1


async def test_a_lost_answer_is_found_out_before_anything_is_shared_again(slack, chat, shelf):
    slack.faults["files.completeUploadExternal"].append("drop_after")
    with pytest.raises(ChatUnreachable):
        await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert not await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert len(slack.messages) == 1


async def test_what_never_arrived_is_shared_at_the_next_attempt(slack, chat, shelf):
    slack.faults["files.completeUploadExternal"].append("drop_before")
    with pytest.raises(ChatUnreachable):
        await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert len(slack.messages) == 1


async def test_a_restart_knows_what_was_shared(slack, chat, shelf, web_client, store, clock):
    await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    again = SlackChat(web_client, store, await identify(web_client), clock)
    assert not await again.send_files("op", "U0AGENTTW", FILES, NOTE)


async def test_a_refusal_keeps_nothing(slack, chat, shelf):
    slack.faults["files.completeUploadExternal"].append({"error": "missing_scope"})
    with pytest.raises(ChatRefused):
        await chat.send_files("op", "U0AGENTTW", FILES, NOTE)
    assert await chat.send_files("op", "U0AGENTTW", FILES, NOTE)


async def test_an_upload_that_slack_does_not_take_is_unreachable(chat, shelf):
    shelf[1][0] = 500
    with pytest.raises(ChatUnreachable):
        await chat.send_files("op", "U0AGENTTW", FILES, NOTE)


async def test_a_reminder_waits_in_slack_and_is_set_once(slack, chat, shelf, clock):
    at = clock.now() + timedelta(minutes=5)
    await chat.remind("call", "U0AGENTTW", at, NOTE)
    await chat.remind("call", "U0AGENTTW", at, NOTE)
    (set_,) = slack.called("chat.scheduleMessage")
    assert (set_["channel"], int(set_["post_at"])) == ("D1", int(at.timestamp()))


async def test_a_reminder_whose_answer_was_lost_is_looked_for(slack, chat, shelf, clock):
    slack.faults["chat.scheduleMessage"].append("drop_after")
    slack.answers["chat.scheduledMessages.list"] = {"scheduled_messages": [{"id": "Q1", "text": NOTE.text}]}
    at = clock.now() + timedelta(minutes=5)
    with pytest.raises(ChatUnreachable):
        await chat.remind("call", "U0AGENTTW", at, NOTE)
    await chat.remind("call", "U0AGENTTW", at, NOTE)
    assert len(slack.called("chat.scheduleMessage")) == 1
