"""What was set for channels, and when agents were told of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.channels import ChannelMode, ChannelRecord, NudgeRecord

_channel = tables.channels.c
_nudge = tables.nudges.c
_channels = Mapper(ChannelRecord, tables.channels, {"by": "by_user"})
_nudges = Mapper(NudgeRecord, tables.nudges)

_CHANNEL = _channels.select.where(_channel.channel == bindparam("this_channel"))
_MODES = select(_channel.channel, _channel.mode).where(_channel.mode.is_not(None))
_CHANGE = update(tables.channels).where(_channel.channel == bindparam("this_channel"))
_NUDGE = _nudges.select.where(_nudge.case_id == bindparam("this_case"))
_RENUDGE = update(tables.nudges).where(_nudge.case_id == bindparam("this_case"))
_HELD = (
    _nudges.select.where(_nudge.held_until <= bindparam("now"))
    .order_by(_nudge.held_until, _nudge.case_id)
    .limit(bindparam("limit"))
)


class SqlChannels(Repository):
    async def of(self, channel: str) -> ChannelRecord:
        return await self._one(_channels, _CHANNEL, this_channel=channel) or ChannelRecord(channel)

    async def modes(self) -> Mapping[str, ChannelMode]:
        return {row.channel: row.mode for row in await self._connection.execute(_MODES)}

    async def save(self, record: ChannelRecord) -> None:
        values = _channels.values(record)
        if not await self._do(self._transaction.insert_new(tables.channels), **values):
            await self._do(_CHANGE, this_channel=record.channel, **values)


class SqlNudges(Repository):
    async def of_case(self, case_id: str) -> NudgeRecord:
        return await self._one(_nudges, _NUDGE, this_case=case_id) or NudgeRecord(case_id)

    async def save(self, record: NudgeRecord) -> None:
        values = _nudges.values(record)
        if not await self._do(self._transaction.insert_new(tables.nudges), **values):
            await self._do(_RENUDGE, this_case=record.case_id, **values)

    async def held(self, now: datetime, limit: int = 50) -> Sequence[NudgeRecord]:
        return await self._all(_nudges, _HELD, now=now, limit=limit)
