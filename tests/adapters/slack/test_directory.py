"""People, channels and groups: asked once, foreign wherever it is not certain."""

import asyncio

import pytest

from bot.domain.errors import ChatUnreachable
from bot.ports import Person

AGENT = {
    "id": "U0AGENTTW",
    "team_id": "T_HOME",
    "name": "yating",
    "locale": "zh-TW",
    "profile": {"display_name": "林佳穎", "email": "lin@fencun.example", "image_72": "https://a.example/i.png"},
}
DESK = {"id": "C0DESK", "name": "客服席", "is_ext_shared": False}


async def test_person_of_ours_is_known(slack, chat):
    slack.answers["users.info"] = {"user": AGENT}
    assert await chat.person("U0AGENTTW") == Person(
        id="U0AGENTTW",
        name="林佳穎",
        external=False,
        email="lin@fencun.example",
        locale="zh-TW",
        image="https://a.example/i.png",
        team="T_HOME",
    )
    assert slack.called("users.info")[0]["include_locale"] in ("1", "true")


@pytest.mark.parametrize(
    "change",
    [
        {"team_id": "T_YONGFENG"},
        {"team_id": None},
        {"is_stranger": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
    ],
)
async def test_person_who_is_not_certainly_ours_is_external(slack, chat, change):
    slack.answers["users.info"] = {"user": AGENT | change}
    assert (await chat.person("U0AGENTTW")).external


async def test_person_without_a_profile_has_a_name_all_the_same(slack, chat):
    slack.answers["users.info"] = {"user": AGENT | {"profile": None}}
    found = await chat.person("U0AGENTTW")
    assert (found.name, found.external, found.email) == ("yating", False, None)


@pytest.mark.parametrize("answer", [{}, {"user": None}, {"user": "U0AGENTTW"}, {"user": {"profile": "?"}}])
async def test_person_in_an_answer_that_cannot_be_read_is_external(slack, chat, answer):
    slack.answers["users.info"] = answer
    found = await chat.person("U0AGENTTW")
    assert (found.external, isinstance(found.fault, ChatUnreachable)) == (True, True)


@pytest.mark.parametrize("answer", [{}, {"channel": None}, {"channel": ["C0DESK"]}])
async def test_channel_in_an_answer_that_cannot_be_read_is_shared(slack, chat, answer):
    slack.answers["conversations.info"] = answer
    found = await chat.channel("C0DESK")
    assert (found.shared, isinstance(found.fault, ChatUnreachable)) == (True, True)


@pytest.mark.parametrize("fault", [{"error": "user_not_found"}, {"retry_after": 3600}])
async def test_person_slack_does_not_name_is_external_and_asked_for_again(slack, chat, fault):
    slack.answers["users.info"] = {"user": AGENT}
    slack.faults["users.info"].append(fault)
    assert (await chat.person("U0AGENTTW")).external
    assert not (await chat.person("U0AGENTTW")).external


async def test_person_is_asked_for_once_at_a_time_and_kept(slack, chat):
    slack.answers["users.info"] = {"user": AGENT}
    slack.slow["users.info"] = 0.05
    people = await asyncio.gather(*(chat.person("U0AGENTTW") for _ in range(20)))
    assert await chat.person("U0AGENTTW") == people[0]
    assert len(slack.called("users.info")) == 1


async def test_caller_who_gives_up_does_not_take_the_answer_from_others(slack, chat):
    slack.answers["users.info"] = {"user": AGENT}
    slack.slow["users.info"] = 0.05
    first, second = (asyncio.create_task(chat.person("U0AGENTTW")) for _ in range(2))
    await asyncio.sleep(0.01)
    first.cancel()
    assert not (await second).external


async def test_forgotten_person_is_asked_for_again(slack, chat):
    slack.answers["users.info"] = {"user": AGENT}
    await chat.person("U0AGENTTW")
    slack.answers["users.info"] = {"user": AGENT | {"team_id": "T_ELSEWHERE"}}
    assert not (await chat.person("U0AGENTTW")).external
    chat.forget(user="U0AGENTTW")
    assert (await chat.person("U0AGENTTW")).external


async def test_answer_that_was_under_way_at_a_change_is_not_kept(slack, chat):
    slack.answers["conversations.info"] = {"channel": DESK}
    slack.slow["conversations.info"] = 0.05
    under_way = asyncio.create_task(chat.channel("C0DESK"))
    await asyncio.sleep(0.01)
    chat.forget(channel="C0DESK")
    await under_way
    slack.answers["conversations.info"] = {"channel": DESK | {"is_ext_shared": True}}
    assert (await chat.channel("C0DESK")).shared


@pytest.mark.parametrize(
    ("change", "shared"),
    [
        ({}, False),
        ({"is_shared": True, "is_org_shared": True}, False),
        ({"is_ext_shared": True}, True),
        ({"is_pending_ext_shared": True}, True),
        ({"is_shared": True}, True),
    ],
)
async def test_channel_is_shared_where_others_are_in_it_or_invited(slack, chat, change, shared):
    slack.answers["conversations.info"] = {"channel": DESK | change}
    channel = await chat.channel("C0DESK")
    assert (channel.name, channel.shared, channel.direct) == ("客服席", shared, False)


async def test_unknown_channel_is_shared(slack, chat):
    slack.faults["conversations.info"].append({"error": "channel_not_found"})
    assert (await chat.channel("C0NOWHERE")).shared


async def test_direct_conversation_is_as_foreign_as_its_partner(slack, chat):
    slack.answers["conversations.info"] = {"channel": {"id": "D1", "is_im": True, "user": "U0CUSTYF"}}
    slack.answers["users.info"] = {"user": AGENT | {"team_id": "T_YONGFENG"}}
    channel = await chat.channel("D1")
    assert (channel.direct, channel.shared) == (True, True)


async def test_group_has_its_members_an_unknown_one_none(slack, chat):
    slack.answers["usergroups.users.list"] = {"users": ["U0SUPTW", "U0SUPCN"]}
    assert await chat.group_members("S0SUP") == {"U0SUPTW", "U0SUPCN"}
    slack.faults["usergroups.users.list"].append({"error": "no_such_subteam"})
    assert await chat.group_members("S0GONE") == frozenset()


async def test_person_is_found_by_email(slack, chat):
    slack.answers["users.lookupByEmail"] = {"user": {"id": "U0SALESTW"}}
    assert await chat.find_by_email("yating.chang@fencun.example") == "U0SALESTW"
    slack.faults["users.lookupByEmail"].append({"error": "users_not_found"})
    assert await chat.find_by_email("nobody@fencun.example") is None


async def test_owner_who_cannot_be_looked_up_is_not_taken_for_nobody(slack, chat):
    slack.faults["users.lookupByEmail"].append({"retry_after": 3600})
    with pytest.raises(ChatUnreachable):
        await chat.find_by_email("yating.chang@fencun.example")
