"""A post is made once, whatever breaks."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.slack.chat import SlackChat
from bot.adapters.slack.identity import SlackIdentity
from bot.domain.desk import PostState
from bot.domain.errors import ChatRefused, ChatUnreachable
from bot.ports import Content, Persona

CARD = Content("卡片", ({"type": "divider"},))
IDENTITY = SlackIdentity("T_HOME", "U0FENCUN", "B0FENCUN")


async def kept(store, op):
    async with store.read() as unit:
        return await unit.posts.get(op)


async def intended(store, clock, op, channel="C0DESK"):
    """What a process leaves behind that dies between its intent and the ts."""
    async with store.begin() as unit:
        await unit.posts.intend(op, channel, clock.now())
    clock.time += timedelta(minutes=1)


async def forget_ts(store, op):
    """As if the process had died before it kept the ts."""
    async with store.begin() as unit:
        await unit.posts.posted(op, None)


async def test_post_carries_its_content_and_its_operation(slack, chat, store):
    ts = await chat.post(
        "card:1", "C0DESK", CARD, thread_ts="1.0", persona=Persona("林佳穎", "https://a.example/i.png")
    )
    (message,) = slack.messages
    assert message["ts"] == ts == (await kept(store, "card:1")).ts
    assert (message["text"], message["blocks"], message["thread_ts"]) == ("卡片", [{"type": "divider"}], "1.0")
    assert (message["username"], message["icon_url"]) == ("林佳穎", "https://a.example/i.png")


async def test_metadata_tells_the_other_organisations_apps_nothing(slack, chat):
    await chat.post("reply:draft_1", "C0EXTYF", CARD)
    await chat.post("reply:draft_2", "C0EXTYF", CARD)
    marks = [m["metadata"]["event_payload"]["op"] for m in slack.messages]
    assert marks[0] != marks[1]
    assert not any("draft" in mark for mark in marks)


async def test_same_operation_again_answers_the_same_ts_without_a_call(slack, chat):
    first = await chat.post("card:1", "C0DESK", CARD)
    assert await chat.post("card:1", "C0DESK", CARD) == first
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("thread_ts", [None, "1.0"])
async def test_answer_lost_after_the_post_makes_no_second_one(slack, chat, store, thread_ts):
    slack.faults["chat.postMessage"].append("drop_after")
    ts = await chat.post("card:1", "C0DESK", CARD, thread_ts=thread_ts)
    assert [m["ts"] for m in slack.messages] == [ts]
    assert (await kept(store, "card:1")).ts == ts


@pytest.mark.parametrize("fault", ["drop_before", "hang", 500, {"error": "fatal_error"}])
async def test_request_that_came_to_nothing_is_posted_once(slack, chat, fault):
    slack.faults["chat.postMessage"].append(fault)
    ts = await chat.post("card:1", "C0DESK", CARD)
    assert [m["ts"] for m in slack.messages] == [ts]
    assert len(slack.called("conversations.history")) == 1


async def test_answers_lost_again_and_again_leave_an_intent_that_a_later_run_completes(slack, chat, store):
    slack.faults["chat.postMessage"].extend(["drop_before"] * 3)
    with pytest.raises(ChatUnreachable):
        await chat.post("card:1", "C0DESK", CARD)
    assert (await kept(store, "card:1")).state is PostState.INTENDED
    ts = await chat.post("card:1", "C0DESK", CARD)
    assert [m["ts"] for m in slack.messages] == [ts]


async def test_process_that_died_after_posting_finds_its_message(slack, chat, store, web_client, clock):
    slack.faults["chat.postMessage"].append("drop_after")
    slack.faults["conversations.history"].extend([{"error": "missing_scope"}] * 3)
    slack.faults["chat.postMessage"].extend(["drop_before"] * 2)
    with pytest.raises(ChatUnreachable):
        await chat.post("card:1", "C0DESK", CARD)
    clock.time += timedelta(minutes=1)
    reborn = SlackChat(web_client, store, IDENTITY, clock)
    assert await reborn.post("card:1", "C0DESK", CARD) == slack.messages[0]["ts"]
    assert len(slack.messages) == 1


async def test_process_that_died_before_posting_posts(slack, chat, store, clock):
    await intended(store, clock, "card:1")
    ts = await chat.post("card:1", "C0DESK", CARD)
    assert [m["ts"] for m in slack.messages] == [ts]


async def test_search_reads_on_where_much_was_said_since(slack, chat, store, clock):
    ts = await chat.post("card:1", "C0DESK", CARD)
    since = [f"{clock.time.timestamp() - n / 100:.6f}" for n in range(450)]
    slack.messages[:0] = [{"channel": "C0DESK", "ts": ts, "text": "x"} for ts in since]
    await forget_ts(store, "card:1")
    clock.time += timedelta(minutes=1)
    assert await chat.post("card:1", "C0DESK", CARD) == ts
    assert len(slack.called("conversations.history")) == 3


async def test_search_ends_where_the_channel_was_before_the_post(slack, chat, store, clock):
    await intended(store, clock, "card:1")
    before = (clock.time - timedelta(hours=1)).timestamp()
    slack.messages += [{"channel": "C0DESK", "ts": f"{before - n:.6f}", "text": "x"} for n in range(450)]
    await chat.post("card:1", "C0DESK", CARD)
    assert len(slack.called("conversations.history")) == 1


async def test_a_clock_of_ours_that_is_hours_ahead_makes_no_second_post(slack, chat, clock):
    clock.time += timedelta(days=3000)
    slack.faults["chat.postMessage"].append("drop_after")
    ts = await chat.post("card:1", "C0DESK", CARD)
    assert [m["ts"] for m in slack.messages] == [ts]


async def test_message_of_another_app_with_our_metadata_is_not_ours(slack, chat, store, clock):
    await chat.post("card:1", "C0DESK", CARD)
    slack.messages[0] |= {"ts": "1.0", "bot_id": "B0OTHER"}
    await forget_ts(store, "card:1")
    clock.time += timedelta(minutes=1)
    assert await chat.post("card:1", "C0DESK", CARD) != "1.0"


async def test_nothing_is_posted_where_the_search_is_refused(slack, chat, store, clock):
    await intended(store, clock, "card:1")
    slack.faults["conversations.history"].extend([{"error": "missing_scope"}] * 3)
    with pytest.raises(ChatUnreachable, match="missing_scope"):
        await chat.post("card:1", "C0DESK", CARD)
    assert slack.messages == []


async def test_refused_post_is_forgotten_and_may_be_tried_anew(slack, chat, store):
    slack.faults["chat.postMessage"].append({"error": "is_archived"})
    with pytest.raises(ChatRefused) as caught:
        await chat.post("card:1", "C0DESK", CARD)
    assert caught.value.code == "is_archived"
    assert await kept(store, "card:1") is None
    await chat.post("card:1", "C0DESK", CARD)
    assert slack.called("conversations.history") == []


async def test_rate_limit_is_waited_out(slack, chat):
    slack.faults["chat.postMessage"].extend([{"retry_after": 0.05}] * 2)
    started = asyncio.get_running_loop().time()
    await chat.post("card:1", "C0DESK", CARD)
    assert asyncio.get_running_loop().time() - started >= 0.1
    assert (len(slack.messages), slack.called("conversations.history")) == (1, [])


async def test_rate_limit_longer_than_anyone_waits_is_told_at_once(slack, chat):
    slack.faults["chat.postMessage"].append({"retry_after": 3600})
    async with asyncio.timeout(2):
        with pytest.raises(ChatUnreachable, match="rate limited"):
            await chat.post("card:1", "C0DESK", CARD)


async def test_same_operation_at_once_is_posted_once(slack, chat):
    slack.slow["chat.postMessage"] = 0.05
    answers = await asyncio.gather(*(chat.post("card:1", "C0DESK", CARD) for _ in range(10)))
    assert set(answers) == {slack.messages[0]["ts"]}
    assert len(slack.messages) == 1


async def test_two_replicas_with_one_operation_post_once(slack, chat, store, web_client, clock):
    slack.slow["chat.postMessage"] = 0.3
    clock.time -= timedelta(seconds=5)
    first = asyncio.create_task(chat.post("card:1", "C0DESK", CARD))
    await asyncio.sleep(0.1)
    clock.time += timedelta(seconds=5)
    other = SlackChat(web_client, store, IDENTITY, clock)
    assert await other.post("card:1", "C0DESK", CARD) == await first
    assert len(slack.messages) == 1


async def test_posts_of_a_channel_keep_their_order_others_do_not_wait(slack, chat):
    slack.slow["chat.postMessage"] = 0.02
    posts = [chat.post(f"{channel}:{n}", channel, Content(str(n))) for n in range(5) for channel in ("C0DESK", "C0ESC")]
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*posts)
    assert [m["text"] for m in slack.messages if m["channel"] == "C0DESK"] == ["0", "1", "2", "3", "4"]
    assert asyncio.get_running_loop().time() - started < 10 * 0.02 + 0.1


async def test_direct_message_opens_the_conversation_once(slack, chat):
    slack.answers["conversations.open"] = {"channel": {"id": "D1"}}
    await chat.direct("note:1", "U0AGENTTW", CARD)
    await chat.direct("note:2", "U0AGENTTW", CARD)
    assert [m["channel"] for m in slack.messages] == ["D1", "D1"]
    assert slack.called("conversations.open") == [{"users": "U0AGENTTW"}]


async def test_search_that_fails_is_repeated_before_anything_is_posted(slack, chat, store, clock):
    await intended(store, clock, "card:1")
    slack.faults["conversations.history"].extend([503, "drop_before"])
    await chat.post("card:1", "C0DESK", CARD)
    assert len(slack.messages) == 1


async def test_a_reply_goes_out_by_the_persons_own_token_and_by_the_bot_where_that_is_refused(
    slack, web_client, store, clock
):
    chat = SlackChat(web_client, store, IDENTITY, clock, {"U1": "xoxp-own"})
    await chat.post("reply:1", "C0EXTYF", CARD, persona=Persona("林佳穎", None, "U1"))
    slack.faults["chat.postMessage"].append({"error": "token_revoked"})
    await chat.post("reply:2", "C0EXTYF", CARD, persona=Persona("林佳穎", None, "U1"))
    await chat.post("reply:3", "C0EXTYF", CARD, persona=Persona("周晓雯", None, "U2"))
    assert [message.get("username") for message in slack.messages] == [None, "林佳穎", "周晓雯"]
    assert web_client.locked_out is None, "one person's token says nothing about the bot's"
