"""What our replies promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, or_, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.cases import Speaker
from bot.domain.commitments import PromiseRecord
from bot.domain.desk import CaseStatus

_promise = tables.promises.c
_case = tables.cases.c
_message = tables.messages.c
_promises = Mapper(PromiseRecord, tables.promises, {"by": "by_user"})

_OF_MESSAGE = (_promise.channel == bindparam("in_channel"), _promise.ts == bindparam("at_ts"))
_FORGET = delete(tables.promises).where(*_OF_MESSAGE, _promise.kept_at.is_(None))
_KEPT = update(tables.promises).where(*_OF_MESSAGE, _promise.position == bindparam("at_position"))
_OF_CASE = _promises.select.where(_promise.case_id == bindparam("case_id")).order_by(
    _promise.at, _promise.ts, _promise.position
)

_answered = exists().where(
    _message.case_id == _promise.case_id, _message.speaker == Speaker.AGENT, _message.at > _promise.due
)
_DUE = (
    _promises.select.join(tables.cases, _case.id == _promise.case_id)
    .where(_promise.kept_at.is_(None), _promise.due.is_not(None), _case.status == CaseStatus.OPEN, ~_answered)
    .order_by(_promise.due, _promise.channel, _promise.ts, _promise.position)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_DUE_OF = _DUE.where(or_(_promise.by_user == bindparam("user"), _case.agent == bindparam("user")))
_OVERDUE = _DUE.where(_promise.due < bindparam("now"))


class SqlPromises(Repository):
    async def note(self, channel: str, ts: str, promises: Sequence[PromiseRecord]) -> None:
        await self._do(_FORGET, in_channel=channel, at_ts=ts)
        for promise in promises:
            await self._do(self._transaction.insert_new(tables.promises), **_promises.values(promise))

    async def kept(self, channel: str, ts: str, position: int, at: datetime) -> bool:
        return bool(await self._do(_KEPT, in_channel=channel, at_ts=ts, at_position=position, kept_at=at))

    async def of_case(self, case_id: str) -> Sequence[PromiseRecord]:
        return await self._all(_promises, _OF_CASE, case_id=case_id)

    async def due_of(self, user: str, *, offset: int, limit: int) -> Sequence[PromiseRecord]:
        return await self._all(_promises, _DUE_OF, user=user, offset=offset, limit=limit)

    async def overdue(self, now: datetime, *, offset: int, limit: int) -> Sequence[PromiseRecord]:
        return await self._all(_promises, _OVERDUE, now=now, offset=offset, limit=limit)
