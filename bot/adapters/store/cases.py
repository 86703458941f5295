"""Cases, their messages and what was done in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, UpdateBase, delete, func, insert, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import ActionRecord, CaseRecord, CaseStatus, MessageRecord
from bot.domain.errors import StaleWrite
from bot.domain.reading.model import Reading

_cases = Mapper(CaseRecord, tables.cases)
_messages = Mapper(MessageRecord, tables.messages, {"user": "author"})
_actions = Mapper(ActionRecord, tables.actions, {"by": "by_user"})


class SqlCases(Repository):
    async def add(self, case: CaseRecord) -> None:
        await self._do(insert(tables.cases).values(_cases.values(case)))

    async def get(self, case_id: str) -> CaseRecord | None:
        return await self._one(_cases, self._held(select(*_cases.columns).where(tables.cases.c.id == case_id)))

    async def save(self, case: CaseRecord) -> CaseRecord:
        written = replace(case, version=case.version + 1)
        values = _cases.values(written)
        table = tables.cases
        statement = update(table).where(table.c.id == case.id, table.c.version == case.version).values(values)
        if not await self._changed(statement):
            raise StaleWrite(f"case {case.id} was written by somebody else after version {case.version} was read")
        return written

    async def by_thread(self, channel: str, thread_ts: str) -> CaseRecord | None:
        await self._hold_channel(channel)
        table = tables.cases
        statement = select(*_cases.columns).where(table.c.channel == channel, table.c.thread_ts == thread_ts)
        return await self._one(_cases, self._held(statement))

    async def latest_open(self, channel: str, since: datetime) -> CaseRecord | None:
        await self._hold_channel(channel)
        table = tables.cases
        statement = (
            select(*_cases.columns)
            .where(
                table.c.channel == channel,
                table.c.status == CaseStatus.OPEN,
                table.c.last_customer_at >= since,
            )
            .order_by(table.c.last_customer_at.desc(), table.c.thread_ts.desc())
            .limit(1)
        )
        return await self._one(_cases, self._held(statement))

    async def open_cases(self, *, agent: str | None = None, limit: int = 50) -> Sequence[CaseRecord]:
        table = tables.cases
        statement = select(*_cases.columns).where(table.c.status == CaseStatus.OPEN)
        if agent is not None:
            statement = statement.where(table.c.agent == agent)
        return await self._all(_cases, statement.order_by(table.c.last_customer_at.desc(), table.c.id).limit(limit))

    async def add_message(self, message: MessageRecord) -> bool:
        statement = self._insert(tables.messages).values(_messages.values(message)).on_conflict_do_nothing()
        return await self._changed(statement)

    async def messages(self, case_id: str) -> Sequence[MessageRecord]:
        table = tables.messages
        statement = select(*_messages.columns).where(table.c.case_id == case_id).order_by(table.c.at, table.c.ts)
        return await self._all(_messages, statement)

    async def message(self, channel: str, ts: str) -> MessageRecord | None:
        table = tables.messages
        return await self._one(
            _messages, select(*_messages.columns).where(table.c.channel == channel, table.c.ts == ts)
        )

    async def edit_message(self, channel: str, ts: str, text: str, reading: Reading | None) -> str | None:
        table = tables.messages
        statement = (
            update(table)
            .where(table.c.channel == channel, table.c.ts == ts)
            .values(text=text, reading=reading)
            .returning(table.c.case_id)
        )
        return await self._case_of(statement)

    async def delete_message(self, channel: str, ts: str) -> str | None:
        table = tables.messages
        statement = delete(table).where(table.c.channel == channel, table.c.ts == ts).returning(table.c.case_id)
        return await self._case_of(statement)

    async def log(self, action: ActionRecord) -> None:
        await self._do(insert(tables.actions).values(_actions.values(action)))

    async def actions(self, case_id: str) -> Sequence[ActionRecord]:
        table = tables.actions
        statement = select(*_actions.columns).where(table.c.case_id == case_id).order_by(table.c.at, table.c.id)
        return await self._all(_actions, statement)

    async def _case_of(self, statement: UpdateBase) -> str | None:
        case_id: str | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return case_id

    def _held(self, statement: Select[Any]) -> Select[Any]:
        """In a write unit the case stays ours until the unit ends (SQLite has one writer anyway)."""
        return statement.with_for_update(key_share=True) if self._writing else statement

    async def _hold_channel(self, channel: str) -> None:
        """Keeps two replicas from both finding no case for a channel and both opening one."""
        if self._writing and self._connection.dialect.name == "postgresql":
            await self._do(select(func.pg_advisory_xact_lock(func.hashtextextended(channel, 0))))
