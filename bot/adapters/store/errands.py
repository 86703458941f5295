"""What has to follow from stored changes, until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, update

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.errands import Errand

_errand = tables.errands.c
_errands = Mapper(Errand, tables.errands, {"by": "by_user"})

_THIS = (_errand.kind == bindparam("this_kind"), _errand.subject == bindparam("this_subject"))
_LEAVE = insert(tables.errands)
_REPLACE = delete(tables.errands).where(*_THIS)
_DONE = _REPLACE.where(_errand.due == bindparam("this_due"))
_TAKE = update(tables.errands).where(*_THIS)
_DUE = (
    _errands.select.where(_errand.due <= bindparam("now"))
    .order_by(_errand.due)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)


class SqlErrands(Repository):
    async def leave(self, errand: Errand) -> None:
        await self._do(_REPLACE, this_kind=errand.kind, this_subject=errand.subject)
        await self._do(_LEAVE, **_errands.values(errand))

    async def done(self, errand: Errand) -> None:
        await self._do(_DONE, this_kind=errand.kind, this_subject=errand.subject, this_due=errand.due)

    async def claim(self, now: datetime, lease: timedelta, limit: int = 50) -> Sequence[Errand]:
        found = await self._all(_errands, _DUE, now=now, limit=limit)
        taken = [replace(errand, due=now + lease, attempts=errand.attempts + 1) for errand in found]
        for errand in taken:
            values = {"due": errand.due, "attempts": errand.attempts}
            await self._do(_TAKE, this_kind=errand.kind, this_subject=errand.subject, **values)
        return taken
