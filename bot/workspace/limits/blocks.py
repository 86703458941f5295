"""Limits of Block Kit blocks on a surface (docs.slack.dev/reference/block-kit/blocks)."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.limits.elements import BUTTON, CHOICES, IMAGE, INPUTS, OVERFLOW, SELECTS
from bot.workspace.limits.schema import Check, anything, array, boolean, fault, shape, string, text, typed, url
from bot.workspace.model import Json

MOST_IN_MESSAGE = 50
MOST_IN_VIEW = 100
MOST_CHARACTERS = 13_200  # of all blocks of a message together; undocumented, measured in bolt-js #2509

_id = {"block_id": string(255, 0)}
_any_text: dict[str, Check] = {"plain_text": text(3000), "mrkdwn": text(3000)}
_ACTIONS: dict[str, Check] = {"button": BUTTON, "overflow": OVERFLOW, **SELECTS, **CHOICES}


def _block(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    return shape({"type": string(100), **required}, {**_id, **(optional or {})})


_section = _block(
    {},
    {
        "text": text(3000),
        "fields": array(text(2000), 1, 10),
        "accessory": typed({**_ACTIONS, "image": IMAGE}),
        "expand": boolean,
    },
)
_image = _block({"alt_text": string(2000)}, {"image_url": url, "slack_file": anything, "title": text(2000, plain=True)})


def _section_block(value: Any, pointer: str, faults: list[str]) -> None:
    _section(value, pointer, faults)
    if value.get("text") is None and value.get("fields") is None:
        faults.append(fault("missing required field: text", pointer))


def _image_block(value: Any, pointer: str, faults: list[str]) -> None:
    _image(value, pointer, faults)
    if not value.get("image_url") and not value.get("slack_file"):
        faults.append(fault("missing required field: image_url", pointer))


_BLOCKS: dict[str, Check] = {
    "section": _section_block,
    "header": _block({"text": text(150, plain=True)}),
    "divider": _block({}),
    "context": _block({"elements": array(typed({**_any_text, "image": IMAGE}), 1, 10)}),
    "actions": _block({"elements": array(typed(_ACTIONS), 1, 25)}),
    "image": _image_block,
    "input": _block(
        {"label": text(2000, plain=True), "element": typed({**INPUTS, **SELECTS, **CHOICES})},
        {"hint": text(2000, plain=True), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": _block({"elements": array(anything, 1, 100)}),
    "markdown": _block({"text": string(12_000)}),
    "video": _block(
        {"alt_text": string(2000), "title": text(200, plain=True), "thumbnail_url": url, "video_url": url},
        {
            "author_name": string(50),
            "description": text(200, plain=True),
            "provider_icon_url": url,
            "provider_name": string(50),
            "title_url": url,
        },
    ),
    "file": _block({"external_id": string(255), "source": string(20)}),
}
_NOT_IN_VIEWS = {"markdown", "file"}
_one = typed(_BLOCKS)
_one_in_view = typed({name: check for name, check in _BLOCKS.items() if name not in _NOT_IN_VIEWS})


def block_faults(blocks: Any, pointer: str, *, view: bool) -> list[str]:
    """What Slack would list as wrong; empty when the blocks are fine."""
    faults: list[str] = []
    most = MOST_IN_VIEW if view else MOST_IN_MESSAGE
    array(_one_in_view if view else _one, 0, most)(blocks, pointer, faults)
    return faults or _repeated_ids(blocks, pointer)


def _repeated_ids(blocks: list[Json], pointer: str) -> list[str]:
    faults: list[str] = []
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            faults.append(fault(f"`block_id` {block_id} already exists", f"{pointer}/{index}/block_id"))
        seen.add(block_id or "")
        actions = [element["action_id"] for element in interactive(block) if element.get("action_id")]
        faults += [
            fault(f"`action_id` {action} already exists", f"{pointer}/{index}")
            for action in sorted({action for action in actions if actions.count(action) > 1})
        ]
    return faults


def interactive(block: Json) -> list[Json]:
    """The elements of a block that people can act on."""
    if block["type"] == "actions":
        return list(block["elements"])
    accessory = block.get("accessory")
    if block["type"] == "section" and accessory and accessory["type"] != "image":
        return [accessory]
    return [block["element"]] if block["type"] == "input" else []


def message_blocks(blocks: Any) -> list[Json]:
    """The blocks as Slack keeps them: ids filled in. Raises ``invalid_blocks_format``, ``invalid_blocks`` or
    ``msg_blocks_too_long``.
    """
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    faults = block_faults(blocks, "/blocks", view=False)
    if faults:
        raise InvalidInput("invalid_blocks", faults)
    if _characters(blocks) > MOST_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def _characters(part: Any) -> int:
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_characters(value) for value in part.values() if not isinstance(value, str))
    return sum(_characters(entry) for entry in part) if isinstance(part, list) else 0


def with_ids(blocks: list[Json]) -> list[Json]:
    """A copy in which every block has a ``block_id`` and every interactive element an ``action_id``."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block["block_id"] = block.get("block_id") or secrets.token_urlsafe(4)[:5]
        for element in interactive(block):
            element["action_id"] = element.get("action_id") or secrets.token_urlsafe(4)[:5]
    return kept
