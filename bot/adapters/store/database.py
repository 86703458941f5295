"""What the store needs of a database, and how its failures are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Insert, Table
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StaleWrite, StoreError

WAIT_SECONDS = 10.0
"""How long a unit may wait for its turn or for a connection. Longer means that something is stuck."""

_STALE_SQLSTATES = frozenset({"23505", "40001", "40P01"})  # unique violation, serialisation failure, deadlock
_STALE_SQLITE = frozenset({"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})


class EventRow(NamedTuple):
    """An inbound event, ready to be written."""

    event_id: str
    payload: str
    received_at: datetime


class RowRefused(StoreError):
    """The database is well but cannot hold this value."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction under way.

    ``insert_new`` inserts into a table unless the row is there (ON CONFLICT DO NOTHING, in this dialect).
    ``holds`` says that others write at the same time, so that what was read must be held to be written
    back; SQLite has one writer anyway.
    """

    connection: AsyncConnection
    insert_new: Callable[[Table], Insert]
    holds: bool = False


class Database(Protocol):
    def write(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that may write; commits on leaving, rolls back on an error."""

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that sees one state and cannot write."""

    def migrating(self) -> AbstractAsyncContextManager[Transaction]:
        """A write transaction that no two processes are in at once."""

    async def insert_events(self, rows: Sequence[EventRow]) -> set[str]:
        """Commits the rows whose ids are new and returns those ids. Raises ``RowRefused`` or ``StoreError``."""

    async def finish_events(self, event_ids: Sequence[str]) -> None: ...

    async def check(self) -> None: ...

    async def close(self) -> None: ...


@contextmanager
def failures_named() -> Iterator[None]:
    """Turns what SQLAlchemy raises into ``StoreError``, a lost race into ``StaleWrite``."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreError(f"no database connection became free within {WAIT_SECONDS:.0f} s") from error
    except DBAPIError as error:
        if _lost_race(error):
            raise StaleWrite(f"somebody else wrote first ({_reason(error)})") from error
        raise StoreError(f"the database refused or failed: {_reason(error)}") from error
    except TimeoutError as error:
        raise StoreError("the database did not answer in time") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database cannot be used: {error}") from error


def _lost_race(error: DBAPIError) -> bool:
    cause = error.orig
    if getattr(cause, "sqlstate", None) in _STALE_SQLSTATES:
        return True
    return isinstance(error, IntegrityError) and getattr(cause, "sqlite_errorname", None) in _STALE_SQLITE


def _reason(error: DBAPIError) -> str:
    """The database's own words, on one line, without the statement and its values."""
    return " ".join(str(error.orig).split("\n", maxsplit=1)[0].split())
