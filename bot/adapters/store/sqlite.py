"""The SQLite file: one connection writes, a few read.

The driver's default isolation silently loses updates that read before they write, and a plain BEGIN
answers "database is locked" to every second writer. So writers take turns in this process, and each
begins with BEGIN IMMEDIATE, which also holds off other processes. WAL lets readers go on meanwhile;
synchronous FULL makes a commit survive loss of power.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Insert, Table
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.store.columns import sqlite_time
from bot.adapters.store.database import WAIT_SECONDS, EventRow, RowRefused, Transaction
from bot.adapters.store.sqlite_driver import LOCK_SECONDS, SqliteConnection, connect
from bot.domain.errors import StoreError

_READERS = 4
_LARGEST = 32
"""Units in one commit; the first of them waits for the last."""
_GIVEN_UP = sqlite3.OperationalError("the transaction was given up (is the disk full?)")
_INSERT = "INSERT INTO inbox (event_id, payload, received_at, attempts, tried_at, done) VALUES "
_ROW = "(?, ?, ?, 1, ?, 0)"
_ON_CONFLICT = " ON CONFLICT DO NOTHING RETURNING event_id"


class SqliteDatabase:
    def __init__(self, path: Path, engine: AsyncEngine, writer: AsyncConnection, driver: SqliteConnection) -> None:
        self._path = path
        self._engine = engine
        self._writer = writer
        self._driver = driver
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        """Units that were left and are not committed yet."""
        self._readers = _engine(path, partial(connect, path, read_only=True), connections=_READERS)

    @classmethod
    async def open(cls, path: Path, patience: float = LOCK_SECONDS) -> Self:
        """Makes the file and its folder where they are missing. ``patience``: seconds for other processes."""
        _make_room(path)
        engine = _engine(path, partial(connect, path, read_only=False, patience=patience), connections=1)
        try:
            writer = await engine.connect()
            return cls(path, engine, writer, await _driver(writer))
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            await engine.dispose()
            raise _unusable(path, error) from error

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        async with self._unit():
            yield Transaction(self._writer, _insert_new)

    migrating = write

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        async with self._readers.connect() as connection:
            driver = await _driver(connection)
            await driver.execute("BEGIN")
            try:
                yield Transaction(connection, _insert_new)
            finally:
                await driver.rollback()

    async def insert_events(self, rows: Sequence[EventRow]) -> set[str]:
        statement = _INSERT + ", ".join([_ROW] * len(rows)) + _ON_CONFLICT
        values: list[str] = []
        for row in rows:
            at = sqlite_time(row.received_at)
            values += (row.event_id, row.payload, at, at)
        async with self._unit():
            return {row[0] for row in self._driver.run(statement, values)}

    async def finish_events(self, event_ids: Sequence[str]) -> None:
        marks = ", ".join("?" * len(event_ids))
        async with self._unit():
            self._driver.run(f"UPDATE inbox SET done = 1 WHERE event_id IN ({marks})", event_ids)  # noqa: S608 - only marks

    async def check(self) -> None:
        async with self._unit():
            pass

    async def close(self) -> None:
        async with self._turn:
            if self._group is not None:
                await self._commit(self._group)
            await self._readers.dispose()
            await self._writer.close()
            await self._engine.dispose()

    @asynccontextmanager
    async def _unit(self) -> AsyncIterator[None]:
        """All or nothing, and safely stored when it is left: alone, or together with those that wait meanwhile.

        A commit waits for the disk; units that follow each other closely share one.
        """
        async with self._my_turn():
            group = self._group or await self._begin()
            group.units += 1
            self._driver.run("SAVEPOINT unit")
            try:
                yield
            except BaseException:
                if self._driver.in_transaction:
                    self._driver.run("ROLLBACK TO unit")
                await self._leave(group)
                raise
            await self._leave(group)
        await asyncio.shield(group.stored)

    async def _begin(self) -> _Group:
        await self._driver.begin_writing()
        self._group = _Group()
        return self._group

    async def _leave(self, group: _Group) -> None:
        given_up = not self._driver.in_transaction  # SQLite does so where the disk is full, say
        if given_up or not self._waiting or group.units >= _LARGEST:
            await self._commit(group)
        elif group.closing is None:
            group.closing = asyncio.create_task(self._close(group), name="store-commit")

    async def _close(self, group: _Group) -> None:
        """Comes after all that waited, and commits where each of them has gone away instead."""
        async with self._turn:
            if self._group is group:
                await self._commit(group)

    async def _commit(self, group: _Group) -> None:
        """Every unit of the group is told how it went, also where the caller is cancelled meanwhile."""
        self._group = None
        lost: Exception | None = None if self._driver.in_transaction else _GIVEN_UP
        try:
            await self._driver.aside(sqlite3.Connection.commit)
        except sqlite3.Error as error:
            lost = error
        finally:
            if self._driver.in_transaction:
                self._driver.run("ROLLBACK")
                lost = lost or _GIVEN_UP
            if lost is None:
                group.stored.set_result(None)
            else:
                group.stored.set_exception(_unusable(self._path, lost))

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[None]:
        """Writers in this process, first come first served; what the driver raises is explained."""
        self._waiting += 1
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise StoreError(f"another write kept the store busy for more than {WAIT_SECONDS:.0f} s") from error
        finally:
            self._waiting -= 1
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, UnicodeEncodeError) as error:
            raise RowRefused(f"{self._path} cannot hold this value: {error}") from error
        except sqlite3.Error as error:
            raise _unusable(self._path, error) from error
        finally:
            self._turn.release()


class _Group:
    """Units in one transaction."""

    def __init__(self) -> None:
        self.units = 0
        self.stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.stored.add_done_callback(_seen)
        self.closing: asyncio.Task[None] | None = None


def _seen(stored: asyncio.Future[None]) -> None:
    """A failure that nobody waits for any more is nobody's."""
    if not stored.cancelled():
        stored.exception()


@cache
def _insert_new(table: Table) -> Insert:
    return insert(table).on_conflict_do_nothing()


def _make_room(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, such as sqlite:///{path / 'fencun.db'}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path.parent} cannot be made ({error.strerror}): choose another") from error


def _engine(path: Path, creator: Callable[[], Awaitable[SqliteConnection]], *, connections: int) -> AsyncEngine:
    return create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        async_creator=creator,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_reset_on_return=None,  # BEGIN, COMMIT and ROLLBACK are said above
    )


async def _driver(connection: AsyncConnection) -> SqliteConnection:
    driver: Any = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, SqliteConnection)
    return driver


def _unusable(path: Path, error: Exception) -> StoreError:
    reason = str(getattr(error, "orig", error))
    if "not a database" in reason:
        return StoreError(f"{path} is not a SQLite database: name another file")
    if "unable to open" in reason or "readonly" in reason:
        return StoreError(f"{path} cannot be written: check who owns the file and its folder")
    if "locked" in reason:
        return StoreError(f"{path} is held by another process: stop it, or use PostgreSQL for several")
    return StoreError(f"{path} cannot be used: {reason}")
