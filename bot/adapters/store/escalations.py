"""Questions to supervisors, and their decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.cases import Decision
from bot.domain.desk import EscalationRecord, EscalationStatus

_escalation = tables.escalations.c
_escalations = Mapper(EscalationRecord, tables.escalations)
_in_order = (_escalation.opened_at, _escalation.id)

_ADD = insert(tables.escalations)
_ESCALATION = _escalations.select.where(_escalation.id == bindparam("id"))
_BY_THREAD = _escalations.select.where(_escalation.channel == bindparam("channel"), _escalation.ts == bindparam("ts"))
_OF_CASE = _escalations.select.where(_escalation.case_id == bindparam("case_id")).order_by(*_in_order)
_OPEN = (
    _escalations.select.where(_escalation.status == EscalationStatus.OPEN)
    .order_by(*_in_order)
    .limit(bindparam("limit"))
)
_THIS = update(tables.escalations).where(_escalation.id == bindparam("this_id"))
_DECIDE = _THIS.where(_escalation.status == bindparam("undecided", EscalationStatus.OPEN))


class SqlEscalations(Repository):
    async def add(self, escalation: EscalationRecord) -> None:
        await self._do(_ADD, **_escalations.values(escalation))

    async def get(self, escalation_id: str) -> EscalationRecord | None:
        return await self._one(_escalations, _ESCALATION, id=escalation_id)

    async def set_thread(self, escalation_id: str, ts: str) -> None:
        await self._do(_THIS, this_id=escalation_id, ts=ts)

    async def decide(self, escalation_id: str, decision: Decision) -> bool:
        decided = {"status": EscalationStatus.DECIDED, "decision": decision}
        return bool(await self._do(_DECIDE, this_id=escalation_id, **decided))

    async def by_thread(self, channel: str, ts: str) -> EscalationRecord | None:
        return await self._one(_escalations, _BY_THREAD, channel=channel, ts=ts)

    async def of_case(self, case_id: str) -> Sequence[EscalationRecord]:
        return await self._all(_escalations, _OF_CASE, case_id=case_id)

    async def open(self, limit: int = 50) -> Sequence[EscalationRecord]:
        return await self._all(_escalations, _OPEN, limit=limit)
