"""A cache of what Slack was asked, each key asked once at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.domain.errors import ChatUnreachable

T = TypeVar("T")

_MOST = 10_000


class Cache(Generic[T]):
    """``load`` takes its value out of what Slack answered and may raise; a failure is told to everyone who waits for it
    and is not kept.
    """

    def __init__(self, load: Callable[[str], Awaitable[T]], seconds: float) -> None:
        self._load = load
        self._seconds = seconds
        self._kept: dict[str, tuple[float, T]] = {}
        self._loading: dict[str, asyncio.Task[T]] = {}

    async def get(self, key: str) -> T:
        now = asyncio.get_running_loop().time()
        kept = self._kept.get(key)
        if kept is not None and now < kept[0]:
            return kept[1]
        task = self._loading.get(key)
        if task is None:
            task = self._loading[key] = asyncio.create_task(self._fetch(key))
            task.add_done_callback(_retrieved)
        return await asyncio.shield(task)  # one caller giving up must not take the others' answer away

    def forget(self, key: str) -> None:
        """An answer under way was asked before the change, so it is not kept either."""
        self._kept.pop(key, None)
        self._loading.pop(key, None)

    async def _fetch(self, key: str) -> T:
        task = asyncio.current_task()
        try:
            value = await self._loaded(key)
            if self._loading.get(key) is task:
                self._keep(key, value)
            return value
        finally:
            if self._loading.get(key) is task:
                del self._loading[key]

    async def _loaded(self, key: str) -> T:
        """An answer of another shape than Slack documents is no answer."""
        try:
            return await self._load(key)
        except (AttributeError, KeyError, TypeError) as error:
            raise ChatUnreachable(f"{key}: Slack's answer cannot be read ({error!r})") from error

    def _keep(self, key: str, value: T) -> None:
        self._kept.pop(key, None)
        while len(self._kept) >= _MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (asyncio.get_running_loop().time() + self._seconds, value)


def _retrieved(task: asyncio.Task[T]) -> None:
    """Where every caller has given up, nobody is left to hear of the failure."""
    if not task.cancelled():
        task.exception()
