"""A token that Slack no longer takes: said once, not asked on and on, and noticed when it is taken again."""

import pytest
from structlog.testing import capture_logs

from bot.domain.errors import ChatClosed, ChatLockedOut, ChatRefused
from bot.ports import Content

CARD = Content("卡片")
CODES = ["invalid_auth", "token_revoked", "account_inactive", "token_expired"]


@pytest.mark.parametrize("code", CODES)
async def test_a_refused_token_is_told_once_and_slack_is_left_alone(slack, chat, web_client, code):
    slack.faults["chat.postMessage"].append({"error": code})
    with capture_logs() as logs:
        for number in range(5):
            with pytest.raises(ChatLockedOut, match=code):
                await chat.post(f"card:{number}", "C0DESK", CARD)
            assert (await chat.person("U0AGENTTW")).external
    assert web_client.locked_out == code
    assert len(slack.called("chat.postMessage")) == 1
    assert slack.called("users.info") == []
    assert [entry["code"] for entry in logs if entry["event"] == "slack_locked_out"] == [code]


async def test_a_token_that_is_taken_again_is_noticed_by_a_probe(slack, chat, web_client):
    slack.faults["chat.postMessage"].append({"error": "account_inactive"})
    web_client.probe_seconds = 0.0
    with pytest.raises(ChatLockedOut):
        await chat.post("card:1", "C0DESK", CARD)
    await chat.post("card:1", "C0DESK", CARD)
    assert web_client.locked_out is None
    assert len(slack.messages) == 1


async def test_trouble_of_another_kind_says_nothing_about_the_token(slack, chat, web_client):
    slack.faults["chat.postMessage"].append({"error": "no_text"})
    with pytest.raises(ChatRefused):
        await chat.post("card:1", "C0DESK", CARD)
    assert web_client.locked_out is None


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived"])
async def test_a_channel_that_is_closed_to_the_bot_is_named(slack, chat, code):
    slack.faults["chat.postMessage"].append({"error": code})
    with pytest.raises(ChatClosed) as caught:
        await chat.post("card:1", "C0DESK", CARD)
    assert (caught.value.channel, caught.value.code) == ("C0DESK", code)


async def test_who_has_left_us_is_an_outsider(slack, chat):
    user = {"id": "U1", "team_id": "T_HOME", "deleted": True}
    slack.answers["users.info"] = {"user": user}
    assert (await chat.person("U1")).external


async def test_a_person_who_cannot_be_looked_up_is_an_outsider_for_now(slack, chat):
    slack.faults["users.info"].extend([500] * 4)
    unknown = await chat.person("U1")
    assert unknown.external
    assert unknown.fault is not None
    slack.answers["users.info"] = {"user": {"id": "U1", "team_id": "T_HOME"}}
    assert not (await chat.person("U1")).external
