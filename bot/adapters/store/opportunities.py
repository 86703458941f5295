"""Renewals and sales that were handed over: at most one per case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import CLOSED_STAGES, OpportunityRecord

_opportunity = tables.opportunities.c
_opportunities = Mapper(OpportunityRecord, tables.opportunities)

_OF_CASE = _opportunities.select.where(_opportunity.case_id == bindparam("case_id"))
_OPEN = (
    _opportunities.select.where(_opportunity.stage.not_in(sorted(CLOSED_STAGES)))
    .order_by(_opportunity.opened_at, _opportunity.case_id)
    .limit(bindparam("limit"))
)
_SET_STAGE = update(tables.opportunities).where(_opportunity.case_id == bindparam("this_case"))


class SqlOpportunities(Repository):
    async def add(self, opportunity: OpportunityRecord) -> bool:
        insert_new = self._transaction.insert_new(tables.opportunities)
        return bool(await self._do(insert_new, **_opportunities.values(opportunity)))

    async def of_case(self, case_id: str) -> OpportunityRecord | None:
        return await self._one(_opportunities, _OF_CASE, case_id=case_id)

    async def set_stage(self, case_id: str, stage: str) -> None:
        await self._do(_SET_STAGE, this_case=case_id, stage=stage)

    async def open(self, limit: int = 50) -> Sequence[OpportunityRecord]:
        return await self._all(_opportunities, _OPEN, limit=limit)
