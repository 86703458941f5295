"""Who did what to a case, and how what hangs on one case comes to hang on another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, Update, bindparam, insert, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.changes import CaseChange

_change = tables.changes.c
_case = tables.cases.c
_message = tables.messages.c
_changes = Mapper(CaseChange, tables.changes, {"by": "by_user"})

_ADD = insert(tables.changes)
_OF_CASE = _changes.select.where(_change.case_id == bindparam("case_id")).order_by(_change.at, _change.id)


def _moving(table: Table) -> Update:
    return update(table).where(table.c.case_id == bindparam("source")).values(case_id=bindparam("target"))


_MOVES = [
    _moving(table)
    for table in tables.metadata.sorted_tables
    if "case_id" in table.c and not table.c.case_id.primary_key
]
"""Whatever hangs on cases, tables to come included. What a case has only one of stays where it is."""
_FOLLOW = update(tables.cases).where(_case.merged_into == bindparam("source")).values(merged_into=bindparam("target"))
_MOVE_MESSAGE = (
    update(tables.messages)
    .where(_message.channel == bindparam("in_channel"), _message.ts == bindparam("at_ts"))
    .values(case_id=bindparam("target"))
)


class SqlChanges(Repository):
    async def add(self, change: CaseChange) -> None:
        await self._do(_ADD, **_changes.values(change))

    async def of_case(self, case_id: str) -> Sequence[CaseChange]:
        return await self._all(_changes, _OF_CASE, case_id=case_id)

    async def move_all(self, source: str, target: str) -> None:
        for move in (*_MOVES, _FOLLOW):
            await self._do(move, source=source, target=target)

    async def move_message(self, channel: str, ts: str, target: str) -> None:
        await self._do(_MOVE_MESSAGE, in_channel=channel, at_ts=ts, target=target)
