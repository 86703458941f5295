"""Uploaded files: the bytes on disk or in memory, and the message that shares them."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from bot.workspace.clock import Clock, new_id
from bot.workspace.messenger import Messenger
from bot.workspace.model import Json, Message, StoredFile
from bot.workspace.state import State

MOST_BYTES = 100 * 1024 * 1024


class FileStore:
    def __init__(self, state: State, clock: Clock, messenger: Messenger, folder: Path | None) -> None:
        self._state = state
        self._clock = clock
        self._messenger = messenger
        self._folder = folder
        self._tickets: dict[str, str] = {}

    def reserve(self, name: str, size: int, user: str) -> tuple[StoredFile, str]:
        """A place for a file to come and the ticket that lets one upload into it."""
        safe = PurePosixPath(name.replace("\\", "/")).name or "file"
        kind = mimetypes.guess_type(safe)[0] or "application/octet-stream"
        stored = StoredFile(new_id("F"), safe, safe, kind, size, user, int(self._clock.now()))
        self._state.files[stored.id] = stored
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = stored.id
        return stored, ticket

    def receive(self, ticket: str, content: bytes) -> StoredFile | None:
        stored = self._state.files.get(self._tickets.pop(ticket, ""))
        if stored is not None:
            self._keep(stored, content)
        return stored

    def _keep(self, stored: StoredFile, content: bytes) -> None:
        stored.size = len(content)
        stored.received = True
        if self._folder is None:
            stored.content = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / stored.id).write_bytes(content)

    def content(self, file_id: str) -> tuple[StoredFile, bytes] | None:
        stored = self._state.files.get(file_id)
        if stored is None or not stored.received:
            return None
        if stored.content is not None:
            return stored, stored.content
        path = self._folder / stored.id if self._folder else None
        return (stored, path.read_bytes()) if path and path.exists() else None

    def share(
        self,
        files: Sequence[StoredFile],
        channel: str,
        text: str,
        thread_ts: str | None,
        blocks: list[Json] | None = None,
    ) -> Message:
        """Posts the files, by the person or bot that uploaded them."""
        by_app = files[0].user == self._state.app.user_id
        fields: dict[str, Any] = {"thread_ts": thread_ts, "blocks": blocks, "by_app": by_app, "subtype": "file_share"}
        for stored in files:
            stored.shared = True
            stored.channels.append(channel)
        message = Message(
            channel, self._clock.ts(), files[0].user, text, files=[stored.id for stored in files], **fields
        )
        return self._messenger.post(message)

    def accept(self, name: str, content: bytes, user: str) -> StoredFile:
        """A person's upload in one step."""
        stored, ticket = self.reserve(name, len(content), user)
        self.receive(ticket, content)
        return stored
