"""The outbox: what was going to be said, and where it came to stand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import PostRecord, PostState

_post = tables.posts.c
_posts = Mapper(PostRecord, tables.posts)

_THIS = _post.op == bindparam("this_op")
_POST = _posts.select.where(_THIS)
_BY_TS = _posts.select.where(_post.channel == bindparam("channel"), _post.ts == bindparam("ts"))
_POSTED = update(tables.posts).where(_THIS)
_GONE = delete(tables.posts).where(_THIS)
_FORGET = delete(tables.posts).where(_THIS, _post.state == PostState.INTENDED)


class SqlPosts(Repository):
    async def intend(self, op: str, channel: str, at: datetime) -> PostRecord:
        intent = PostRecord(op, channel, PostState.INTENDED, at)
        if await self._do(self._transaction.insert_new(tables.posts), **_posts.values(intent)):
            return intent
        return await self.get(op) or intent

    async def posted(self, op: str, ts: str) -> None:
        await self._do(_POSTED, this_op=op, state=PostState.POSTED, ts=ts)

    async def forget(self, op: str) -> None:
        await self._do(_FORGET, this_op=op)

    async def gone(self, op: str) -> None:
        await self._do(_GONE, this_op=op)

    async def get(self, op: str) -> PostRecord | None:
        return await self._one(_posts, _POST, this_op=op)

    async def by_ts(self, channel: str, ts: str) -> PostRecord | None:
        return await self._one(_posts, _BY_TS, channel=channel, ts=ts)
