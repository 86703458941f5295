"""conversations.*, users.*, usergroups.*, team.info, reactions.*"""

from __future__ import annotations

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import Start
from tests.workspace.peers import Person, SocketBot, client, manifest
from tests.workspace.test_workspace_auth import error_of


async def test_a_shared_channel_says_so(slack: AsyncWebClient):
    shared = (await slack.conversations_info(channel="C0EXTYF", include_num_members=True))["channel"]
    assert (shared["is_ext_shared"], shared["is_private"], shared["is_pending_ext_shared"]) == (True, False, False)
    assert shared["connected_team_ids"] == ["T_YONGFENG"]
    assert shared["num_members"] == 8
    internal = (await slack.conversations_info(channel="C0DESK"))["channel"]
    assert (internal["is_ext_shared"], internal["is_private"], internal["is_member"]) == (False, True, True)


async def test_members_come_in_pages(slack: AsyncWebClient):
    seen: list[str] = []
    async for page in await slack.conversations_members(channel="C0EXTYF", limit=3):
        assert len(page["members"]) <= 3
        seen += page["members"]
    assert seen[0] == "U0CUSTYF"
    assert len(seen) == len(set(seen)) == 8


async def test_history_comes_in_pages_newest_first(slack: AsyncWebClient, person: Person):
    said = [await person.say("U0CUSTYF", "C0EXTYF", f"第{n}則") for n in range(5)]
    seen: list[str] = []
    async for page in await slack.conversations_history(channel="C0EXTYF", limit=2):
        seen += [message["ts"] for message in page["messages"]]
    assert seen == said[::-1]


async def test_history_between_two_times(slack: AsyncWebClient, person: Person):
    said = [await person.say("U0CUSTYF", "C0EXTYF", f"第{n}則") for n in range(4)]

    async def between(**bounds) -> list[str]:
        return [m["ts"] for m in (await slack.conversations_history(channel="C0EXTYF", **bounds))["messages"]]

    assert await between(oldest=said[0], latest=said[3]) == [said[2], said[1]]
    assert await between(oldest=said[0], latest=said[3], inclusive=True) == said[::-1]
    assert await error_of(between(oldest="yesterday")) == "invalid_ts_oldest"
    assert await error_of(slack.conversations_history(channel="C0EXTYF", cursor="?")) == "invalid_cursor"
    assert (
        await error_of(slack.api_call("conversations.history", params={"channel": "C0EXTYF", "limit": "x"}))
        == "invalid_limit"
    )


async def test_a_thread_is_its_parent_and_its_replies(slack: AsyncWebClient, person: Person):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await person.say("U0AGENTTW", "C0EXTYF", "收到", thread_ts=top)
    last = await person.say("U0CUSTYF", "C0EXTYF", "快點", thread_ts=top)
    thread = (await slack.conversations_replies(channel="C0EXTYF", ts=top))["messages"]
    assert [message["text"] for message in thread] == ["壞了", "收到", "快點"]
    assert (thread[0]["reply_count"], thread[0]["latest_reply"]) == (2, last)
    later = await slack.conversations_replies(channel="C0EXTYF", ts=top, oldest=thread[1]["ts"])
    assert [message["text"] for message in later["messages"]] == ["壞了", "快點"]
    assert await error_of(slack.conversations_replies(channel="C0EXTYF", ts="1.1")) == "thread_not_found"


async def test_history_needs_membership(slack: AsyncWebClient):
    assert await error_of(slack.conversations_history(channel="C0GENERAL")) == "not_in_channel"


async def test_the_list_leaves_out_private_places_without_the_bot(slack: AsyncWebClient, person: Person):
    async def names(types: str) -> set[str]:
        return {channel["id"] for channel in (await slack.conversations_list(types=types))["channels"]}

    assert await names("public_channel") == {"C0ENG", "C0GENERAL", "C0EXTYF", "C0EXTLH", "C0EXTDM", "C0EXTCX"}
    assert await names("private_channel") == {"C0DESK", "C0ESC"}
    await person.do("kick", channel="C0ESC")
    assert await names("private_channel") == {"C0DESK"}
    assert await error_of(slack.conversations_list(types="secret")) == "invalid_types"


async def test_the_bot_joins_public_channels(slack: AsyncWebClient, bot: SocketBot):
    await slack.conversations_join(channel="C0GENERAL")
    assert (await bot.event("member_joined_channel"))["user"] == "U0FENCUN"
    assert (await slack.conversations_join(channel="C0GENERAL"))["warning"] == "already_in_channel"
    assert await error_of(slack.conversations_join(channel="C0DESK")) == "method_not_supported_for_channel_type"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY", "user_not_found"),
        ("U0CUSTYF", "user_not_visible"),
        (",".join(f"U{n}" for n in range(9)), "too_many_users"),
    ],
)
async def test_whom_a_direct_message_cannot_reach(slack: AsyncWebClient, users: str, error: str):
    assert await error_of(slack.conversations_open(users=users)) == error


