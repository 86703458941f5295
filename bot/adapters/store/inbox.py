"""Inbound events: kept before they are acknowledged, attempted until they are done.

Every event is leased to whoever began the last attempt. Replicas that look for left-over work skip
rows another replica is claiming (SKIP LOCKED) and rows whose lease still runs, so each event has one
owner at a time. Work that outlives its lease can be attempted twice: handlers are idempotent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.store.columns import payload_text
from bot.adapters.store.commits import GroupCommit
from bot.adapters.store.database import Database, EventRow
from bot.adapters.store.tables import inbox
from bot.domain.desk import InboxRecord


class Inbox:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._arrivals = GroupCommit(self._insert)
        self._endings = GroupCommit(self._finish)

    async def receive(self, event: InboxRecord) -> bool:
        return await self._arrivals.add(EventRow(event.event_id, payload_text(event.payload), event.received_at))

    async def done(self, event_id: str) -> None:
        await self._endings.add(event_id)

    async def close(self) -> None:
        await self._arrivals.close()
        await self._endings.close()

    async def _insert(self, rows: Sequence[EventRow]) -> Sequence[bool]:
        first = {row.event_id: row for row in reversed(rows)}
        new = await self._database.insert_events(list(first.values()))
        return [row.event_id in new and first[row.event_id] is row for row in rows]

    async def _finish(self, event_ids: Sequence[str]) -> Sequence[None]:
        await self._database.finish_events(event_ids)
        return [None] * len(event_ids)


async def failed(connection: AsyncConnection, event_id: str, error: str) -> int:
    statement = update(inbox).where(inbox.c.event_id == event_id).values(error=error).returning(inbox.c.attempts)
    return (await connection.execute(statement)).scalar_one_or_none() or 0


async def claim(connection: AsyncConnection, now: datetime, lease: timedelta, limit: int) -> Sequence[InboxRecord]:
    free = (
        select(inbox.c.event_id)
        .where(~inbox.c.done, inbox.c.tried_at < now - lease)
        .order_by(inbox.c.received_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(inbox)
        .where(inbox.c.event_id.in_(free))
        .values(attempts=inbox.c.attempts + 1, tried_at=now)
        .returning(inbox.c.event_id, inbox.c.payload, inbox.c.received_at, inbox.c.attempts)
    )
    rows = await connection.execute(statement)
    claimed = [InboxRecord(row.event_id, orjson.loads(row.payload), row.received_at, row.attempts) for row in rows]
    return sorted(claimed, key=lambda event: event.received_at)


async def prune(connection: AsyncConnection, before: datetime) -> int:
    statement = delete(inbox).where(inbox.c.done, inbox.c.received_at < before)
    return (await connection.execute(statement)).rowcount
