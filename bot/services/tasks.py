"""Background work that a shutdown waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

import structlog

log = structlog.get_logger()


class Tasks:
    """Keeps a reference to every running task, so that none is lost to the garbage collector or to SIGTERM."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def spawn(self, work: Coroutine[None, None, None], name: str) -> None:
        self.adopt(asyncio.create_task(work, name=name))

    def later(self, seconds: float, begin: Callable[[], Coroutine[None, None, None]], name: str) -> None:
        """Begins work after ``seconds``; a shutdown does not wait for it and forgets it."""
        asyncio.get_running_loop().call_later(seconds, lambda: self.spawn(begin(), name))

    def under_way(self) -> int:
        """How many run now; what is to begin later does not count."""
        return len(self._running)

    def adopt(self, task: asyncio.Task[None]) -> None:
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def drain(self, seconds: float) -> int:
        """Waits up to ``seconds`` for what is running; cancels and counts what is left."""
        running = set(self._running)
        if not running:
            return 0
        _, left = await asyncio.wait(running, timeout=seconds)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return len(left)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Nobody waits for background work, so its failures are told here."""
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("task_failed", task=task.get_name(), exc_info=error)