async def test_a_group_conversation_is_opened_once(slack: AsyncWebClient):
    first = await slack.conversations_open(users="U0AGENTTW,U0SUPTW")
    again = await slack.conversations_open(users="U0SUPTW,U0AGENTTW")
    assert first["channel"]["id"] == again["channel"]["id"]


async def test_a_stranger_is_known_as_one(slack: AsyncWebClient):
    stranger = (await slack.users_info(user="U0CUSTLH", include_locale=True))["user"]
    assert (stranger["team_id"], stranger["is_stranger"], stranger["locale"]) == ("T_LANHAI", True, "zh-CN")
    assert "email" not in stranger["profile"]
    ours = (await slack.users_info(user="U0SALESTW"))["user"]
    assert (ours["is_stranger"], ours["profile"]["email"]) == (False, "yating.chang@fencun.example")
    assert await error_of(slack.users_info(user="U0NOBODY")) == "user_not_found"


async def test_mail_addresses_need_their_scope(start: Start):
    slack = client(await start(manifest=manifest(without_scopes=("users:read.email",))))
    assert "email" not in (await slack.users_info(user="U0SALESTW"))["user"]["profile"]
    assert await error_of(slack.users_lookupByEmail(email="yating.chang@fencun.example")) == "missing_scope"


async def test_people_are_found_by_mail_within_the_team(slack: AsyncWebClient):
    assert (await slack.users_lookupByEmail(email="yang.liu@fencun.example"))["user"]["id"] == "U0SALESCN"
    for address in ("nobody@fencun.example", "wenbin.hsu@yongfeng.example"):
        assert await error_of(slack.users_lookupByEmail(email=address)) == "users_not_found"


async def test_the_user_list_is_the_home_team(slack: AsyncWebClient):
    members = (await slack.users_list())["members"]
    assert {member["team_id"] for member in members} == {"T_HOME"}
    assert next(member for member in members if member["id"] == "U0FENCUN")["is_bot"] is True


async def test_user_groups_and_their_people(slack: AsyncWebClient):
    groups = (await slack.usergroups_list(include_users=True))["usergroups"]
    assert {group["handle"]: group["users"] for group in groups}["supervisors"] == ["U0SUPTW", "U0SUPCN"]
    assert (await slack.usergroups_users_list(usergroup="S0SALES"))["users"] == ["U0SALESTW", "U0SALESCN"]
    assert await error_of(slack.usergroups_users_list(usergroup="S0NONE")) == "no_such_subteam"


async def test_team_info_knows_partners(slack: AsyncWebClient):
    assert (await slack.team_info())["team"]["name"] == "分寸示範"
    assert (await slack.team_info(team="T_LANHAI"))["team"]["name"] == "蓝海云仓"
    assert await error_of(slack.team_info(team="T_NONE")) == "team_not_found"


async def test_reactions_come_and_go(slack: AsyncWebClient, person: Person, bot: SocketBot):
    ts = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    await slack.reactions_add(channel="C0EXTYF", timestamp=ts, name="eyes")
    assert await error_of(slack.reactions_add(channel="C0EXTYF", timestamp=ts, name="eyes")) == "already_reacted"
    await person.do("reaction", user="U0AGENTTW", channel="C0EXTYF", ts=ts, name="eyes")
    shown = (await slack.reactions_get(channel="C0EXTYF", timestamp=ts))["message"]["reactions"]
    assert shown == [{"name": "eyes", "users": ["U0FENCUN", "U0AGENTTW"], "count": 2}]
    event = await bot.event("reaction_added")
    assert (event["user"], event["item_user"], event["item"]["ts"]) == ("U0AGENTTW", "U0CUSTYF", ts)
    await slack.reactions_remove(channel="C0EXTYF", timestamp=ts, name="eyes")
    assert await error_of(slack.reactions_remove(channel="C0EXTYF", timestamp=ts, name="eyes")) == "no_reaction"


async def test_reactions_name_what_exists(slack: AsyncWebClient, person: Person):
    ts = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    for arguments, error in (
        ({"timestamp": ts, "name": "眼睛"}, "invalid_name"),
        ({"timestamp": "1.1", "name": "eyes"}, "message_not_found"),
    ):
        assert await error_of(slack.reactions_add(channel="C0EXTYF", **arguments)) == error
