"""Everything a chat does beside posting."""

import asyncio

import pytest
from pydantic import SecretStr

from bot.adapters.slack.client import slack_client
from bot.adapters.slack.identity import SlackIdentity, identify
from bot.domain.errors import ChatRefused, ChatUnreachable, SettingsError
from bot.ports import Content

TEXT = Content("文字")


async def test_update_is_repeated_until_it_is_answered(slack, chat):
    slack.faults["chat.update"].extend(["drop_after", 500])
    await chat.update("C0DESK", "1.0", TEXT)
    assert len(slack.called("chat.update")) == 3


async def test_update_without_blocks_takes_the_old_ones_away(slack, chat):
    await chat.update("C0DESK", "1.0", TEXT)
    assert slack.called("chat.update")[0]["blocks"] == []


async def test_update_of_a_message_that_is_gone_is_refused(slack, chat):
    slack.faults["chat.update"].append({"error": "message_not_found"})
    with pytest.raises(ChatRefused) as caught:
        await chat.update("C0DESK", "1.0", TEXT)
    assert caught.value.code == "message_not_found"


async def test_whisper_goes_to_one_person(slack, chat):
    await chat.whisper("U0AGENTTW", "C0EXTYF", TEXT, thread_ts="1.0")
    (call,) = slack.called("chat.postEphemeral")
    assert (call["user"], call["channel"], call["thread_ts"], call["text"]) == ("U0AGENTTW", "C0EXTYF", "1.0", "文字")


async def test_whisper_is_not_repeated_where_it_may_have_been_heard(slack, chat):
    slack.faults["chat.postEphemeral"].append("drop_after")
    with pytest.raises(ChatUnreachable):
        await chat.whisper("U0AGENTTW", "C0EXTYF", TEXT)
    assert len(slack.called("chat.postEphemeral")) == 1


async def test_whisper_waits_out_a_rate_limit(slack, chat):
    slack.faults["chat.postEphemeral"].append({"retry_after": 0.01})
    await chat.whisper("U0AGENTTW", "C0EXTYF", TEXT)
    assert len(slack.called("chat.postEphemeral")) == 2


async def test_form_is_opened_in_one_attempt(slack, chat):
    slack.answers["views.open"] = {"view": {"id": "V1"}}
    assert await chat.open_form("trigger", {"type": "modal"}) == "V1"
    slack.faults["views.open"].append({"retry_after": 0.01})
    with pytest.raises(ChatUnreachable):
        await chat.open_form("trigger", {"type": "modal"})
    assert len(slack.called("views.open")) == 2


async def test_expired_trigger_is_refused(slack, chat):
    slack.faults["views.open"].append({"error": "expired_trigger_id"})
    with pytest.raises(ChatRefused) as caught:
        await chat.open_form("trigger", {"type": "modal"})
    assert caught.value.code == "expired_trigger_id"


async def test_form_and_home_are_brought_up_to_date(slack, chat):
    await chat.update_form("V1", {"type": "modal"})
    await chat.publish_home("U0AGENTTW", {"type": "home"})
    assert slack.called("views.update")[0]["view_id"] == "V1"
    assert slack.called("views.publish")[0]["user_id"] == "U0AGENTTW"


async def test_missing_link_is_none(slack, chat):
    slack.answers["chat.getPermalink"] = {"permalink": "https://x.example/p1"}
    assert await chat.permalink("C0DESK", "1.0") == "https://x.example/p1"
    slack.faults["chat.getPermalink"].append({"error": "message_not_found"})
    assert await chat.permalink("C0DESK", "2.0") is None


async def test_identity_comes_from_the_token(web_client):
    assert await identify(web_client) == SlackIdentity("T_HOME", "U0FENCUN", "B0FENCUN")


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_refused_token_says_what_to_mend(slack, web_client, code):
    slack.faults["auth.test"].append({"error": code})
    with pytest.raises(SettingsError, match=rf"SLACK_BOT_TOKEN \({code}\)"):
        await identify(web_client)


async def test_token_of_a_person_is_refused(slack, web_client):
    slack.answers["auth.test"] = {"team_id": "T_HOME", "user_id": "U0AGENTTW"}
    with pytest.raises(SettingsError, match="not a bot's token"):
        await identify(web_client)


async def test_missing_token_is_a_settings_error(slack):
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        async with slack_client(None, slack.url):
            pass


async def test_slack_out_of_reach_is_told_after_a_few_attempts():
    async with slack_client(SecretStr("xoxb-1"), "http://127.0.0.1:9/api/") as client, asyncio.timeout(20):
        with pytest.raises(ChatUnreachable, match="no connection"):
            await identify(client)
