"""Cases, their messages and what was done in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, exists, func, insert, literal, or_, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import ActionRecord, CaseRecord, CaseStatus, MessageRecord
from bot.domain.errors import StaleWrite
from bot.domain.reading.model import Reading

_case = tables.cases.c
_message = tables.messages.c
_action = tables.actions.c
_cases = Mapper(CaseRecord, tables.cases)
_messages = Mapper(MessageRecord, tables.messages, {"user": "author"})
_actions = Mapper(ActionRecord, tables.actions, {"by": "by_user"})

_CASE = _cases.select.where(_case.id == bindparam("id"))
_BEGUN_BY = _cases.select.where(_case.channel == bindparam("channel"), _case.thread_ts == bindparam("thread_ts"))
_OPEN = _cases.select.where(_case.status == CaseStatus.OPEN)
_LATEST_OPEN = (
    _OPEN.where(_case.channel == bindparam("channel"), _case.last_customer_at >= bindparam("since"))
    .order_by(_case.last_customer_at.desc(), _case.thread_ts.desc())
    .limit(1)
)
_OPEN_IN = (
    _OPEN.where(_case.channel == bindparam("channel"))
    .order_by(_case.last_customer_at.desc(), _case.id)
    .limit(bindparam("limit"))
)
_OPEN_CASES = _OPEN.order_by(_case.last_customer_at.desc(), _case.id).limit(bindparam("limit"))
_OPEN_OF_AGENT = _OPEN_CASES.where(_case.agent == bindparam("agent"))
_UNTAKEN = (
    _OPEN.where(_case.agent.is_(None))
    .where(exists().where(tables.posts.c.op == literal("card:") + _case.id, tables.posts.c.ts.is_not(None)))
    .order_by(_case.last_customer_at, _case.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_ADD = insert(tables.cases)
_SAVE = update(tables.cases).where(_case.id == bindparam("this_id"), _case.version == bindparam("read_version"))
_HOLD_CHANNEL = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("channel"), 0)))

_HERE = (_message.channel == bindparam("in_channel"), _message.ts == bindparam("at_ts"))
_MESSAGE = _messages.select.where(*_HERE)
_MESSAGES = _messages.select.where(_message.case_id == bindparam("case_id")).order_by(_message.at, _message.ts)
_LAST_IN_THREAD = (
    select(_message.case_id)
    .where(
        _message.channel == bindparam("channel"),
        or_(_message.ts == bindparam("thread_ts"), _message.thread_ts == bindparam("thread_ts")),
    )
    .order_by(_message.at.desc(), _message.ts.desc())
    .limit(1)
)
_EDIT = update(tables.messages).where(*_HERE).returning(_message.case_id)
_DELETE = delete(tables.messages).where(*_HERE).returning(_message.case_id)

_LOG = insert(tables.actions)
_ACTIONS = _actions.select.where(_action.case_id == bindparam("case_id")).order_by(_action.at, _action.id)


class SqlCases(Repository):
    async def add(self, case: CaseRecord) -> None:
        await self._do(_ADD, **_cases.values(case))

    async def get(self, case_id: str) -> CaseRecord | None:
        return await self._one(_cases, self._held(_CASE), id=case_id)

    async def save(self, case: CaseRecord) -> CaseRecord:
        written = replace(case, version=case.version + 1)
        if not await self._do(_SAVE, this_id=case.id, read_version=case.version, **_cases.values(written)):
            raise StaleWrite(f"case {case.id} was written by somebody else after version {case.version} was read")
        return written

    async def by_thread(self, channel: str, thread_ts: str) -> CaseRecord | None:
        await self._hold_channel(channel)
        case_id = await self._scalar(_LAST_IN_THREAD, channel=channel, thread_ts=thread_ts)
        if case_id is not None:
            return await self.get(case_id)
        return await self._one(_cases, self._held(_BEGUN_BY), channel=channel, thread_ts=thread_ts)

    async def begun_by(self, channel: str, ts: str) -> CaseRecord | None:
        return await self._one(_cases, self._held(_BEGUN_BY), channel=channel, thread_ts=ts)

    async def latest_open(self, channel: str, since: datetime) -> CaseRecord | None:
        await self._hold_channel(channel)
        return await self._one(_cases, self._held(_LATEST_OPEN), channel=channel, since=since)

    async def open_cases(self, *, agent: str | None = None, limit: int = 50) -> Sequence[CaseRecord]:
        if agent is None:
            return await self._all(_cases, _OPEN_CASES, limit=limit)
        return await self._all(_cases, _OPEN_OF_AGENT, agent=agent, limit=limit)

    async def untaken(self, *, offset: int, limit: int) -> Sequence[CaseRecord]:
        return await self._all(_cases, _UNTAKEN, offset=offset, limit=limit)

    async def open_in(self, channel: str, limit: int = 50) -> Sequence[CaseRecord]:
        return await self._all(_cases, self._held(_OPEN_IN), channel=channel, limit=limit)

    async def add_message(self, message: MessageRecord) -> bool:
        return bool(await self._do(self._transaction.insert_new(tables.messages), **_messages.values(message)))

    async def messages(self, case_id: str) -> Sequence[MessageRecord]:
        return await self._all(_messages, _MESSAGES, case_id=case_id)

    async def message(self, channel: str, ts: str) -> MessageRecord | None:
        return await self._one(_messages, _MESSAGE, in_channel=channel, at_ts=ts)

    async def edit_message(self, channel: str, ts: str, text: str, reading: Reading | None) -> str | None:
        case_id: str | None = await self._scalar(_EDIT, in_channel=channel, at_ts=ts, text=text, reading=reading)
        return case_id

    async def delete_message(self, channel: str, ts: str) -> str | None:
        case_id: str | None = await self._scalar(_DELETE, in_channel=channel, at_ts=ts)
        return case_id

    async def log(self, action: ActionRecord) -> None:
        await self._do(_LOG, **_actions.values(action))

    async def actions(self, case_id: str) -> Sequence[ActionRecord]:
        return await self._all(_actions, _ACTIONS, case_id=case_id)

    def _held(self, statement: Select[Any]) -> Select[Any]:
        """In a write unit the case stays ours until the unit ends."""
        return statement.with_for_update(key_share=True) if self._transaction.holds else statement

    async def _hold_channel(self, channel: str) -> None:
        """Keeps two replicas from both finding no case for a channel and both opening one."""
        if self._transaction.holds:
            await self._connection.execute(_HOLD_CHANNEL, {"channel": channel})
