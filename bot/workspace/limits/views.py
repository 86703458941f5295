"""Limits of modals and App Home views (docs.slack.dev/reference/views)."""

from __future__ import annotations

import json
from typing import Any

from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.limits.blocks import block_faults, with_ids
from bot.workspace.limits.schema import Check, anything, boolean, fault, one_of, shape, string, text
from bot.workspace.model import Json

MOST_BYTES = 250_000
_title = text(24, plain=True)
_shared: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_modal = shape(
    {"type": one_of("modal"), "title": _title, "blocks": anything},
    {
        **_shared,
        "close": _title,
        "submit": _title,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_home = shape({"type": one_of("home"), "blocks": anything}, _shared)


def checked_view(view: Any, expected: str) -> Json:
    """The view as Slack keeps it. Raises ``invalid_arguments`` with each fault, or ``view_too_large``."""
    if not isinstance(view, dict):
        raise InvalidInput("invalid_arguments", [fault("must provide a json object", "/view")])
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        raise SlackError("view_too_large")
    faults: list[str] = []
    (_modal if expected == "modal" else _home)(view, "/view", faults)
    faults += block_faults(view.get("blocks"), "/view/blocks", view=True)
    faults = faults or _submit_faults(view)
    if faults:
        raise InvalidInput("invalid_arguments", faults)
    return {**view, "blocks": with_ids(view["blocks"])}


def _submit_faults(view: Json) -> list[str]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        return [fault("`submit` is required when an `input` is in the `blocks` array", "/view")]
    return []
