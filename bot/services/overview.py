"""What waits for somebody, list by list and page by page, each line with its case and the ways to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.domain.commitments import PromiseRecord
from bot.domain.desk import CaseRecord, DraftRecord
from bot.domain.escalations import EscalationRecord
from bot.domain.home import PAGE_SIZE, HomeLine, HomeList, Page
from bot.domain.opportunities import OpportunityRecord
from bot.ports import Chat, Clock, Store
from bot.services.cards import CardService
from bot.services.cases import CaseService

PATIENCE = 1.0
"""Seconds a page waits for the CRM; its lines then say that the contract is not available."""

MOST_OPEN = 500
"""Open questions and opportunities that are looked through; what lies beyond turns up as these are closed."""

T = TypeVar("T")
Link = Callable[[T], Awaitable[str | None]]


class Overview:
    """Every list takes who asks and how many lines to pass over."""

    def __init__(self, store: Store, cases: CaseService, cards: CardService, chat: Chat, clock: Clock) -> None:
        self._store = store
        self._cases = cases
        self._cards = cards
        self._chat = chat
        self._clock = clock

    async def promises(self, user: str, offset: int) -> Page[PromiseRecord]:
        """The earliest due first, so what is overdue leads."""
        async with self._store.read() as unit:
            found = await unit.promises.due_of(user, offset=offset, limit=_take(HomeList.PROMISES))
        return await self._page(HomeList.PROMISES, offset, [(p, p.case_id) for p in found], self._promise)

    async def overdue(self, _user: str, offset: int) -> Page[PromiseRecord]:
        async with self._store.read() as unit:
            found = await unit.promises.overdue(self._clock.now(), offset=offset, limit=_take(HomeList.OVERDUE))
        return await self._page(HomeList.OVERDUE, offset, [(p, p.case_id) for p in found], self._promise)

    async def cases(self, user: str, offset: int) -> Page[CaseRecord]:
        async with self._store.read() as unit:
            found = await unit.cases.open_cases(agent=user, limit=offset + _take(HomeList.CASES))
        return await self._page(HomeList.CASES, offset, [(c, c.id) for c in found[offset:]], self._card)

    async def untaken(self, _user: str, offset: int) -> Page[CaseRecord]:
        """What anybody of ours may take up."""
        async with self._store.read() as unit:
            found = await unit.cases.untaken(offset=offset, limit=_take(HomeList.UNTAKEN))
        return await self._page(HomeList.UNTAKEN, offset, [(c, c.id) for c in found], self._card)

    async def calls(self, user: str, offset: int) -> Page[CaseRecord]:
        """Cases whose customer came past the agent to this engineer."""
        async with self._store.read() as unit:
            found = await unit.calls.open_of(user, offset=offset, limit=_take(HomeList.CALLS))
        return await self._page(HomeList.CALLS, offset, [(c, c.id) for c in found], self._card)

    async def drafts(self, user: str, offset: int) -> Page[tuple[DraftRecord, ...]]:
        async with self._store.read() as unit:
            found = await unit.drafts.waiting_for(user, offset=offset, limit=_take(HomeList.DRAFTS))
        return await self._page(HomeList.DRAFTS, offset, [(sheet, sheet[0].case_id) for sheet in found], _nowhere)

    async def escalations(self, _user: str, offset: int) -> Page[EscalationRecord]:
        """The longest waiting first."""
        async with self._store.read() as unit:
            found = (await unit.escalations.open(limit=MOST_OPEN))[offset:]
        return await self._page(HomeList.ESCALATIONS, offset, [(e, e.case_id) for e in found], self._thread)

    async def opportunities(self, user: str, offset: int) -> Page[OpportunityRecord]:
        """Those of the person, and those that nobody owns."""
        async with self._store.read() as unit:
            every = await unit.opportunities.open(limit=MOST_OPEN)
        found = [record for record in every if (record.taken_by or record.owner) in (user, None)][offset:]
        return await self._page(HomeList.OPPORTUNITIES, offset, [(o, o.case_id) for o in found], self._tag)

    async def _page(self, listed: HomeList, offset: int, found: Sequence[tuple[T, str]], link: Link[T]) -> Page[T]:
        size = PAGE_SIZE[listed]
        lines = await asyncio.gather(*(self._line(record, case_id, link) for record, case_id in found[:size]))
        return Page(tuple(lines), offset, more=len(found) > size)

    async def _line(self, record: T, case_id: str, link: Link[T]) -> HomeLine[T]:
        dossier = await self._cases.dossier(case_id, patience=PATIENCE)
        case = dossier.record
        return HomeLine(
            record, dossier, await link(record), await self._chat.permalink(case.channel, case.reply_thread)
        )

    async def _promise(self, record: PromiseRecord) -> str | None:
        return await self._chat.permalink(record.channel, record.ts)

    async def _card(self, record: CaseRecord) -> str | None:
        return await self._cards.link(record.id)

    async def _thread(self, record: EscalationRecord) -> str | None:
        return await self._chat.permalink(record.channel, record.ts) if record.ts else None

    async def _tag(self, record: OpportunityRecord) -> str | None:
        async with self._store.read() as unit:
            posted = await unit.posts.get(f"sales:{record.case_id}")
        return await self._chat.permalink(posted.channel, posted.ts) if posted and posted.ts else None


async def _nowhere(_: object) -> None:
    """Drafts are taken on the page itself."""


def _take(listed: HomeList) -> int:
    """One more than is shown, to know whether there are more."""
    return PAGE_SIZE[listed] + 1
