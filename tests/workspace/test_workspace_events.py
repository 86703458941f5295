"""What events carry: text as Slack stores it, teams of Slack Connect, subtypes, and only what the app may hear."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import Clock
from bot.workspace.delivery import Outcome
from bot.workspace.events import Events
from bot.workspace.installation import Installation
from bot.workspace.server import Workspace
from bot.workspace.state import State
from tests.workspace.conftest import Start
from tests.workspace.peers import EVENTS, Person, SocketBot, connected, is_event, manifest


async def test_a_customer_is_marked_as_of_another_team(person: Person, bot: SocketBot):
    await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    event = await bot.event("message")
    assert (event["user_team"], event["source_team"], event["team"]) == ("T_YONGFENG",) * 3
    assert event["user_profile"]["real_name"] == "許文彬"
    envelope = bot.received[-1].payload
    assert (envelope["team_id"], envelope["context_team_id"], envelope["is_ext_shared_channel"]) == (
        "T_YONGFENG",
        "T_HOME",
        True,
    )
    [authorization] = envelope["authorizations"]
    assert (authorization["team_id"], authorization["user_id"], authorization["is_bot"]) == ("T_HOME", "U0FENCUN", True)


async def test_our_own_people_are_of_our_team(person: Person, bot: SocketBot):
    await person.say("U0AGENTTW", "C0EXTYF", "收到")
    assert (await bot.event("message"))["user_team"] == "T_HOME"
    bot.received.clear()
    await person.say("U0AGENTTW", "C0DESK", "內部")
    event = await bot.event("message")
    assert (event["channel_type"], event["channel"]) == ("group", "C0DESK")
    assert not {"user_team", "source_team"} & set(event)
    assert bot.received[-1].payload["is_ext_shared_channel"] is False


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<@U0SUPTW> 請看 <@U0NOBODY>", "<@U0SUPTW> 請看 &lt;@U0NOBODY&gt;"),
        ("<!channel> <!subteam^S0SUP>", "&lt;!channel&gt; <!subteam^S0SUP>"),
        ("@here @channel @agents @nobody", "<!here> <!channel> <!subteam^S0AGENTS> @nobody"),
        ("看 https://a.example/x?y=1&z=2。好", "看 <https://a.example/x?y=1&amp;z=2>。好"),
        ("寄到 wang@a.example，謝謝", "寄到 <mailto:wang@a.example|wang@a.example>，謝謝"),
        ("<javascript:alert(1)|點我> *粗*", "&lt;javascript:alert(1)|點我&gt; *粗*"),
        ("請@agents看，寄到wang@a.example吧", "請<!subteam^S0AGENTS>看，寄到<mailto:wang@a.example|wang@a.example>吧"),
        ("𠮷野家 👍🏽 ﷽", "𠮷野家 👍🏽 ﷽"),
    ],
)
async def test_typed_text_is_stored_as_slack_stores_it(person: Person, bot: SocketBot, typed: str, stored: str):
    await person.say("U0CUSTYF", "C0EXTYF", typed)
    assert (await bot.event("message"))["text"] == stored


async def test_a_mention_of_the_bot_is_an_event_of_its_own(person: Person, bot: SocketBot):
    ts = await person.say("U0AGENTTW", "C0EXTYF", "<@U0FENCUN> 幫忙")
    mention, message = await bot.event("app_mention"), await bot.event("message")
    assert mention["ts"] == message["ts"] == ts
    ids = {item.payload["event_id"] for item in bot.received}
    assert len(ids) == 2


async def test_edits_and_deletions_carry_both_versions(person: Person, bot: SocketBot):
    ts = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await person.do("edit", user="U0CUSTYF", channel="C0EXTYF", ts=ts, text="全壞了 <3")
    changed = await bot.event("message", "message_changed")
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == ("全壞了 &lt;3", "壞了")
    assert (changed["message"]["ts"], changed["message"]["edited"]["user"], changed["hidden"]) == (ts, "U0CUSTYF", True)
    await person.do("delete", user="U0CUSTYF", channel="C0EXTYF", ts=ts)
    deleted = await bot.event("message", "message_deleted")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "全壞了 &lt;3")
    assert "message_not_found" in await person.refused("edit", user="U0CUSTYF", channel="C0EXTYF", ts=ts, text="x")


async def test_people_change_only_their_own_messages(person: Person):
    ts = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    assert "not theirs" in await person.refused("edit", user="U0AGENTTW", channel="C0EXTYF", ts=ts, text="x")


async def test_the_bot_hears_itself(slack: AsyncWebClient, bot: SocketBot):
    await slack.chat_postMessage(channel="C0EXTYF", text="我說")
    event = await bot.event("message")
    assert (event["bot_id"], event["app_id"], event["user"]) == ("B0FENCUN", "A0FENCUN", "U0FENCUN")
    assert "client_msg_id" not in event


async def test_a_reply_names_its_thread(person: Person, bot: SocketBot):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await person.say("U0AGENTTW", "C0EXTYF", "收到", thread_ts=top)
    items = await bot.until(lambda item: is_event(item, "message"), 2)
    assert (items[1].payload["event"]["thread_ts"], items[1].payload["event"]["parent_user_id"]) == (top, "U0CUSTYF")
    assert "thread_not_found" in await person.refused(
        "message", user="U0AGENTTW", channel="C0EXTYF", text="x", thread_ts="1.1"
    )


async def test_what_the_bot_is_not_in_it_does_not_hear(person: Person, bot: SocketBot):
    await person.say("U0ENG", "C0GENERAL", "午餐 <@U0FENCUN>")
    await bot.quiet(lambda item: item.kind == "events_api")


@pytest.mark.parametrize(
    "changed",
    [
        manifest(events=[name for name in EVENTS if name != "message.channels"]),
        manifest(without_scopes=("channels:history",)),
    ],
)
async def test_an_event_needs_subscription_and_scope(start: Start, changed: dict):
    workspace = await start(manifest=changed)
    async with connected(workspace) as bot, aiohttp.ClientSession(workspace.url) as session:
        await Person(session).say("U0CUSTYF", "C0EXTYF", "壞了")
        await bot.quiet(lambda item: item.kind == "events_api")
        await Person(session).say("U0AGENTTW", "C0DESK", "內部")
        assert (await bot.event("message"))["channel"] == "C0DESK"


async def test_a_reset_tells_the_bot_that_a_channel_is_shared_no_longer(person: Person, bot: SocketBot):
    await person.do("share", channel="C0DESK", shared=True)
    await person.do("reset")
    assert (await bot.event("channel_shared"))["channel"] == "C0DESK"
    assert (await bot.event("channel_unshared"))["channel"] == "C0DESK"


def slow_to_hear(bot: SocketBot, field: str) -> list[str]:
    """What the bot has acked, by a field of the events; it takes its time over each."""
    heard = []

    async def slowly(kind, payload):
        await asyncio.sleep(0.05)
        heard.append(payload["event"].get(field))

    bot.reply = slowly
    return heard


async def test_a_reset_is_answered_when_the_bot_has_heard_of_it(person: Person, bot: SocketBot):
    ts = await person.say("U0CUSTYF", "C0EXTYF", "全壞了")
    heard = slow_to_hear(bot, "deleted_ts")
    await person.do("reset")
    assert ts in heard


async def test_the_workspace_has_settled_when_the_bot_has_heard_everything(person: Person, bot: SocketBot):
    heard = slow_to_hear(bot, "ts")
    said = [await person.say("U0CUSTYF", "C0EXTYF", words) for words in ("全壞了", "真的")]
    await person.do("settle")
    assert set(said) <= set(heard)


class Prompt:
    """A courier whose bot has acked everything by the time it was looked for."""

    async def deliver(self, kind, payload, retry=None) -> Outcome:
        return Outcome(acked=True, ms=0.0, status=200)

    async def connected(self) -> bool:
        await asyncio.sleep(0.01)
        return True

    async def close(self) -> None: ...


async def test_what_is_acked_while_the_bot_is_looked_for_is_not_waited_for():
    events = Events(State(), Installation.from_manifest(manifest()), Clock(), Prompt(), ())
    assert events.emit("app_home_opened", {"type": "app_home_opened"}) is not None
    await events.settle(1)


async def test_a_message_to_the_bot_opens_a_direct_channel(person: Person, bot: SocketBot):
    await person.say("U0AGENTTW", "U0FENCUN", "你好")
    event = await bot.event("message")
    assert (event["channel"], event["channel_type"]) == ("D0AGENTTW", "im")


async def test_sharing_a_channel_is_told(workspace: Workspace, slack: AsyncWebClient, person: Person, bot: SocketBot):
    await person.do("share", channel="C0ESC", shared=True)
    assert (await bot.event("channel_shared"))["channel"] == "C0ESC"
    assert (await slack.conversations_info(channel="C0ESC"))["channel"]["is_ext_shared"] is True
    await person.do("share", channel="C0ESC", shared=False)
    assert (await bot.event("channel_unshared"))["channel"] == "C0ESC"


async def test_groups_people_and_membership_change(person: Person, bot: SocketBot):
    await person.do("group", group="S0SUP", users=["U0SUPTW"])
    assert (await bot.event("subteam_updated"))["subteam"]["users"] == ["U0SUPTW"]
    await person.do("user", user="U0AGENTTW", name="林小穎")
    assert (await bot.event("user_change"))["user"]["real_name"] == "林小穎"
    await person.do("invite", user="U0ENG", channel="C0DESK", inviter="U0SUPTW")
    joined = await bot.event("member_joined_channel")
    assert (joined["user"], joined["inviter"], joined["channel"]) == ("U0ENG", "U0SUPTW", "C0DESK")
    await person.do("kick", channel="C0DESK")
    assert (await bot.event("member_left_channel"))["user"] == "U0FENCUN"
