"""What people choose in Block Kit elements, in the shapes of ``actions`` and ``state.values``."""

from __future__ import annotations

from typing import Any

from bot.workspace.errors import Refused
from bot.workspace.limits.blocks import interactive
from bot.workspace.model import Json

# element type -> (the field that holds what was chosen, the field with what it starts from)
_FIELDS = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
}
_STATELESS = {"button", "overflow", "workflow_button"}


def initial_state(blocks: list[Json]) -> Json:
    """``state.values`` of a view just opened: every element that has a state, chosen or not."""
    values: Json = {}
    for block in blocks:
        for element in interactive(block):
            if element["type"] not in _STATELESS:
                values.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return values


def kept_state(blocks: list[Json], before: Json) -> Json:
    """The state after an update: entries survive where block, action and type do."""
    values = initial_state(blocks)
    for block_id, actions in values.items():
        for action_id, fresh in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old and old["type"] == fresh["type"]:
                actions[action_id] = old
    return values


def _initial(element: Json) -> Json:
    kind = element["type"]
    field, start = _FIELDS[kind]
    empty: Any = [] if field.endswith("s") and field != "files" else None
    return {"type": kind, field: element.get(start, empty)}


def find(blocks: list[Json], action_id: str, block_id: str | None, wanted: Any) -> tuple[Json, Json]:
    """The block and element that a click means; where several share an action id, the one that has the wanted value.
    Raises ``Refused`` when there is none.
    """
    found = [
        (block, element)
        for block in blocks
        for element in interactive(block)
        if element["action_id"] == action_id and block_id in (None, "", block["block_id"])
    ]
    if not found:
        raise Refused(f"element_not_found: {action_id}")
    return next((pair for pair in found if _has(pair[1], wanted)), found[0])


def _has(element: Json, wanted: Any) -> bool:
    if wanted is None:
        return False
    return element.get("value") == wanted or any(option.get("value") == wanted for option in _options(element))


def _options(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def chosen(element: Json, given: Any) -> Json:
    """``{"type", field: …}`` for what was chosen. ``given`` is a text, an option's value or id, a list of them, or
    Slack's own state object. Raises ``Refused`` for an option that is not there.
    """
    kind = element["type"]
    field, _ = _FIELDS[kind]
    if isinstance(given, dict) and field in given:
        return {"type": kind, field: given[field]}
    if field == "selected_option":
        return {"type": kind, field: None if given in (None, "") else _option(element, given)}
    if field == "selected_options":
        return {"type": kind, field: [_option(element, entry) for entry in _listed(given)]}
    if field.startswith("selected_") and field.endswith("s"):
        return {"type": kind, field: [str(entry) for entry in _listed(given)]}
    if field == "selected_date_time":
        return {"type": kind, field: None if given in (None, "") else _seconds(given)}
    return {"type": kind, field: given if given is None or field != "value" else str(given) or None}


def _listed(given: Any) -> list[Any]:
    if given is None or given == "":
        return []
    return list(given) if isinstance(given, list) else [given]


def _seconds(given: Any) -> int:
    if not str(given).isdigit():
        raise Refused(f"not a Unix time: {given}")
    return int(given)


def _option(element: Json, given: Any) -> Json:
    value = given.get("value") if isinstance(given, dict) else given
    for option in _options(element):
        if option.get("value") == value:
            return option
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": str(value)}
    raise Refused(f"option_not_found: {value}")


def action(block: Json, element: Json, given: Any, action_ts: str) -> tuple[Json, Json | None]:
    """The entry of ``actions`` for a click, and the element's new state where it has one."""
    entry: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    if element["type"] == "button":
        entry |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
        return entry | {"action_ts": action_ts}, None
    state = chosen(element, given)
    entry |= state
    _field, start = _FIELDS[element["type"]]
    entry |= {name: element[name] for name in ("placeholder", start) if name in element}
    return entry | {"action_ts": action_ts}, None if element["type"] in _STATELESS else state


def missing_inputs(blocks: list[Json], values: Json) -> dict[str, str]:
    """What Slack's own client refuses to submit, in its words: block id to complaint."""
    faults: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        given = next((value for name, value in state.items() if name != "type"), None)
        complaint = _complaint(element, given, optional=bool(block.get("optional")))
        if complaint:
            faults[block["block_id"]] = complaint
    return faults


def _complaint(element: Json, given: Any, *, optional: bool) -> str | None:
    if given in (None, "", []):
        return None if optional else "Please complete this required field."
    if element["type"] != "plain_text_input":
        return None
    if len(given) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    most = element.get("max_length", 3000)
    return f"Please enter no more than {most} characters." if len(given) > most else None
