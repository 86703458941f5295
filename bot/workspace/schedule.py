"""Messages to be posted later (chat.scheduleMessage)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from bot.workspace.clock import Clock, new_id
from bot.workspace.messenger import Messenger
from bot.workspace.model import Message


@dataclass
class _Scheduled:
    message: Message
    post_at: int
    task: asyncio.Task[None]


class Schedule:
    def __init__(self, clock: Clock, messenger: Messenger) -> None:
        self._clock = clock
        self._messenger = messenger
        self._waiting: dict[str, _Scheduled] = {}

    def add(self, message: Message, post_at: int) -> str:
        """Posts ``message`` at that Unix time; its ts is the one it gets then."""
        scheduled_id = new_id("Q")
        task = asyncio.create_task(self._post(scheduled_id, message, post_at))
        self._waiting[scheduled_id] = _Scheduled(message, post_at, task)
        return scheduled_id

    async def _post(self, scheduled_id: str, message: Message, post_at: int) -> None:
        await asyncio.sleep(max(0.0, post_at - self._clock.now()))
        del self._waiting[scheduled_id]
        self._messenger.post(replace(message, ts=self._clock.ts()))

    def cancel(self, scheduled_id: str, channel: str) -> bool:
        found = self._waiting.get(scheduled_id)
        if found is None or found.message.channel != channel:
            return False
        found.task.cancel()
        del self._waiting[scheduled_id]
        return True

    def waiting(self) -> list[tuple[str, Message, int]]:
        return [(name, item.message, item.post_at) for name, item in self._waiting.items()]

    def clear(self) -> None:
        for item in self._waiting.values():
            item.task.cancel()
        self._waiting.clear()
