"""Answers to a click in a private message: they replace it, and where they cannot, a new one is shown."""

import pytest

from bot.ports import Content, Spot

TEXT = Content("文字", ({"type": "divider"},))


@pytest.fixture
def spot(slack):
    return Spot("C0EXTYF", "1.0", f"{slack.url}hook")


async def test_a_private_message_is_replaced_where_it_stands(slack, chat, spot):
    await chat.show("U0AGENTTW", spot, TEXT)
    (sent,) = slack.called("hook")
    assert sent == {"replace_original": True, "text": "文字", "blocks": [{"type": "divider"}]}
    assert slack.called("chat.postEphemeral") == []


async def test_it_is_taken_away(slack, chat, spot):
    await chat.dismiss(spot)
    assert slack.called("hook") == [{"delete_original": True}]


@pytest.mark.parametrize("fault", ["drop_before", 404, 500])
async def test_where_the_address_takes_no_answer_a_new_one_is_shown(slack, chat, spot, fault):
    slack.faults["hook"].append(fault)
    await chat.show("U0AGENTTW", spot, TEXT)
    (call,) = slack.called("chat.postEphemeral")
    assert (call["user"], call["channel"], call["thread_ts"]) == ("U0AGENTTW", "C0EXTYF", "1.0")


async def test_without_an_address_it_is_whispered(slack, chat):
    await chat.show("U0AGENTTW", Spot("C0EXTYF"), TEXT)
    assert len(slack.called("chat.postEphemeral")) == 1


async def test_what_cannot_be_taken_away_stays_and_nobody_is_bothered(slack, chat, spot):
    slack.faults["hook"].append(404)
    await chat.dismiss(spot)
    await chat.dismiss(Spot("C0EXTYF"))
    assert slack.called("chat.postEphemeral") == []
