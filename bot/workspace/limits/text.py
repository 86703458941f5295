"""Limits of a message as a whole: its text, attachments and metadata."""

from __future__ import annotations

import json
from typing import Any

from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.limits.blocks import block_faults, with_ids
from bot.workspace.model import Json

MOST_CHARACTERS = 40_000  # of a posted text
MOST_IN_UPDATE = 4_000  # chat.update is stricter
MOST_IN_MARKDOWN = 12_000
MOST_ATTACHMENTS = 100
MOST_METADATA = 8_000  # bytes; docs.slack.dev/messaging/message-metadata


def posted_text(text: str) -> str:
    """Raises ``msg_too_long`` past what Slack takes."""
    if len(text) > MOST_CHARACTERS:
        raise SlackError("msg_too_long")
    return text


def updated_text(text: str) -> str:
    """Raises ``msg_too_long`` past 4,000 characters, as chat.update does."""
    if len(text) > MOST_IN_UPDATE:
        raise SlackError("msg_too_long")
    return text


def attachments(value: Any) -> list[Json]:
    """The attachments as Slack keeps them. Raises ``invalid_attachments`` or ``too_many_attachments``."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise SlackError("invalid_attachments")
    if len(value) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return [_attachment(item, f"/attachments/{index}/blocks") for index, item in enumerate(value)]


def _attachment(item: Json, pointer: str) -> Json:
    if "blocks" not in item:
        return item
    faults = block_faults(item["blocks"], pointer, view=False)
    if faults:
        raise InvalidInput("invalid_attachments", faults)
    return {**item, "blocks": with_ids(item["blocks"])}


def metadata(value: Any) -> Json | None:
    """``None`` for the empty object that removes it. Raises ``invalid_metadata_format`` or ``metadata_too_large``."""
    if value == {}:
        return None
    fits = isinstance(value, dict) and isinstance(value.get("event_type"), str)
    if not fits or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(value, ensure_ascii=False).encode()) > MOST_METADATA:
        raise SlackError("metadata_too_large")
    return dict(value)
