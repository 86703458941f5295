"""chat.*"""

from __future__ import annotations

import asyncio
import time

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Start
from tests.workspace.peers import Person, SocketBot, button, client, manifest, section
from tests.workspace.test_workspace_auth import error_of


async def test_a_post_comes_back_with_its_author(slack: AsyncWebClient, person: Person):
    answer = await slack.chat_postMessage(channel="C0DESK", text="卡片", blocks=[section("*卡片*")])
    message = answer["message"]
    assert (message["user"], message["bot_id"], message["app_id"]) == ("U0FENCUN", "B0FENCUN", "A0FENCUN")
    assert message["blocks"][0]["block_id"]
    [stored] = await person.messages("C0DESK")
    assert (stored["ts"], stored["text"], stored["visible_to"]) == (answer["ts"], "卡片", None)


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0NONE", "channel_not_found"), ("C0GENERAL", "not_in_channel"), ("U0CUSTYF", "channel_not_found")],
)
async def test_a_post_needs_a_channel_the_bot_is_in(slack: AsyncWebClient, channel: str, error: str):
    assert await error_of(slack.chat_postMessage(channel=channel, text="x")) == error


async def test_a_private_channel_without_the_bot_does_not_exist(slack: AsyncWebClient, person: Person):
    await person.do("kick", channel="C0DESK")
    assert await error_of(slack.chat_postMessage(channel="C0DESK", text="x")) == "channel_not_found"
    assert await error_of(slack.conversations_info(channel="C0DESK")) == "channel_not_found"


async def test_an_archived_channel_takes_nothing(slack: AsyncWebClient, person: Person):
    ts = (await slack.chat_postMessage(channel="C0ESC", text="x"))["ts"]
    await person.do("archive", channel="C0ESC")
    assert await error_of(slack.chat_postMessage(channel="C0ESC", text="x")) == "is_archived"
    assert await error_of(slack.chat_update(channel="C0ESC", ts=ts, text="y")) == "is_inactive"


async def test_a_public_channel_may_be_written_to_with_the_scope_for_it(start: Start):
    slack = client(await start(manifest=manifest(with_scopes=("chat:write.public",))))
    assert (await slack.chat_postMessage(channel="#大廳", text="x"))["channel"] == "C0GENERAL"


async def test_another_name_needs_its_scope(start: Start, slack: AsyncWebClient):
    assert await error_of(slack.chat_postMessage(channel="C0DESK", text="x", username="別人")) == "missing_scope"
    customizing = client(await start(manifest=manifest(with_scopes=("chat:write.customize",))))
    message = (
        await customizing.chat_postMessage(channel="C0DESK", text="x", username="別人", icon_emoji=":fox_face:")
    )["message"]
    assert (message["subtype"], message["username"], message["icons"]) == (
        "bot_message",
        "別人",
        {"emoji": ":fox_face:"},
    )


async def test_a_person_is_written_to_in_a_direct_channel(slack: AsyncWebClient, person: Person):
    answer = await slack.chat_postMessage(channel="U0AGENTTW", text="私訊")
    opened = await slack.conversations_open(users="U0AGENTTW", return_im=True)
    assert answer["channel"] == opened["channel"]["id"] == "D0AGENTTW"
    assert (opened["channel"]["is_im"], opened["channel"]["user"]) == (True, "U0AGENTTW")


async def test_a_reply_to_a_reply_joins_the_same_thread(slack: AsyncWebClient, person: Person):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    first = await slack.chat_postMessage(channel="C0EXTYF", text="一", thread_ts=top)
    second = await slack.chat_postMessage(channel="C0EXTYF", text="二", thread_ts=first["ts"])
    assert second["message"]["thread_ts"] == top
    assert second["message"]["parent_user_id"] == "U0CUSTYF"


