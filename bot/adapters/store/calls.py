"""Cases whose customers came past the agent to an engineer, as the notes to the engineer show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, literal

from bot.adapters.store import tables
from bot.adapters.store.rows import Mapper, Repository
from bot.domain.desk import CaseRecord, CaseStatus

_case = tables.cases.c
_post = tables.posts.c
_cases = Mapper(CaseRecord, tables.cases)

_note = literal("bypass:") + _case.id + literal(":") + bindparam("user")
_OPEN_OF = (
    _cases.select.join(tables.posts, _post.op == _note)
    .where(_case.status == CaseStatus.OPEN)
    .order_by(_post.at.desc(), _case.id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)


class SqlCalls(Repository):
    async def open_of(self, user: str, *, offset: int, limit: int) -> Sequence[CaseRecord]:
        return await self._all(_cases, _OPEN_OF, user=user, offset=offset, limit=limit)
