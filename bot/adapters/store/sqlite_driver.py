"""A SQLite connection that runs statements where they are called, and only commits in its thread.

aiosqlite sends every step of every statement to a thread and back: some 0.2 ms of CPU each, while the
statement itself takes 0.02 ms from the page cache. What can truly take long is waiting for the disk at
a commit and waiting for another process's lock. The first goes to the thread, the second is waited for
by asking again.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

T = TypeVar("T")

LOCK_SECONDS = 5.0
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")


class SqliteConnection(aiosqlite.Connection):
    """An ``aiosqlite.Connection`` for SQLAlchemy. One task at a time may use it."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], patience: float) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._patience = patience

    async def _execute(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return fn(*args, **kwargs)

    async def aside(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs ``work`` in the thread. A cancelled caller still waits for it: the connection is in use."""
        task: asyncio.Task[T] = asyncio.ensure_future(super()._execute(work, self._conn))  # type: ignore[no-untyped-call]
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await _finished(task)
            raise

    async def begin_writing(self) -> None:
        """Raises ``sqlite3.OperationalError`` where another process writes for longer than we have patience."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + self._patience
        pause = 0.002
        while True:
            try:
                self.run("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or loop.time() > give_up:
                    raise
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.05)

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """A statement at once: only waiting for the disk, or for another process, is awaited."""
        return self._conn.execute(statement, values).fetchall()


async def connect(path: Path, *, read_only: bool, patience: float = LOCK_SECONDS) -> SqliteConnection:
    """``patience``: seconds to wait where another process writes."""
    raw = await asyncio.to_thread(_open, path, read_only)
    connection = SqliteConnection(lambda: raw, patience)
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: a thread must not outlive the program
    await connection
    return connection


def _open(path: Path, read_only: bool) -> sqlite3.Connection:
    raw = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        raw.execute("PRAGMA query_only = ON" if read_only else "PRAGMA busy_timeout = 0")
    except BaseException:
        raw.close()
        raise
    return raw


async def _finished(task: asyncio.Future[Any]) -> None:
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            continue
