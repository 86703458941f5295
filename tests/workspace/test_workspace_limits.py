"""Slack's limits on Block Kit and views: each with the code and the pointer that Slack answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.limits.blocks import block_faults
from bot.workspace.limits.views import checked_view
from tests.workspace.peers import button, modal, mrkdwn, options, plain, section, text_input


def actions(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **more}


def select(**more: Any) -> dict[str, Any]:
    return {"type": "static_select", "action_id": "s", "placeholder": plain("選"), **more}


GOOD: list[list[dict[str, Any]]] = [
    [section("字" * 3000)],
    [{"type": "section", "fields": [mrkdwn("字" * 2000)] * 10}],
    [{"type": "header", "text": plain("字" * 150)}],
    [actions(*[button(f"b{n}", "v" * 2000, style="primary") for n in range(25)])],
    [actions(button("open", url="https://example.com/a?b=c"))],
    [section("x", accessory=button("same")), section("y", accessory=button("same"))],
    [actions(select(options=options(*[f"o{n}" for n in range(100)])))],
    [section("x", accessory={"type": "overflow", "action_id": "o", "options": options("a", "b")})],
    [{"type": "context", "elements": [mrkdwn("x")] * 9 + [{"type": "image", "image_url": "https://e.example/i.png", "alt_text": "i"}]}],
    [{"type": "image", "image_url": "https://e.example/i.png", "alt_text": "i"}],
    [{"type": "divider"}] * 50,
    [actions({"type": "users_select", "action_id": "u"}, {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-22"})],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}],
    [text_input()],
]  # fmt: skip

BAD: list[tuple[list[dict[str, Any]], str, str]] = [
    ([section("字" * 3001)], "must be less than 3001 characters", "/blocks/0/text/text"),
    ([section("")], "must be more than 0 characters", "/blocks/0/text/text"),
    ([{"type": "section"}], "missing required field: text", "/blocks/0"),
    ([{"type": "section", "fields": [mrkdwn("字" * 2001)]}], "must be less than 2001 characters", "/blocks/0/fields/0/text"),
    ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10 items allowed", "/blocks/0/fields"),
    ([{"type": "header", "text": plain("字" * 151)}], "must be less than 151 characters", "/blocks/0/text/text"),
    ([{"type": "header", "text": mrkdwn("x")}], "must be one of: plain_text", "/blocks/0/text/type"),
    ([actions(*[button(f"b{n}") for n in range(26)])], "no more than 25 items allowed", "/blocks/0/elements"),
    ([actions()], "no fewer than 1 items allowed", "/blocks/0/elements"),
    ([actions(button("a", text=plain("字" * 76)))], "must be less than 76 characters", "/blocks/0/elements/0/text/text"),
    ([actions(button("a", "v" * 2001))], "must be less than 2001 characters", "/blocks/0/elements/0/value"),
    ([actions(button("a", style="green"))], "must be one of: primary, danger", "/blocks/0/elements/0/style"),
    ([actions(button("a", url="javascript:alert(1)"))], "invalid url", "/blocks/0/elements/0/url"),
    ([actions(button("a" * 256))], "must be less than 256 characters", "/blocks/0/elements/0/action_id"),
    ([actions(button("a"), button("a"))], "`action_id` a already exists", "/blocks/0"),
    ([section("x", block_id="b"), section("y", block_id="b")], "`block_id` b already exists", "/blocks/1/block_id"),
    ([actions(select(options=options(*[f"o{n}" for n in range(101)])))], "no more than 100 items allowed", "/blocks/0/elements/0/options"),
    ([actions(select())], "exactly one of options and option_groups is required", "/blocks/0/elements/0"),
    ([actions(select(options=[{"text": plain("x"), "value": "v" * 151}]))], "must be less than 151 characters", "/blocks/0/elements/0/options/0/value"),
    ([section("x", accessory={"type": "overflow", "action_id": "o", "options": options(*"abcdef")})], "no more than 5 items allowed", "/blocks/0/accessory/options"),
    ([{"type": "context", "elements": [mrkdwn("x")] * 11}], "no more than 10 items allowed", "/blocks/0/elements"),
    ([{"type": "context", "elements": [button("a")]}], "unsupported type: button", "/blocks/0/elements/0/type"),
    ([{"type": "divider"}] * 51, "no more than 50 items allowed", "/blocks"),
    ([{"type": "carousel"}], "unsupported type: carousel", "/blocks/0/type"),
    ([{"text": mrkdwn("x")}], "missing required field: type", "/blocks/0"),
    ([section("x", colour="red")], "invalid additional property: colour", "/blocks/0"),
    ([section("x", accessory={"type": "plain_text_input", "action_id": "t"})], "unsupported type: plain_text_input", "/blocks/0/accessory/type"),
    ([{"type": "image", "image_url": "not a url", "alt_text": "i"}], "invalid url", "/blocks/0/image_url"),
    ([{"type": "image", "image_url": "https://e.example/i.png"}], "missing required field: alt_text", "/blocks/0"),
    ([text_input(max_length=3001)], "must be between 1 and 3000", "/blocks/0/element/max_length"),
    (["x"], "must be an object", "/blocks/0"),
]  # fmt: skip


@pytest.mark.parametrize("blocks", GOOD)
def test_what_slack_takes_is_taken(blocks: list[dict[str, Any]]):
    assert block_faults(blocks, "/blocks", view=False) == []


@pytest.mark.parametrize(("blocks", "fault", "pointer"), BAD)
def test_each_limit_is_named_with_its_place(blocks: list[dict[str, Any]], fault: str, pointer: str):
    assert f"{fault} [json-pointer:{pointer}]" in block_faults(blocks, "/blocks", view=False)


async def test_invalid_blocks_come_back_as_slack_lists_them(slack: AsyncWebClient):
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0DESK", text="x", blocks=[section("字" * 3001)])
    answer = caught.value.response
    fault = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert (answer["error"], answer["errors"]) == ("invalid_blocks", [fault])
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {fault}"]


async def test_all_blocks_together_have_a_limit(slack: AsyncWebClient):
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0DESK", text="x", blocks=[section("字" * 3000)] * 5)
    assert caught.value.response["error"] == "msg_blocks_too_long"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["section", "http://[", "button", "input"]),
    lambda part: st.lists(part, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "text", "elements", "element", "accessory", "options", "url", "value", "block_id"]), part),
    max_leaves=12,
)  # fmt: skip


@given(_JSON, st.booleans())
def test_whatever_comes_is_judged_and_never_breaks(value: Any, view: bool):
    assert isinstance(block_faults(value, "/blocks", view=view), list)
    assert isinstance(block_faults([value], "/blocks", view=view), list)


@given(st.dictionaries(st.sampled_from(["type", "text", "options", "url", "action_id"]), _JSON))
def test_whatever_comes_as_an_element_is_judged_and_never_breaks(value: dict[str, Any]):
    for kind in ("button", "static_select", "number_input", "datetimepicker", "checkboxes"):
        block_faults([{"type": "actions", "elements": [{**value, "type": kind}]}], "/blocks", view=False)
        block_faults([{"type": "input", "label": plain("x"), "element": {**value, "type": kind}}], "/blocks", view=True)


async def test_blocks_in_attachments_are_held_to_the_same_limits(slack: AsyncWebClient):
    with pytest.raises(SlackApiError) as caught:
        await slack.chat_postMessage(channel="C0DESK", text="x", attachments=[{"blocks": [section("字" * 3001)]}])
    assert caught.value.response["error"] == "invalid_attachments"
    assert "/attachments/0/blocks/0/text/text" in caught.value.response["response_metadata"]["messages"][0]


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


@pytest.mark.parametrize(
    ("view", "fault"),
    [
        (modal(title=plain("字" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("字" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(submit=None), "`submit` is required when an `input` is in the `blocks` array [json-pointer:/view]"),
        (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        (home(), "must be one of: modal [json-pointer:/view/type]"),
        (modal(section("字" * 3001)), "must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"),
    ],
)
def test_each_limit_of_a_modal_is_named(view: dict[str, Any], fault: str):
    with pytest.raises(InvalidInput) as caught:
        checked_view(view, "modal")
    assert caught.value.code == "invalid_arguments"
    assert f"[ERROR] {fault}" in caught.value.detail["response_metadata"]["messages"]


def test_views_hold_a_hundred_blocks_and_homes_no_title():
    assert len(checked_view(modal(*[{"type": "divider"}] * 100), "modal")["blocks"]) == 100
    assert len(checked_view(home(*[{"type": "divider"}] * 100), "home")["blocks"]) == 100
    with pytest.raises(InvalidInput):
        checked_view(home(title=plain("x")), "home")


def test_a_view_of_250_kilobytes_is_too_large():
    big = [section("字" * 2999, accessory=button("a", "v" * 2000)) for _ in range(30)]
    with pytest.raises(SlackError, match="view_too_large"):
        checked_view(modal(*big), "modal")
