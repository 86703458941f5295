"""Tells the open pages what changed. Each page listens as one person and hears only what that person may see."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

_BACKLOG = 1000


class Hub:
    def __init__(self) -> None:
        self._listeners: list[tuple[str, asyncio.Queue[dict[str, Any]]]] = []

    @contextmanager
    def listen(self, user: str) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=_BACKLOG)
        entry = (user, queue)
        self._listeners.append(entry)
        try:
            yield queue
        finally:
            self._listeners.remove(entry)

    def tell(self, users: Collection[str], event: dict[str, Any]) -> None:
        """A page that has stopped reading loses what it missed, and is told to start anew when it reads again."""
        for user, queue in self._listeners:
            if user not in users:
                continue
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"type": "reset"})
            else:
                queue.put_nowait(event)

    def tell_all(self, event: dict[str, Any]) -> None:
        self.tell({user for user, _ in self._listeners}, event)
