"""What every repository shares: its connection, and records to and from rows.

A record's fields and a table's columns carry the same names, but for the few that SQL reserves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Delete, Executable, Insert, Row, Select, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

R = TypeVar("R")


class Mapper(Generic[R]):
    """Between one record class and one table. ``renamed`` maps field to column where they differ."""

    def __init__(self, record: Callable[..., R], table: Table, renamed: Mapping[str, str] | None = None) -> None:
        names = {f.name: (renamed or {}).get(f.name, f.name) for f in fields(record)}  # type: ignore[arg-type]
        self.record = record
        self.table = table
        self._names = tuple(names.items())
        self.columns = tuple(table.c[column] for column in names.values())

    def values(self, record: R) -> dict[str, Any]:
        return {column: getattr(record, field) for field, column in self._names}

    def of(self, row: Row[Any]) -> R:
        return self.record(*row)


class Repository:
    """``writing`` is false in a read unit, where nothing is locked."""

    __slots__ = ("_connection", "_writing")

    def __init__(self, connection: AsyncConnection, writing: bool) -> None:
        self._connection = connection
        self._writing = writing

    async def _one(self, mapper: Mapper[R], statement: Select[Any]) -> R | None:
        row = (await self._connection.execute(statement)).first()
        return None if row is None else mapper.of(row)

    async def _all(self, mapper: Mapper[R], statement: Select[Any]) -> Sequence[R]:
        return [mapper.of(row) for row in await self._connection.execute(statement)]

    async def _changed(self, statement: Insert | Update | Delete) -> bool:
        """Whether the statement touched a row."""
        return (await self._connection.execute(statement)).rowcount > 0

    async def _do(self, statement: Executable) -> None:
        await self._connection.execute(statement)

    def _insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An insert that knows ``ON CONFLICT`` in this database's dialect."""
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)
