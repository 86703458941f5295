"""Drafts that were shown, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import DraftRecord

_drafts = Mapper(DraftRecord, tables.drafts)


class SqlDrafts(Repository):
    async def add(self, draft: DraftRecord) -> None:
        await self._do(insert(tables.drafts).values(_drafts.values(draft)))

    async def get(self, draft_id: str) -> DraftRecord | None:
        return await self._one(_drafts, select(*_drafts.columns).where(tables.drafts.c.id == draft_id))

    async def mark_sent(self, draft_id: str, text: str, by: str, at: datetime) -> bool:
        table = tables.drafts
        statement = update(table).where(table.c.id == draft_id, table.c.sent_at.is_(None))
        return await self._changed(statement.values(sent_text=text, sent_by=by, sent_at=at))

    async def of_case(self, case_id: str) -> Sequence[DraftRecord]:
        table = tables.drafts
        statement = select(*_drafts.columns).where(table.c.case_id == case_id).order_by(table.c.shown_at, table.c.id)
        return await self._all(_drafts, statement)

    async def unsent_of(self, user: str, limit: int = 10) -> Sequence[DraftRecord]:
        table = tables.drafts
        statement = (
            select(*_drafts.columns)
            .where(table.c.shown_to == user, table.c.sent_at.is_(None))
            .order_by(table.c.shown_at.desc(), table.c.id)
            .limit(limit)
        )
        return await self._all(_drafts, statement)
