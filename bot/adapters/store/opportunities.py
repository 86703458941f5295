"""Renewals and sales that were handed over: at most one per case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, or_, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.errors import StaleWrite
from bot.domain.opportunities import CLOSED_STAGES, OpportunityRecord

_opportunity = tables.opportunities.c
_opportunities = Mapper(OpportunityRecord, tables.opportunities)

_case = tables.cases.c
_merged = select(_case.id).where(_case.merged_into == bindparam("case_id"))
_OF_CASE = (
    _opportunities.select.where(or_(_opportunity.case_id == bindparam("case_id"), _opportunity.case_id.in_(_merged)))
    .order_by((_opportunity.case_id == bindparam("case_id")).desc(), _opportunity.opened_at)
    .limit(1)
)
"""Its own; else one that came with a merge, and that keeps its id because sales has its buttons."""
_OPEN = (
    _opportunities.select.where(_opportunity.stage.not_in(sorted(CLOSED_STAGES)))
    .order_by(_opportunity.opened_at, _opportunity.case_id)
    .limit(bindparam("limit"))
)
_SAVE = update(tables.opportunities).where(
    _opportunity.case_id == bindparam("this_case"), _opportunity.version == bindparam("read_version")
)


class SqlOpportunities(Repository):
    async def add(self, opportunity: OpportunityRecord) -> bool:
        insert_new = self._transaction.insert_new(tables.opportunities)
        return bool(await self._do(insert_new, **_opportunities.values(opportunity)))

    async def of_case(self, case_id: str) -> OpportunityRecord | None:
        statement = _OF_CASE.with_for_update() if self._transaction.holds else _OF_CASE
        return await self._one(_opportunities, statement, case_id=case_id)

    async def save(self, opportunity: OpportunityRecord) -> OpportunityRecord:
        written = replace(opportunity, version=opportunity.version + 1)
        values = _opportunities.values(written)
        if not await self._do(_SAVE, this_case=opportunity.case_id, read_version=opportunity.version, **values):
            raise StaleWrite(f"the opportunity of {opportunity.case_id} was written by somebody else after it was read")
        return written

    async def open(self, limit: int = 50) -> Sequence[OpportunityRecord]:
        return await self._all(_opportunities, _OPEN, limit=limit)