async def test_a_broadcast_reply_is_in_the_history_too(slack: AsyncWebClient, person: Person):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await slack.chat_postMessage(channel="C0EXTYF", text="悄悄", thread_ts=top)
    await slack.chat_postMessage(channel="C0EXTYF", text="大聲", thread_ts=top, reply_broadcast=True)
    history = await slack.conversations_history(channel="C0EXTYF")
    assert [message["text"] for message in history["messages"]] == ["大聲", "壞了"]


async def test_no_reply_to_what_only_one_person_sees(slack: AsyncWebClient):
    ts = (await slack.chat_postEphemeral(channel="C0DESK", user="U0AGENTTW", text="悄悄"))["message_ts"]
    assert await error_of(slack.chat_postMessage(channel="C0DESK", text="x", thread_ts=ts)) == "cannot_reply_to_message"


async def test_metadata_is_shown_when_asked_for(slack: AsyncWebClient, person: Person):
    metadata = {"event_type": "case_card", "event_payload": {"case": "42"}}
    ts = (await slack.chat_postMessage(channel="C0DESK", text="x", metadata=metadata))["ts"]
    shown = await slack.conversations_history(channel="C0DESK", include_all_metadata=True)
    assert shown["messages"][0]["metadata"] == metadata
    assert "metadata" not in (await slack.conversations_history(channel="C0DESK"))["messages"][0]
    await slack.chat_update(channel="C0DESK", ts=ts, text="y")
    assert (await person.messages("C0DESK"))[0]["metadata"] == metadata
    await slack.chat_update(channel="C0DESK", ts=ts, text="y", metadata={})
    assert (await person.messages("C0DESK"))[0]["metadata"] is None


async def test_metadata_has_a_form(slack: AsyncWebClient):
    for metadata, error in (
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"a": "b" * 8000}}, "metadata_too_large"),
    ):
        assert await error_of(slack.chat_postMessage(channel="C0DESK", text="x", metadata=metadata)) == error


async def test_a_text_alone_takes_the_blocks_away(slack: AsyncWebClient):
    ts = (await slack.chat_postMessage(channel="C0DESK", text="一", blocks=[section("卡")]))["ts"]
    blocks_only = await slack.api_call("chat.update", json={"channel": "C0DESK", "ts": ts, "blocks": [section("新卡")]})
    assert (blocks_only["message"]["text"], blocks_only["message"]["blocks"][0]["text"]["text"]) == ("一", "新卡")
    text_only = await slack.chat_update(channel="C0DESK", ts=ts, text="二")
    assert "blocks" not in text_only["message"]
    assert text_only["message"]["edited"]["user"] == "U0FENCUN"


async def test_attachments_stay_until_given_as_empty(slack: AsyncWebClient):
    ts = (await slack.chat_postMessage(channel="C0DESK", text="一", attachments=[{"text": "附"}]))["ts"]
    kept = await slack.chat_update(channel="C0DESK", ts=ts, text="二")
    assert kept["message"]["attachments"] == [{"text": "附"}]
    assert "attachments" not in (await slack.chat_update(channel="C0DESK", ts=ts, text="三", attachments=[]))["message"]


async def test_only_its_own_messages_can_the_bot_change(slack: AsyncWebClient, person: Person):
    ts = await person.say("U0AGENTTW", "C0DESK", "我的")
    assert await error_of(slack.chat_update(channel="C0DESK", ts=ts, text="x")) == "cant_update_message"
    assert await error_of(slack.chat_delete(channel="C0DESK", ts=ts)) == "cant_delete_message"
    assert await error_of(slack.chat_update(channel="C0DESK", ts="1.000001", text="x")) == "message_not_found"


async def test_a_deleted_message_is_gone(slack: AsyncWebClient, person: Person):
    ts = (await slack.chat_postMessage(channel="C0DESK", text="x"))["ts"]
    await slack.chat_delete(channel="C0DESK", ts=ts)
    assert await error_of(slack.chat_delete(channel="C0DESK", ts=ts)) == "message_not_found"
    assert (await slack.conversations_history(channel="C0DESK"))["messages"] == []
    assert (await person.messages("C0DESK"))[0]["deleted"] is True


