"""Modals and App Homes: triggers, stack, hashes, submissions."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.peers import Person, SocketBot, button, modal, options, plain, section, text_input
from tests.workspace.test_workspace_auth import error_of


async def trigger(person: Person, bot: SocketBot) -> str:
    bot.received.clear()
    await person.do("command", user="U0AGENTTW", channel="C0EXTYF", command="/draft", text="")
    return str((await bot.payload("slash_commands"))["trigger_id"])


async def opened(
    slack: AsyncWebClient, person: Person, bot: SocketBot, view: dict[str, Any] | None = None
) -> dict[str, Any]:
    return dict((await slack.views_open(trigger_id=await trigger(person, bot), view=view or modal()))["view"])


async def open_views(person: Person) -> list[str]:
    return [view["id"] for view in (await person.get("/_control/state"))["views"] if view["type"] == "modal"]


async def test_a_modal_opens_with_its_state(slack: AsyncWebClient, person: Person, bot: SocketBot):
    choice = {
        "type": "static_select",
        "action_id": "tone",
        "options": options("firm", "warm"),
        "initial_option": options("warm")[0],
    }
    blocks = [
        text_input(initial_value="先寫好的"),
        {"type": "input", "block_id": "tone", "label": plain("語氣"), "element": choice},
    ]
    view = await opened(
        slack, person, bot, modal(*blocks, private_metadata="case-1", callback_id="use_draft", external_id="e1")
    )
    assert view["state"]["values"]["words"]["text"] == {"type": "plain_text_input", "value": "先寫好的"}
    assert view["state"]["values"]["tone"]["tone"]["selected_option"]["value"] == "warm"
    assert (view["private_metadata"], view["callback_id"], view["root_view_id"]) == ("case-1", "use_draft", view["id"])
    assert (view["app_installed_team_id"], view["team_id"], view["bot_id"]) == ("T_HOME", "T_HOME", "B0FENCUN")


async def test_a_trigger_is_good_for_one_view(slack: AsyncWebClient, person: Person, bot: SocketBot):
    once = await trigger(person, bot)
    await slack.views_open(trigger_id=once, view=modal())
    assert await error_of(slack.views_open(trigger_id=once, view=modal())) == "exchanged_trigger_id"


async def test_a_trigger_expires(slack: AsyncWebClient, person: Person, bot: SocketBot):
    late = await trigger(person, bot)
    await asyncio.sleep(0.35)
    assert await error_of(slack.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_an_invalid_view_does_not_use_the_trigger_up(slack: AsyncWebClient, person: Person, bot: SocketBot):
    once = await trigger(person, bot)
    with pytest.raises(SlackApiError) as caught:
        await slack.views_open(trigger_id=once, view=modal(title=plain("字" * 25)))
    assert caught.value.response["error"] == "invalid_arguments"
    assert (await slack.views_open(trigger_id=once, view=modal()))["ok"]
    assert await error_of(slack.views_open(trigger_id="1.2.three", view=modal())) == "invalid_trigger_id"


async def test_three_views_stack_and_a_fourth_does_not(slack: AsyncWebClient, person: Person, bot: SocketBot):
    clickable = modal({"type": "actions", "elements": [button("next")]})
    view = await opened(slack, person, bot, clickable)
    for depth in (2, 3, 4):
        bot.received.clear()
        await person.do("action", user="U0AGENTTW", view_id=view["id"], action_id="next")
        once = (await bot.payload("block_actions"))["trigger_id"]
        if depth == 4:
            assert await error_of(slack.views_push(trigger_id=once, view=clickable)) == "push_limit_reached"
        else:
            pushed = dict((await slack.views_push(trigger_id=once, view=clickable))["view"])
            assert (pushed["previous_view_id"], pushed["root_view_id"]) == (view["id"], (await open_views(person))[0])
            view = pushed
    assert len(await open_views(person)) == 3


async def test_a_push_needs_a_modal_below(slack: AsyncWebClient, person: Person, bot: SocketBot):
    assert await error_of(slack.views_push(trigger_id=await trigger(person, bot), view=modal())) == "not_found"


async def test_an_update_keeps_what_was_typed_and_guards_with_the_hash(
    slack: AsyncWebClient, person: Person, bot: SocketBot
):
    waiting = {"type": "checkboxes", "action_id": "sure", "options": options("yes", "no")}
    first = await opened(
        slack, person, bot, modal(text_input(), section("x", block_id="boxes", accessory=waiting), external_id="e1")
    )
    await person.do("action", user="U0AGENTTW", view_id=first["id"], action_id="sure", selected=["yes"])
    second = (
        await slack.views_update(
            external_id="e1",
            hash=first["hash"],
            view=modal(section("y", block_id="boxes", accessory=waiting), submit=None),
        )
    )["view"]
    assert [o["value"] for o in second["state"]["values"]["boxes"]["sure"]["selected_options"]] == ["yes"]
    assert await error_of(slack.views_update(view_id=first["id"], hash=first["hash"], view=modal())) == "hash_conflict"
    assert await error_of(slack.views_update(view_id="V0NONE", view=modal())) == "not_found"


async def test_an_external_id_is_taken_once(slack: AsyncWebClient, person: Person, bot: SocketBot):
    await slack.views_publish(user_id="U0AGENTTW", view={"type": "home", "blocks": [], "external_id": "same"})
    once = await trigger(person, bot)
    assert await error_of(slack.views_open(trigger_id=once, view=modal(external_id="same"))) == "duplicate_external_id"


async def submit(person: Person, view: dict[str, Any], text: Any = "您好") -> dict[str, Any]:
    return await person.do("submit", user="U0AGENTTW", view_id=view["id"], values={"words": {"text": text}})


async def test_a_submission_carries_values_and_metadata(slack: AsyncWebClient, person: Person, bot: SocketBot):
    view = await opened(slack, person, bot, modal(private_metadata="case-1"))
    answer = await submit(person, view)
    assert (answer["status"], "response_action" in answer) == (200, False)
    payload = await bot.payload("view_submission")
    assert payload["view"]["state"]["values"] == {"words": {"text": {"type": "plain_text_input", "value": "您好"}}}
    assert (payload["view"]["private_metadata"], payload["user"]["id"], payload["team"]["id"]) == (
        "case-1",
        "U0AGENTTW",
        "T_HOME",
    )
    assert await open_views(person) == []


async def test_errors_of_the_bot_keep_the_modal_open(slack: AsyncWebClient, person: Person, bot: SocketBot):
    async def refuse(kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        return (
            {"response_action": "errors", "errors": {"words": "不可以", "else": "?"}}
            if payload.get("type") == "view_submission"
            else None
        )

    bot.reply = refuse
    view = await opened(slack, person, bot)
    answer = await submit(person, view)
    assert (answer["response_action"], answer["errors"]) == ("errors", {"words": "不可以"})
    assert await open_views(person) == [view["id"]]


async def test_a_required_input_left_empty_never_reaches_the_bot(slack: AsyncWebClient, person: Person, bot: SocketBot):
    view = await opened(
        slack, person, bot, modal(text_input(min_length=2, max_length=4), text_input("more", optional=True))
    )
    for text in ("", "短", "太長了太長了"):
        answer = await submit(person, view, text)
        assert list(answer["errors"]) == ["words"]
    await bot.quiet(lambda item: item.payload.get("type") == "view_submission")


@pytest.mark.parametrize("kind", ["update", "push", "clear"])
async def test_a_submission_may_change_the_stack(slack: AsyncWebClient, person: Person, bot: SocketBot, kind: str):
    async def answer(_: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        body = {"response_action": kind} | ({} if kind == "clear" else {"view": modal(section("好了"), submit=None)})
        return body if payload.get("type") == "view_submission" else None

    bot.reply = answer
    view = await opened(slack, person, bot)
    assert (await submit(person, view))["response_action"] == kind
    assert len(await open_views(person)) == {"update": 1, "push": 2, "clear": 0}[kind]


async def test_an_invalid_answer_to_a_submission_is_reported(slack: AsyncWebClient, person: Person, bot: SocketBot):
    async def answer(_: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        return (
            {"response_action": "update", "view": {"type": "modal"}}
            if payload.get("type") == "view_submission"
            else None
        )

    bot.reply = answer
    view = await opened(slack, person, bot)
    assert (await submit(person, view))["error"].startswith("invalid_response: invalid_arguments")


async def test_closing_is_told_to_those_who_asked(slack: AsyncWebClient, person: Person, bot: SocketBot):
    quiet = await opened(slack, person, bot)
    await person.do("close", user="U0AGENTTW", view_id=quiet["id"])
    await bot.quiet(lambda item: item.payload.get("type") == "view_closed")
    told = await opened(slack, person, bot, modal(notify_on_close=True))
    await person.do("close", user="U0AGENTTW", view_id=told["id"])
    assert (await bot.payload("view_closed"))["view"]["id"] == told["id"]


async def test_the_app_home_is_published_when_opened(slack: AsyncWebClient, person: Person, bot: SocketBot):
    async def publish(_: str, payload: dict[str, Any]) -> None:
        if payload.get("event", {}).get("type") == "app_home_opened":
            await slack.views_publish(
                user_id=payload["event"]["user"], view={"type": "home", "blocks": [section("首頁")]}
            )

    bot.reply = publish
    shown = (await person.do("home", user="U0AGENTTW"))["view"]
    assert (shown["type"], shown["blocks"][0]["text"]["text"]) == ("home", "首頁")
    assert (await bot.event("app_home_opened"))["tab"] == "home"
    again = await slack.views_publish(user_id="U0AGENTTW", view={"type": "home", "blocks": []}, hash=shown["hash"])
    assert again["view"]["id"] == shown["id"]
    assert (
        await error_of(
            slack.views_publish(user_id="U0AGENTTW", view={"type": "home", "blocks": []}, hash=shown["hash"])
        )
        == "hash_conflict"
    )
