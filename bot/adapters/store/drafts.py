"""Drafts that were shown, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import and_, bindparam, exists, func, insert, or_, select, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import CaseStatus, DraftRecord

_draft = tables.drafts.c
_case = tables.cases.c
_drafts = Mapper(DraftRecord, tables.drafts)

_ADD = insert(tables.drafts)
_DRAFT = _drafts.select.where(_draft.id == bindparam("id"))
_OF_CASE = _drafts.select.where(_draft.case_id == bindparam("case_id")).order_by(_draft.shown_at, _draft.id)
_OF_SHEET = _drafts.select.where(_draft.sheet == bindparam("sheet")).order_by(_draft.tone)
_MARK_SENT = update(tables.drafts).where(_draft.id == bindparam("this_id"), _draft.sent_at.is_(None))
_SHEET = update(tables.drafts).where(_draft.sheet == bindparam("this_sheet"))

_sibling = tables.drafts.alias("sibling")
_later = tables.drafts.alias("later")
_unsent = ~exists().where(_sibling.c.sheet == _draft.sheet, _sibling.c.sent_at.is_not(None))
_newest = ~exists().where(
    _later.c.case_id == _draft.case_id,
    or_(
        _later.c.sent_at >= _draft.shown_at,
        and_(_later.c.shown_to == _draft.shown_to, _later.c.shown_at > _draft.shown_at),
    ),
)
_WAITING = (
    select(_draft.sheet, func.min(_draft.kept_at).label("kept"), func.max(_draft.shown_at).label("shown"))
    .join(tables.cases, _case.id == _draft.case_id)
    .where(_draft.shown_to == bindparam("user"), _draft.thrown_at.is_(None), _unsent)
    .where(or_(_draft.kept_at.is_not(None), and_(_newest, _case.status == CaseStatus.OPEN)))
    .group_by(_draft.sheet)
    .order_by(func.min(_draft.kept_at).is_(None), func.max(_draft.shown_at).desc(), _draft.sheet)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
    .subquery("waiting")
)
_ON_WAITING = _drafts.select.join(_WAITING, _WAITING.c.sheet == _draft.sheet).order_by(
    _WAITING.c.kept.is_(None), _WAITING.c.shown.desc(), _draft.sheet, _draft.tone
)


class SqlDrafts(Repository):
    async def add(self, draft: DraftRecord) -> None:
        await self._do(_ADD, **_drafts.values(draft))

    async def get(self, draft_id: str) -> DraftRecord | None:
        return await self._one(_drafts, _DRAFT, id=draft_id)

    async def mark_sent(self, draft_id: str, text: str, by: str, at: datetime) -> bool:
        return bool(await self._do(_MARK_SENT, this_id=draft_id, sent_text=text, sent_by=by, sent_at=at))

    async def of_case(self, case_id: str) -> Sequence[DraftRecord]:
        return await self._all(_drafts, _OF_CASE, case_id=case_id)

    async def of_sheet(self, sheet: str) -> Sequence[DraftRecord]:
        return await self._all(_drafts, _OF_SHEET, sheet=sheet)

    async def keep(self, sheet: str, at: datetime) -> None:
        await self._do(_SHEET, this_sheet=sheet, kept_at=at)

    async def throw(self, sheet: str, at: datetime) -> None:
        await self._do(_SHEET, this_sheet=sheet, thrown_at=at)

    async def waiting_for(self, user: str, *, offset: int, limit: int) -> Sequence[tuple[DraftRecord, ...]]:
        found = await self._all(_drafts, _ON_WAITING, user=user, offset=offset, limit=limit)
        return [tuple(sheet) for _, sheet in groupby(found, key=lambda draft: draft.sheet)]