async def test_an_ephemeral_is_for_one_person_and_beyond_update(slack: AsyncWebClient, person: Person, bot: SocketBot):
    ts = (await slack.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="草稿", blocks=[section("草稿")]))[
        "message_ts"
    ]
    [stored] = await person.messages("C0EXTYF")
    assert stored["visible_to"] == "U0AGENTTW"
    assert await error_of(slack.chat_update(channel="C0EXTYF", ts=ts, text="x")) == "message_not_found"
    assert (await slack.conversations_history(channel="C0EXTYF"))["messages"] == []
    await bot.quiet(lambda item: item.kind == "events_api")


@pytest.mark.parametrize(
    ("channel", "user", "error"),
    [
        ("C0EXTYF", "U0CUSTLH", "user_not_in_channel"),
        ("C0DESK", "U0SALESTW", "user_not_in_channel"),
        ("C0GENERAL", "U0AGENTTW", "not_in_channel"),
        ("C0NONE", "U0AGENTTW", "channel_not_found"),
    ],
)
async def test_an_ephemeral_needs_bot_and_person_in_the_channel(
    slack: AsyncWebClient, channel: str, user: str, error: str
):
    assert await error_of(slack.chat_postEphemeral(channel=channel, user=user, text="x")) == error


async def test_permalinks_point_into_the_thread(slack: AsyncWebClient, person: Person):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    reply = (await slack.chat_postMessage(channel="C0EXTYF", text="一", thread_ts=top))["ts"]
    link = (await slack.chat_getPermalink(channel="C0EXTYF", message_ts=reply))["permalink"]
    assert link.endswith(f"/archives/C0EXTYF/p{reply.replace('.', '')}?thread_ts={top}&cid=C0EXTYF")
    assert await error_of(slack.chat_getPermalink(channel="C0EXTYF", message_ts="1.1")) == "message_not_found"


async def test_a_scheduled_message_comes_when_it_is_due(slack: AsyncWebClient, person: Person):
    due = int(time.time() + 1.3)
    scheduled = await slack.chat_scheduleMessage(channel="C0DESK", text="之後", post_at=due)
    assert scheduled["message"]["type"] == "delayed_message"
    dropped = await slack.chat_scheduleMessage(channel="C0DESK", text="不要了", post_at=due)
    await slack.chat_deleteScheduledMessage(channel="C0DESK", scheduled_message_id=dropped["scheduled_message_id"])
    assert len((await slack.chat_scheduledMessages_list())["scheduled_messages"]) == 1
    assert await person.messages("C0DESK") == []
    await asyncio.sleep(max(0.0, due - time.time()) + 0.1)
    assert [message["text"] for message in await person.messages("C0DESK")] == ["之後"]


async def test_a_schedule_lies_in_the_future(slack: AsyncWebClient):
    for post_at, error in ((1, "time_in_past"), (int(time.time()) + 200 * 86400, "time_too_far")):
        assert await error_of(slack.chat_scheduleMessage(channel="C0DESK", text="x", post_at=post_at)) == error


async def test_what_has_no_content_is_refused(slack: AsyncWebClient):
    assert await error_of(slack.api_call("chat.postMessage", json={"channel": "C0DESK", "text": " "})) == "no_text"
    assert (
        await error_of(slack.api_call("chat.postMessage", json={"channel": "C0DESK", "text": "a" * 40001}))
        == "msg_too_long"
    )
    ts = (
        await slack.chat_postMessage(
            channel="C0DESK", text="x", blocks=[{"type": "actions", "elements": [button("a")]}]
        )
    )["ts"]
    assert await error_of(slack.chat_update(channel="C0DESK", ts=ts, text="a" * 4001)) == "msg_too_long"
    assert await error_of(slack.api_call("chat.update", json={"channel": "C0DESK", "ts": ts})) == "no_text"
    for arguments, error in (
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "blocks": "["}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {}}, "invalid_blocks_format"),
        ({"text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ):
        assert await error_of(slack.api_call("chat.postMessage", json={"channel": "C0DESK", **arguments})) == error
