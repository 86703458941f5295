"""PostgreSQL, for several replicas. The driver reads the URL itself, so all of libpq's parameters work."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Self

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import Insert, Table, event, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.adapters.store.database import WAIT_SECONDS, EventRow, RowRefused, Transaction
from bot.domain.errors import StoreError

_CONNECT_SECONDS = 5.0
_STATEMENT_SECONDS = 15.0
_CONNECTIONS = 8
_MIGRATION_LOCK = 0x66656E63756E  # "fencun"
_INSERT = """
INSERT INTO inbox (event_id, payload, received_at, attempts, tried_at, done)
SELECT id, payload, at, 1, at, false FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS t (id, payload, at)
ON CONFLICT DO NOTHING RETURNING event_id
"""
_FINISH = "UPDATE inbox SET done = true WHERE event_id = ANY($1::text[])"


class PostgresDatabase:
    def __init__(self, shown_url: str, engine: AsyncEngine) -> None:
        self._shown_url = shown_url
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @classmethod
    async def open(cls, dsn: str, shown_url: str) -> Self:
        """``shown_url`` stands for the URL in messages: it has no password."""

        async def connect() -> asyncpg.Connection:
            try:
                return await asyncpg.connect(dsn, timeout=_CONNECT_SECONDS, command_timeout=_STATEMENT_SECONDS)
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError, TimeoutError) as error:
                raise _unreachable(shown_url, error) from error

        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=connect,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
        )
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
        database = cls(shown_url, engine)
        try:
            await database.check()
        except BaseException:
            await engine.dispose()
            raise
        return database

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        async with self._engine.begin() as connection:
            yield Transaction(connection, _insert_new, holds=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        async with self._reading.connect() as connection, connection.begin():
            yield Transaction(connection, _insert_new)

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[Transaction]:
        async with self._engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            yield Transaction(connection, _insert_new, holds=True)

    async def insert_events(self, rows: Sequence[EventRow]) -> set[str]:
        ids, payloads, times = zip(*rows, strict=True)
        return {row["event_id"] for row in await self._alone(_INSERT, ids, payloads, times)}

    async def finish_events(self, event_ids: Sequence[str]) -> None:
        await self._alone(_FINISH, event_ids)

    async def check(self) -> None:
        async with self._engine.connect() as connection:
            refused = await connection.scalar(text("SELECT current_setting('transaction_read_only')"))
        if refused == "on":
            raise StoreError(f"{self._shown_url} is read-only (a standby?): name the primary server")

    async def close(self) -> None:
        await self._engine.dispose()

    async def _alone(self, statement: str, *values: Sequence[object]) -> Sequence[Any]:
        """One statement that is its own transaction, straight through the driver."""
        async with self._engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert isinstance(driver, asyncpg.Connection)
            try:
                return list(await driver.fetch(statement, *values))
            except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError) as error:
                raise RowRefused(f"{self._shown_url} cannot hold this value: {error}") from error
            except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                raise _unreachable(self._shown_url, error) from error


@cache
def _insert_new(table: Table) -> Insert:
    return insert(table).on_conflict_do_nothing()


def _refuse_closed(connection: Any, *_: object) -> None:
    """A connection the server has closed is replaced at once, without asking the server every time."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def _unreachable(url: str, error: Exception) -> StoreError:
    reason = " ".join(str(error).split()) or type(error).__name__
    match error:
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            return StoreError(f"{url} refused the user or password: {reason}")
        case asyncpg.InvalidCatalogNameError():
            return StoreError(f"{url} has no such database: create it first ({reason})")
        case asyncpg.InterfaceError() | ValueError():
            return StoreError(f"{url} is not a usable PostgreSQL URL: {reason}")
        case ssl.SSLError():
            return StoreError(f"{url} failed the TLS handshake: {reason}")
        case asyncio.TimeoutError():
            return StoreError(f"{url} did not answer in time: check host and port")
        case OSError():
            return StoreError(f"{url} cannot be reached: {reason}")
        case _:
            return StoreError(f"{url}: {reason}")
