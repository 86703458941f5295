"""What supervisors are asked and decide, and what they ask back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.errors import StaleWrite
from bot.domain.escalations import EscalationRecord, EscalationStatus, QuestionRecord

_escalation = tables.escalations.c
_question = tables.questions.c
_escalations = Mapper(EscalationRecord, tables.escalations)
_questions = Mapper(QuestionRecord, tables.questions)
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
_SAVE = _THIS.where(_escalation.version == bindparam("read_version"))

_QUESTION = _questions.select.where(_question.ts == bindparam("ts"))
_UNANSWERED = _questions.select.where(
    _question.escalation_id == bindparam("escalation_id"), _question.answered_at.is_(None)
).order_by(_question.asked_at, _question.ts)
_ANSWER = update(tables.questions).where(_question.ts == bindparam("this_ts"), _question.answered_at.is_(None))


class SqlEscalations(Repository):
    async def add(self, escalation: EscalationRecord) -> None:
        await self._do(_ADD, **_escalations.values(escalation))

    async def get(self, escalation_id: str) -> EscalationRecord | None:
        statement = _ESCALATION.with_for_update() if self._transaction.holds else _ESCALATION
        return await self._one(_escalations, statement, id=escalation_id)

    async def set_thread(self, escalation_id: str, ts: str) -> None:
        await self._do(_THIS, this_id=escalation_id, ts=ts)

    async def save(self, escalation: EscalationRecord) -> EscalationRecord:
        written = replace(escalation, version=escalation.version + 1)
        changed = {
            "case_id": written.case_id,
            "reason": written.reason,
            "request": written.request,
            "status": written.status,
            "decision": written.decision,
            "earlier": written.earlier,
            "version": written.version,
        }
        if not await self._do(_SAVE, this_id=escalation.id, read_version=escalation.version, **changed):
            raise StaleWrite(f"escalation {escalation.id} was written by somebody else after it was read")
        return written

    async def by_thread(self, channel: str, ts: str) -> EscalationRecord | None:
        return await self._one(_escalations, _BY_THREAD, channel=channel, ts=ts)

    async def of_case(self, case_id: str) -> Sequence[EscalationRecord]:
        return await self._all(_escalations, _OF_CASE, case_id=case_id)

    async def open(self, limit: int = 50) -> Sequence[EscalationRecord]:
        return await self._all(_escalations, _OPEN, limit=limit)


class SqlQuestions(Repository):
    async def add(self, question: QuestionRecord) -> bool:
        insert_new = self._transaction.insert_new(tables.questions)
        return bool(await self._do(insert_new, **_questions.values(question)))

    async def get(self, ts: str) -> QuestionRecord | None:
        return await self._one(_questions, _QUESTION, ts=ts)

    async def answer(self, ts: str, text: str, by: str, at: datetime) -> bool:
        return bool(await self._do(_ANSWER, this_ts=ts, answer=text, answered_by=by, answered_at=at))

    async def unanswered(self, escalation_id: str) -> Sequence[QuestionRecord]:
        return await self._all(_questions, _UNANSWERED, escalation_id=escalation_id)
