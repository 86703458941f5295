"""The SQLite file: one connection writes, a few read.

The driver's default isolation silently loses updates that read before they write, and a plain BEGIN
answers "database is locked" to every second writer. So writers take turns in this process, and each
begins with BEGIN IMMEDIATE, which also holds off other processes. WAL lets readers go on meanwhile;
synchronous FULL makes a commit survive loss of power.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import aiosqlite
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.adapters.store.columns import sqlite_time
from bot.adapters.store.database import WAIT_SECONDS, EventRow, RowRefused
from bot.domain.errors import StoreError

_READERS = 4
_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",  # milliseconds; only other processes can make us wait
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_INSERT = "INSERT INTO inbox (event_id, payload, received_at, attempts, tried_at, done) VALUES "
_ROW = "(?, ?, ?, 1, ?, 0)"
_ON_CONFLICT = " ON CONFLICT DO NOTHING RETURNING event_id"


class SqliteDatabase:
    def __init__(self, path: Path, engine: AsyncEngine, writer: AsyncConnection) -> None:
        self._path = path
        self._engine = engine
        self._writer = writer
        self._turn = asyncio.Lock()
        self._readers = _engine(path, "PRAGMA query_only = ON", connections=_READERS)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Makes the file and its folder where they are missing."""
        _make_room(path)
        engine = _engine(path, connections=1)
        try:
            return cls(path, engine, await engine.connect())
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            await engine.dispose()
            raise _unusable(path, error) from error

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        async with self._my_turn() as driver:
            await self._say(driver, "BEGIN IMMEDIATE")
            try:
                yield self._writer
                await self._say(driver, "COMMIT")
            except BaseException:
                if driver.in_transaction:
                    await driver.rollback()
                raise

    migrating = write

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        async with self._readers.connect() as connection:
            driver = await _driver(connection)
            await self._say(driver, "BEGIN")
            try:
                yield connection
            finally:
                await driver.rollback()

    async def insert_events(self, rows: Sequence[EventRow]) -> set[str]:
        statement = _INSERT + ", ".join([_ROW] * len(rows)) + _ON_CONFLICT
        values: list[str] = []
        for row in rows:
            at = sqlite_time(row.received_at)
            values += (row.event_id, row.payload, at, at)
        return {found[0] for found in await self._alone(statement, values)}

    async def finish_events(self, event_ids: Sequence[str]) -> None:
        marks = ", ".join("?" * len(event_ids))
        await self._alone(f"UPDATE inbox SET done = 1 WHERE event_id IN ({marks})", event_ids)  # noqa: S608 - only marks

    async def check(self) -> None:
        async with self._my_turn() as driver:
            await self._say(driver, "BEGIN IMMEDIATE")
            await driver.rollback()

    async def close(self) -> None:
        async with self._turn:
            await self._readers.dispose()
            await self._writer.close()
            await self._engine.dispose()

    @asynccontextmanager
    async def _my_turn(self) -> AsyncIterator[aiosqlite.Connection]:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise StoreError(f"another write kept the store busy for more than {WAIT_SECONDS:.0f} s") from error
        try:
            yield await _driver(self._writer)
        finally:
            self._turn.release()

    async def _say(self, driver: aiosqlite.Connection, statement: str) -> None:
        try:
            await driver.execute(statement)
        except sqlite3.Error as error:
            raise _unusable(self._path, error) from error

    async def _alone(self, statement: str, values: Sequence[str]) -> Sequence[Any]:
        """One statement that is its own transaction: one trip to the driver's thread, one commit."""
        async with self._my_turn() as driver:
            try:
                return list(await driver.execute_fetchall(statement, values))
            except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, UnicodeEncodeError) as error:
                raise RowRefused(f"{self._path} cannot hold this value: {error}") from error
            except sqlite3.Error as error:
                raise _unusable(self._path, error) from error


def _make_room(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it, such as sqlite:///{path / 'fencun.db'}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the folder {path.parent} cannot be made ({error.strerror}): choose another") from error


def _engine(path: Path, *pragmas: str, connections: int) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        isolation_level="AUTOCOMMIT",  # BEGIN and COMMIT are said above, not by the driver
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        pool_reset_on_return=None,
    )

    def prepare(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *pragmas):
            cursor.execute(pragma)
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    return engine


async def _driver(connection: AsyncConnection) -> aiosqlite.Connection:
    driver = (await connection.get_raw_connection()).driver_connection
    assert isinstance(driver, aiosqlite.Connection)
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
