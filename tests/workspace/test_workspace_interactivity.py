"""Commands, shortcuts and clicks arrive as Slack sends them; response_url answers them."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.workspace.server import Timing
from tests.workspace.conftest import Start
from tests.workspace.peers import Person, Silence, SocketBot, button, connected, modal, options, plain, section

AGENT = {"user": "U0AGENTTW", "channel": "C0EXTYF"}


async def test_a_command_arrives_with_all_its_fields(person: Person, bot: SocketBot):
    answer = await person.do("command", **AGENT, command="/draft", text="語氣 & 軟一點")
    assert answer["status"] == 200
    assert 0 <= answer["ack_ms"] < 250
    payload = await bot.payload("slash_commands")
    expected = {
        "command": "/draft", "text": "語氣 & 軟一點", "team_id": "T_HOME", "channel_id": "C0EXTYF", "channel_name": "ext-永豐紡織",
        "user_id": "U0AGENTTW", "api_app_id": "A0FENCUN", "is_enterprise_install": "false",
    }  # fmt: skip
    assert {name: payload[name] for name in expected} == expected
    assert payload["response_url"].startswith("http://127.0.0.1")


async def test_a_private_channel_does_not_give_its_name_away(person: Person, bot: SocketBot):
    await person.do("command", user="U0AGENTTW", channel="C0DESK", command="/draft")
    assert (await bot.payload("slash_commands"))["channel_name"] == "privategroup"


async def test_a_command_with_should_escape_has_its_mentions_resolved(person: Person, bot: SocketBot):
    await person.do("command", **AGENT, command="/desk", text="<@U0SUPTW> a<b @sales")
    assert (await bot.payload("slash_commands"))["text"] == "<@U0SUPTW> a&lt;b <!subteam^S0SALES>"


async def test_an_ack_may_carry_the_answer(person: Person, bot: SocketBot):
    async def answer(_kind: str, _payload: dict[str, Any]) -> dict[str, Any]:
        return {"text": "只給你看"}

    bot.reply = answer
    await person.do("command", **AGENT, command="/draft")
    [message] = await person.messages("C0EXTYF")
    assert (message["text"], message["visible_to"], message["user"]) == ("只給你看", "U0AGENTTW", "U0FENCUN")


async def test_a_command_not_acked_in_time_fails_before_the_person(person: Person, bot: SocketBot):
    async def never(_kind: str, _payload: dict[str, Any]) -> None:
        raise Silence

    bot.reply = never
    answer = await person.do("command", **AGENT, command="/draft")
    assert (answer["status"], answer["error"]) == (0, "operation_timeout")
    [message] = await person.messages("C0EXTYF")
    assert (message["user"], message["visible_to"]) == ("USLACKBOT", "U0AGENTTW")
    assert message["text"] == '/draft failed with the error "operation_timeout"'
    assert len(bot.received) == 1


async def test_a_command_without_a_bot_fails_at_once(person: Person):
    assert (await person.do("command", **AGENT, command="/draft"))["error"] == "dispatch_failed"


async def test_commands_are_not_for_threads(person: Person, bot: SocketBot):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    answer = await person.do("command", **AGENT, command="/draft", thread_ts=top)
    assert answer["error"] == "not_supported_in_threads"
    await bot.quiet(lambda item: item.kind == "slash_commands")


async def test_commands_and_shortcuts_nobody_declared_do_not_exist(person: Person):
    assert (await person.refused("command", **AGENT, command="/dance")).startswith("unknown_command")
    assert (await person.refused("shortcut", **AGENT, ts="1.1", callback_id="dance")).startswith("unknown_shortcut")


async def test_a_message_shortcut_carries_the_message(person: Person, bot: SocketBot):
    top = await person.say("U0CUSTYF", "C0EXTYF", "壞了")
    ts = await person.say("U0CUSTYF", "C0EXTYF", "快點", thread_ts=top)
    assert (await person.do("shortcut", **AGENT, ts=ts, callback_id="draft_reply"))["status"] == 200
    payload = await bot.payload("message_action")
    assert (payload["callback_id"], payload["message_ts"], payload["channel"]["id"]) == ("draft_reply", ts, "C0EXTYF")
    assert (payload["message"]["text"], payload["message"]["thread_ts"], payload["message"]["user_team"]) == (
        "快點",
        top,
        "T_YONGFENG",
    )


async def test_a_global_shortcut_has_no_channel(person: Person, bot: SocketBot):
    await person.do("shortcut", user="U0AGENTTW", callback_id="overview")
    payload = await bot.payload("shortcut")
    assert "channel" not in payload
    assert payload["trigger_id"]


async def card(slack: AsyncWebClient, *elements: dict[str, Any], **more: Any) -> str:
    blocks = [{"type": "actions", "block_id": "acts", "elements": list(elements)}]
    return str((await slack.chat_postMessage(channel="C0DESK", text="卡", blocks=blocks, **more))["ts"])


DESK = {"user": "U0AGENTTW", "channel": "C0DESK"}


async def test_a_click_on_a_button(slack: AsyncWebClient, person: Person, bot: SocketBot):
    ts = await card(slack, button("use", "one"), style := button("drop", "two", style="danger"))
    await person.do("action", **DESK, ts=ts, action_id="drop")
    payload = await bot.payload("block_actions")
    [action] = payload["actions"]
    assert (action["type"], action["block_id"], action["value"], action["text"]) == (
        "button",
        "acts",
        "two",
        style["text"],
    )
    assert payload["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0DESK", "is_ephemeral": False}
    assert (payload["channel"]["name"], payload["message"]["ts"], payload["state"]) == (
        "privategroup",
        ts,
        {"values": {}},
    )


@pytest.mark.parametrize(
    ("element", "given", "field", "expected"),
    [
        ({"type": "static_select", "options": options("a", "b")}, "b", "selected_option", {"text": plain("B"), "value": "b"}),
        ({"type": "overflow", "options": options("a", "b")}, "a", "selected_option", {"text": plain("A"), "value": "a"}),
        ({"type": "radio_buttons", "options": options("a")}, "a", "selected_option", {"text": plain("A"), "value": "a"}),
        ({"type": "checkboxes", "options": options("a", "b")}, ["a"], "selected_options", [{"text": plain("A"), "value": "a"}]),
        ({"type": "multi_static_select", "options": options("a", "b")}, ["a", "b"], "selected_options", options("a", "b")),
        ({"type": "users_select"}, "U0SUPTW", "selected_user", "U0SUPTW"),
        ({"type": "multi_users_select"}, ["U0SUPTW"], "selected_users", ["U0SUPTW"]),
        ({"type": "channels_select"}, "C0ESC", "selected_channel", "C0ESC"),
        ({"type": "conversations_select"}, "C0ESC", "selected_conversation", "C0ESC"),
        ({"type": "datepicker"}, "2026-11-22", "selected_date", "2026-11-22"),
        ({"type": "timepicker"}, "15:00", "selected_time", "15:00"),
        ({"type": "datetimepicker"}, 1795383245, "selected_date_time", 1795383245),
    ],
)  # fmt: skip
async def test_each_element_answers_in_its_own_shape(
    slack: AsyncWebClient,
    person: Person,
    bot: SocketBot,
    element: dict[str, Any],
    given: Any,
    field: str,
    expected: Any,
):
    ts = await card(slack, {**element, "action_id": "pick"})
    await person.do("action", **DESK, ts=ts, action_id="pick", selected=given)
    payload = await bot.payload("block_actions")
    assert payload["actions"][0][field] == expected
    if element["type"] != "overflow":
        assert payload["state"]["values"]["acts"]["pick"][field] == expected


async def test_among_equal_action_ids_the_value_decides(slack: AsyncWebClient, person: Person, bot: SocketBot):
    blocks = [section(str(n), accessory=button("open", f"case-{n}")) for n in range(3)]
    ts = (await slack.chat_postMessage(channel="C0DESK", text="x", blocks=blocks))["ts"]
    await person.do("action", **DESK, ts=ts, action_id="open", value="case-1")
    assert (await bot.payload("block_actions"))["actions"][0]["value"] == "case-1"


async def test_buttons_in_attachments_work_too(slack: AsyncWebClient, person: Person, bot: SocketBot):
    attachment = {
        "color": "#1d6f5c",
        "blocks": [{"type": "actions", "block_id": "acts", "elements": [button("use", "42")]}],
    }
    ts = (await slack.chat_postMessage(channel="C0DESK", text="x", attachments=[attachment]))["ts"]
    await person.do("action", **DESK, ts=ts, action_id="use")
    assert (await bot.payload("block_actions"))["actions"][0]["value"] == "42"


async def test_a_click_on_an_ephemeral_carries_no_message(slack: AsyncWebClient, person: Person, bot: SocketBot):
    blocks = [{"type": "actions", "elements": [button("use")]}]
    ts = (await slack.chat_postEphemeral(**AGENT, text="草稿", blocks=blocks))["message_ts"]
    await person.do("action", **AGENT, ts=ts, action_id="use")
    payload = await bot.payload("block_actions")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    assert "message_not_found" in await person.refused(
        "action", user="U0CUSTYF", channel="C0EXTYF", ts=ts, action_id="use"
    )


async def test_a_click_in_a_view_carries_its_state(slack: AsyncWebClient, person: Person, bot: SocketBot):
    await person.do("command", **AGENT, command="/draft")
    trigger = (await bot.payload("slash_commands"))["trigger_id"]
    chooser = {"type": "static_select", "action_id": "tone", "options": options("firm", "warm")}
    view = (
        await slack.views_open(
            trigger_id=trigger, view=modal({"type": "actions", "block_id": "tones", "elements": [chooser]})
        )
    )["view"]
    await person.do("action", user="U0AGENTTW", view_id=view["id"], action_id="tone", selected="firm")
    payload = await bot.payload("block_actions")
    assert payload["container"] == {"type": "view", "view_id": view["id"]}
    assert payload["view"]["state"]["values"]["tones"]["tone"]["selected_option"]["value"] == "firm"
    assert not {"message", "channel", "response_url"} & set(payload)


async def test_what_is_not_there_cannot_be_clicked(slack: AsyncWebClient, person: Person):
    ts = await card(slack, {"type": "static_select", "action_id": "s", "options": options("a")})
    assert "element_not_found" in await person.refused("action", **DESK, ts=ts, action_id="none")
    assert "option_not_found" in await person.refused("action", **DESK, ts=ts, action_id="s", selected="z")
    due = await card(slack, {"type": "datetimepicker", "action_id": "d"})
    assert "not a Unix time" in await person.refused("action", **DESK, ts=due, action_id="d", selected="tomorrow")
    assert "not_in_channel" in await person.refused("action", user="U0SALESTW", channel="C0DESK", ts=ts, action_id="s")


async def hook(person: Person, bot: SocketBot) -> AsyncWebhookClient:
    await person.do("command", **AGENT, command="/draft")
    return AsyncWebhookClient((await bot.payload("slash_commands"))["response_url"])


async def test_a_response_url_answers_five_times(person: Person, bot: SocketBot):
    url = await hook(person, bot)
    for _ in range(5):
        assert (await url.send(text="好")).status_code == 200
    spent = await url.send(text="好")
    assert (spent.status_code, '"used_url"' in spent.body) == (404, True)
    assert {message["visible_to"] for message in await person.messages("C0EXTYF")} == {"U0AGENTTW"}


async def test_a_response_url_may_speak_to_everybody(person: Person, bot: SocketBot):
    await (await hook(person, bot)).send(text="大家好", response_type="in_channel")
    [message] = await person.messages("C0EXTYF")
    assert (message["visible_to"], message["user"]) == (None, "U0FENCUN")


async def test_a_response_url_expires(start: Start):
    workspace = await start(timing=Timing(ack=0.25, response_url=0.0))
    async with connected(workspace) as bot, aiohttp.ClientSession(workspace.url) as session:
        spent = await (await hook(Person(session), bot)).send(text="好")
    assert (spent.status_code, '"expired_url"' in spent.body) == (404, True)


async def test_a_response_url_refuses_what_slack_refuses(person: Person, bot: SocketBot):
    url = await hook(person, bot)
    assert "no_text" in (await url.send(text="")).body
    assert "invalid_blocks" in (await url.send(text="x", blocks=[section("字" * 3001)])).body
    assert await person.messages("C0EXTYF") == []


@pytest.mark.parametrize("ephemeral", [True, False])
async def test_a_response_url_replaces_and_deletes_what_was_clicked(
    slack: AsyncWebClient, person: Person, bot: SocketBot, ephemeral: bool
):
    blocks = [{"type": "actions", "elements": [button("use")]}]
    if ephemeral:
        ts = (await slack.chat_postEphemeral(**AGENT, text="草稿", blocks=blocks))["message_ts"]
    else:
        ts = (await slack.chat_postMessage(channel="C0EXTYF", text="草稿", blocks=blocks))["ts"]
    await person.do("action", **AGENT, ts=ts, action_id="use")
    url = AsyncWebhookClient((await bot.payload("block_actions"))["response_url"])
    await url.send(text="用過了", replace_original=True)
    [message] = await person.messages("C0EXTYF")
    assert (message["ts"], message["text"], message["blocks"]) == (ts, "用過了", None)
    await url.send(delete_original=True)
    assert (await person.messages("C0EXTYF"))[0]["deleted"] is True


async def test_a_modal_may_ask_for_a_response_url(slack: AsyncWebClient, person: Person, bot: SocketBot):
    await person.do("command", **AGENT, command="/draft")
    chooser = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    block = {"type": "input", "block_id": "w", "label": plain("哪裡"), "element": chooser}
    view = (await slack.views_open(trigger_id=(await bot.payload("slash_commands"))["trigger_id"], view=modal(block)))[
        "view"
    ]
    await person.do("submit", user="U0AGENTTW", view_id=view["id"], values={"w": {"where": "C0DESK"}})
    [entry] = (await bot.payload("view_submission"))["response_urls"]
    assert (entry["channel_id"], entry["action_id"]) == ("C0DESK", "where")
    await AsyncWebhookClient(entry["response_url"]).send(text="到了", response_type="in_channel")
    assert (await person.messages("C0DESK"))[0]["text"] == "到了"
