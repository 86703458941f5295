"""The outbox: what was going to be said, and where it came to stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import PostRecord, PostState

_posts = Mapper(PostRecord, tables.posts)


class SqlPosts(Repository):
    async def intend(self, op: str, channel: str, at: datetime) -> PostRecord:
        intent = PostRecord(op, channel, PostState.INTENDED, at)
        statement = self._insert(tables.posts).values(_posts.values(intent)).on_conflict_do_nothing()
        if await self._changed(statement):
            return intent
        return await self.get(op) or intent

    async def posted(self, op: str, ts: str) -> None:
        await self._do(update(tables.posts).where(tables.posts.c.op == op).values(state=PostState.POSTED, ts=ts))

    async def forget(self, op: str) -> None:
        table = tables.posts
        await self._do(delete(table).where(table.c.op == op, table.c.state == PostState.INTENDED))

    async def get(self, op: str) -> PostRecord | None:
        return await self._one(_posts, select(*_posts.columns).where(tables.posts.c.op == op))

    async def by_ts(self, channel: str, ts: str) -> PostRecord | None:
        table = tables.posts
        return await self._one(_posts, select(*_posts.columns).where(table.c.channel == channel, table.c.ts == ts))
