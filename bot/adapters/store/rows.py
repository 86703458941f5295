"""What every repository shares: its transaction, and records to and from rows.

Statements are built once, at import: building one costs SQLAlchemy several times what running it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Executable, Row, Select, Table, select

from bot.adapters.store.database import Transaction

R = TypeVar("R")


class Mapper(Generic[R]):
    """Between one record class and one table, whose columns carry the names of the record's fields.

    ``renamed`` maps field to column where they differ, because SQL reserves the name.
    """

    def __init__(self, record: Callable[..., R], table: Table, renamed: Mapping[str, str] | None = None) -> None:
        names = {f.name: (renamed or {}).get(f.name, f.name) for f in fields(record)}  # type: ignore[arg-type]
        self._record = record
        self._names = tuple(names.items())
        self.select: Select[Any] = select(*(table.c[column] for column in names.values()))

    def values(self, record: R) -> dict[str, Any]:
        return {column: getattr(record, field) for field, column in self._names}

    def of(self, row: Row[Any]) -> R:
        return self._record(*row)


class Repository:
    __slots__ = ("_connection", "_transaction")

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    async def _one(self, mapper: Mapper[R], statement: Select[Any], **values: object) -> R | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else mapper.of(row)

    async def _all(self, mapper: Mapper[R], statement: Select[Any], **values: object) -> Sequence[R]:
        return [mapper.of(row) for row in await self._connection.execute(statement, values)]

    async def _scalar(self, statement: Executable, **values: object) -> Any:
        return (await self._connection.execute(statement, values)).scalar_one_or_none()

    async def _do(self, statement: Executable, **values: object) -> int:
        """How many rows it touched."""
        return (await self._connection.execute(statement, values)).rowcount
