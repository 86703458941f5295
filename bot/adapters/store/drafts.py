"""Drafts that were shown, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import DraftRecord

_draft = tables.drafts.c
_drafts = Mapper(DraftRecord, tables.drafts)

_ADD = insert(tables.drafts)
_DRAFT = _drafts.select.where(_draft.id == bindparam("id"))
_OF_CASE = _drafts.select.where(_draft.case_id == bindparam("case_id")).order_by(_draft.shown_at, _draft.id)
_UNSENT_OF = (
    _drafts.select.where(_draft.shown_to == bindparam("user"), _draft.sent_at.is_(None))
    .order_by(_draft.shown_at.desc(), _draft.id)
    .limit(bindparam("limit"))
)
_MARK_SENT = update(tables.drafts).where(_draft.id == bindparam("this_id"), _draft.sent_at.is_(None))


class SqlDrafts(Repository):
    async def add(self, draft: DraftRecord) -> None:
        await self._do(_ADD, **_drafts.values(draft))

    async def get(self, draft_id: str) -> DraftRecord | None:
        return await self._one(_drafts, _DRAFT, id=draft_id)

    async def mark_sent(self, draft_id: str, text: str, by: str, at: datetime) -> bool:
        return bool(await self._do(_MARK_SENT, this_id=draft_id, sent_text=text, sent_by=by, sent_at=at))

    async def of_case(self, case_id: str) -> Sequence[DraftRecord]:
        return await self._all(_drafts, _OF_CASE, case_id=case_id)

    async def unsent_of(self, user: str, limit: int = 10) -> Sequence[DraftRecord]:
        return await self._all(_drafts, _UNSENT_OF, user=user, limit=limit)
