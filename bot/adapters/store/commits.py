"""Group commit: callers that arrive while a commit is under way share the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.adapters.store.database import RowRefused
from bot.domain.errors import StoreError

T = TypeVar("T")
R = TypeVar("R")

_LARGEST = 200


class GroupCommit(Generic[T, R]):
    """``write`` commits a group in one transaction and returns a result per item, in order.

    No caller waits for company: a lone call is written at once. A value the database cannot hold fails
    its own caller alone; a database that fails, fails everyone in the group.
    """

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._write = write
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    async def add(self, item: T) -> R:
        if self._closed:
            raise StoreError("the store is closed")
        waiter: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, waiter))
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="store-commits")
        return await waiter

    async def close(self) -> None:
        """Takes no more, and returns when everything taken is written."""
        self._closed = True
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_LARGEST], self._waiting[_LARGEST:]
                await self._settle(group)
        finally:
            self._task = None

    async def _settle(self, group: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._write([item for item, _ in group])
        except RowRefused as error:
            if len(group) == 1:
                _fail(group, error)
                return
            for one in group:
                await self._settle([one])
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the callers, who wait for it
            _fail(group, error)
        except BaseException:
            for _, waiter in group:
                waiter.cancel()
            raise
        else:
            for (_, waiter), result in zip(group, results, strict=True):
                if not waiter.done():
                    waiter.set_result(result)


def _fail(group: Sequence[tuple[T, asyncio.Future[R]]], error: Exception) -> None:
    for _, waiter in group:
        if not waiter.done():
            waiter.set_exception(error)
