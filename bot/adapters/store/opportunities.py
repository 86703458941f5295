"""Renewals and sales that were handed over: at most one per case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import CLOSED_STAGES, OpportunityRecord

_opportunities = Mapper(OpportunityRecord, tables.opportunities)


class SqlOpportunities(Repository):
    async def add(self, opportunity: OpportunityRecord) -> bool:
        values = _opportunities.values(opportunity)
        return await self._changed(self._insert(tables.opportunities).values(values).on_conflict_do_nothing())

    async def of_case(self, case_id: str) -> OpportunityRecord | None:
        return await self._one(
            _opportunities, select(*_opportunities.columns).where(tables.opportunities.c.case_id == case_id)
        )

    async def set_stage(self, case_id: str, stage: str) -> None:
        table = tables.opportunities
        await self._do(update(table).where(table.c.case_id == case_id).values(stage=stage))

    async def open(self, limit: int = 50) -> Sequence[OpportunityRecord]:
        table = tables.opportunities
        statement = select(*_opportunities.columns).where(table.c.stage.not_in(CLOSED_STAGES))
        return await self._all(_opportunities, statement.order_by(table.c.opened_at, table.c.case_id).limit(limit))
