"""Questions to supervisors, and their decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.cases import Decision
from bot.domain.desk import EscalationRecord, EscalationStatus

_escalations = Mapper(EscalationRecord, tables.escalations)


class SqlEscalations(Repository):
    async def add(self, escalation: EscalationRecord) -> None:
        await self._do(insert(tables.escalations).values(_escalations.values(escalation)))

    async def get(self, escalation_id: str) -> EscalationRecord | None:
        return await self._one(
            _escalations, select(*_escalations.columns).where(tables.escalations.c.id == escalation_id)
        )

    async def set_thread(self, escalation_id: str, ts: str) -> None:
        await self._do(update(tables.escalations).where(tables.escalations.c.id == escalation_id).values(ts=ts))

    async def decide(self, escalation_id: str, decision: Decision) -> bool:
        table = tables.escalations
        statement = update(table).where(table.c.id == escalation_id, table.c.status == EscalationStatus.OPEN)
        return await self._changed(statement.values(status=EscalationStatus.DECIDED, decision=decision))

    async def by_thread(self, channel: str, ts: str) -> EscalationRecord | None:
        table = tables.escalations
        return await self._one(
            _escalations, select(*_escalations.columns).where(table.c.channel == channel, table.c.ts == ts)
        )

    async def of_case(self, case_id: str) -> Sequence[EscalationRecord]:
        table = tables.escalations
        statement = select(*_escalations.columns).where(table.c.case_id == case_id)
        return await self._all(_escalations, statement.order_by(table.c.opened_at, table.c.id))

    async def open(self, limit: int = 50) -> Sequence[EscalationRecord]:
        table = tables.escalations
        statement = select(*_escalations.columns).where(table.c.status == EscalationStatus.OPEN)
        return await self._all(_escalations, statement.order_by(table.c.opened_at, table.c.id).limit(limit))
