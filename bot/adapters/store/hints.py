"""Hints that were given on our people's own messages."""

from __future__ import annotations

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.commitments import HintRecord

_hints = Mapper(HintRecord, tables.hints, {"user": "person"})


class SqlHints(Repository):
    async def add(self, hint: HintRecord) -> bool:
        return bool(await self._do(self._transaction.insert_new(tables.hints), **_hints.values(hint)))
