"""Limits of Block Kit elements and composition objects (docs.slack.dev/reference/block-kit/block-elements)."""

from __future__ import annotations

from typing import Any

from bot.workspace.limits.schema import Check, anything, array, boolean, fault, one_of, shape, string, text, url, whole

_kind = string(100)
_action = {"action_id": string(255), "focus_on_load": boolean}
_confirm = shape(
    {"title": text(100, plain=True), "text": text(300), "confirm": text(30, plain=True), "deny": text(30, plain=True)},
    {"style": one_of("primary", "danger")},
)
_placeholder = text(150, plain=True)
_DISPATCH = shape({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})


def _option(*, label_plain: bool) -> Check:
    return shape({"text": text(75, plain=label_plain), "value": string(150)}, {"description": text(75), "url": url})


_select_option = _option(label_plain=True)
_choice = _option(label_plain=False)  # radio buttons and checkboxes may use mrkdwn
_group = shape({"label": text(75, plain=True), "options": array(_select_option, 1, 100)}, {})
_FILTER = shape({}, {"include": anything, "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean})


def _element(required: dict[str, Check], optional: dict[str, Check]) -> Check:
    return shape({"type": _kind, **required}, {**_action, **optional})


def _static(*, multi: bool) -> Check:
    initial: dict[str, Check] = (
        {"initial_options": array(_select_option, 0, 100), "max_selected_items": whole(1, 100)}
        if multi
        else {"initial_option": _select_option}
    )
    inner = _element(
        {},
        {
            "placeholder": _placeholder,
            "options": array(_select_option, 1, 100),
            "option_groups": array(_group, 1, 100),
            "confirm": _confirm,
            **initial,
        },
    )

    def check(value: Any, pointer: str, faults: list[str]) -> None:
        inner(value, pointer, faults)
        if ("options" in value) == ("option_groups" in value):
            faults.append(fault("exactly one of options and option_groups is required", pointer))

    return check


def _picker(what: str, *, multi: bool) -> Check:
    """Selects whose options Slack fills: users, conversations, channels."""
    initial: dict[str, Check]
    if multi:
        initial = {f"initial_{what}s": array(string(30), 0, 100), "max_selected_items": whole(1, 100)}
    else:
        initial = {f"initial_{what}": string(30), "response_url_enabled": boolean}
    extra: dict[str, Check] = {"placeholder": _placeholder, "confirm": _confirm}
    if what == "conversation":
        extra |= {"default_to_current_conversation": boolean, "filter": _FILTER}
    return _element({}, extra | initial)


def _typed_input(initial: Check, **more: Check) -> Check:
    return _element(
        {}, {"initial_value": initial, "placeholder": _placeholder, "dispatch_action_config": _DISPATCH, **more}
    )


def _number(value: Any, pointer: str, faults: list[str]) -> None:
    if not isinstance(value, str) or not value.lstrip("-").replace(".", "", 1).isdigit():
        faults.append(fault("must be a number in a string", pointer))


_numbers = _typed_input(_number, is_decimal_allowed=boolean, min_value=_number, max_value=_number)


def _number_input(value: Any, pointer: str, faults: list[str]) -> None:
    _numbers(value, pointer, faults)
    if "is_decimal_allowed" not in value:
        faults.append(fault("missing required field: is_decimal_allowed", pointer))


_dated: dict[str, Check] = {"placeholder": _placeholder, "confirm": _confirm}
_external: dict[str, Check] = {"placeholder": _placeholder, "min_query_length": whole(0, 100), "confirm": _confirm}

BUTTON = _element(
    {"text": text(75, plain=True)},
    {
        "value": string(2000, 0),
        "url": url,
        "style": one_of("primary", "danger"),
        "confirm": _confirm,
        "accessibility_label": string(75),
    },
)
IMAGE = shape(
    {"type": _kind, "alt_text": string(2000)},
    {"image_url": url, "slack_file": shape({}, {"id": string(30), "url": url}), "fallback": string(2000, 0)},
)
SELECTS: dict[str, Check] = {
    "static_select": _static(multi=False),
    "external_select": _element({}, {**_external, "initial_option": _select_option}),
    "users_select": _picker("user", multi=False),
    "conversations_select": _picker("conversation", multi=False),
    "channels_select": _picker("channel", multi=False),
    "multi_static_select": _static(multi=True),
    "multi_external_select": _element(
        {}, {**_external, "initial_options": array(_select_option, 0, 100), "max_selected_items": whole(1, 100)}
    ),
    "multi_users_select": _picker("user", multi=True),
    "multi_conversations_select": _picker("conversation", multi=True),
    "multi_channels_select": _picker("channel", multi=True),
}
CHOICES: dict[str, Check] = {
    "checkboxes": _element(
        {"options": array(_choice, 1, 10)}, {"initial_options": array(_choice, 1, 10), "confirm": _confirm}
    ),
    "radio_buttons": _element({"options": array(_choice, 1, 10)}, {"initial_option": _choice, "confirm": _confirm}),
    "datepicker": _element({}, {**_dated, "initial_date": string(10)}),
    "timepicker": _element({}, {**_dated, "initial_time": string(5), "timezone": string(60)}),
    "datetimepicker": _element({}, {"initial_date_time": whole(1_000_000_000, 9_999_999_999), "confirm": _confirm}),
}
OVERFLOW = _element({"options": array(_select_option, 1, 5)}, {"confirm": _confirm})
INPUTS: dict[str, Check] = {
    "plain_text_input": _typed_input(
        string(3000, 0), multiline=boolean, min_length=whole(0, 3000), max_length=whole(1, 3000)
    ),
    "email_text_input": _typed_input(string(3000, 0)),
    "url_text_input": _typed_input(string(3000, 0)),
    "number_input": _number_input,
    "rich_text_input": _typed_input(anything),
    "file_input": _element({}, {"filetypes": array(string(20), 1, 50), "max_files": whole(1, 10)}),
}
