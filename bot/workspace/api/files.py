"""External upload: files.getUploadURLExternal, completeUploadExternal; files.info."""

from __future__ import annotations

from typing import Any

from bot.workspace import wire
from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.filestore import MOST_BYTES
from bot.workspace.limits.blocks import message_blocks
from bot.workspace.model import Channel, Json, StoredFile


@method("files.getUploadURLExternal", tier="4", scopes=("files:write",), required=("filename",))
async def get_upload_url(call: Call) -> Json:
    length = call.text("length")
    if not length.isdigit() or int(length) == 0:
        raise SlackError("missing_argument")
    if int(length) > MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    state = call.world.state
    stored, ticket = call.world.files.reserve(call.text("filename"), int(length), state.app.user_id)
    return {"upload_url": f"{state.base_url}/upload/v1/{ticket}", "file_id": stored.id}


@method("files.completeUploadExternal", tier="4", scopes=("files:write",), required=("files",))
async def complete_upload(call: Call) -> Json:
    """Without a channel the file stays private to the bot."""
    state = call.world.state
    stored = [_uploaded(call, entry) for entry in _entries(call)]
    blocks = call.parsed("blocks", "invalid_blocks")
    kept = message_blocks(blocks) if blocks else None
    channels = [name for name in call.text("channels", call.text("channel_id")).split(",") if name]
    for place in [_writable(call, name) for name in channels]:
        call.world.files.share(stored, place.id, call.text("initial_comment"), call.optional("thread_ts"), kept)
    return {"files": [wire.file(state, item) for item in stored]}


@method("files.info", tier="4", scopes=("files:read",), required=("file",))
async def info(call: Call) -> Json:
    stored = call.world.state.files.get(call.text("file"))
    if stored is None or not stored.received:
        raise SlackError("file_not_found")
    return {"file": wire.file(call.world.state, stored), "comments": [], "response_metadata": {"next_cursor": ""}}


def _entries(call: Call) -> list[Any]:
    entries = call.parsed("files", "invalid_arguments")
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments")
    return entries


def _uploaded(call: Call, entry: Any) -> StoredFile:
    stored = call.world.state.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if stored is None or not stored.received:
        raise SlackError("file_not_found")
    stored.title = str(entry.get("title") or stored.name)
    return stored


def _writable(call: Call, channel: str) -> Channel:
    state = call.world.state
    place = state.visible_channel(channel)
    if state.app.user_id not in place.members:
        raise SlackError("not_in_channel")
    if place.is_archived:
        raise SlackError("is_archived")
    return place
