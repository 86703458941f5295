"""The store over SQL: opens, migrates, and hands out units."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from bot.adapters.store import inbox
from bot.adapters.store.calls import SqlCalls
from bot.adapters.store.cases import SqlCases
from bot.adapters.store.changes import SqlChanges
from bot.adapters.store.channels import SqlChannels, SqlNudges
from bot.adapters.store.database import Database, Transaction, failures_named
from bot.adapters.store.drafts import SqlDrafts
from bot.adapters.store.engine import connect
from bot.adapters.store.errands import SqlErrands
from bot.adapters.store.escalations import SqlEscalations, SqlQuestions
from bot.adapters.store.hints import SqlHints
from bot.adapters.store.links import SqlLinks
from bot.adapters.store.migrate import migrate
from bot.adapters.store.opportunities import SqlOpportunities
from bot.adapters.store.posts import SqlPosts
from bot.adapters.store.preferences import SqlPreferences
from bot.adapters.store.promises import SqlPromises
from bot.domain.desk import InboxRecord
from bot.domain.errors import StoreError
from bot.ports import Cases, Drafts, Escalations, Links, Opportunities, Posts, Preferences, Questions, Unit
from bot.ports.commitments import Calls, Hints, Promises
from bot.ports.records import Changes, Channels, Errands, Nudges


class SqlUnit:
    """All repositories over one transaction."""

    __slots__ = (
        "calls",
        "cases",
        "changes",
        "channels",
        "drafts",
        "errands",
        "escalations",
        "hints",
        "links",
        "nudges",
        "opportunities",
        "posts",
        "preferences",
        "promises",
        "questions",
    )

    def __init__(self, transaction: Transaction) -> None:
        self.cases: Cases = SqlCases(transaction)
        self.drafts: Drafts = SqlDrafts(transaction)
        self.escalations: Escalations = SqlEscalations(transaction)
        self.questions: Questions = SqlQuestions(transaction)
        self.opportunities: Opportunities = SqlOpportunities(transaction)
        self.changes: Changes = SqlChanges(transaction)
        self.channels: Channels = SqlChannels(transaction)
        self.nudges: Nudges = SqlNudges(transaction)
        self.errands: Errands = SqlErrands(transaction)
        self.links: Links = SqlLinks(transaction)
        self.posts: Posts = SqlPosts(transaction)
        self.preferences: Preferences = SqlPreferences(transaction)
        self.promises: Promises = SqlPromises(transaction)
        self.hints: Hints = SqlHints(transaction)
        self.calls: Calls = SqlCalls(transaction)


class SqlStore:
    """Conforms to ``ports.Store``. Closing it finishes what it has taken."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._inbox = inbox.Inbox(database)
        self._inside: set[asyncio.Task[object]] = set()

    @classmethod
    async def open(cls, url: str) -> Self:
        """Connects and brings the schema up to date. Raises ``StoreError`` saying what to mend."""
        with failures_named():
            database = await connect(url)
            try:
                await migrate(database)
            except BaseException:
                await database.close()
                raise
        return cls(database)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._inbox.close()
        await self._database.close()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        with failures_named():
            async with self._alone_in_task(), self._database.write() as transaction:
                yield SqlUnit(transaction)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        with failures_named():
            async with self._alone_in_task(), self._database.read() as transaction:
                yield SqlUnit(transaction)

    async def receive(self, event: InboxRecord) -> bool:
        return await self._inbox.receive(event)

    async def event_done(self, event_id: str) -> None:
        await self._inbox.done(event_id)

    async def event_failed(self, event_id: str, error: str) -> int:
        with failures_named():
            async with self._database.write() as transaction:
                return await inbox.failed(transaction.connection, event_id, error)

    async def claim_events(self, now: datetime, lease: timedelta, limit: int) -> Sequence[InboxRecord]:
        with failures_named():
            async with self._database.write() as transaction:
                return await inbox.claim(transaction.connection, now, lease, limit)

    async def prune_events(self, before: datetime) -> int:
        with failures_named():
            async with self._database.write() as transaction:
                return await inbox.prune(transaction.connection, before)

    async def check(self) -> None:
        with failures_named():
            await self._database.check()

    @asynccontextmanager
    async def _alone_in_task(self) -> AsyncIterator[None]:
        """A unit inside a unit would wait for itself for ever; better to say so."""
        task = asyncio.current_task()
        assert task is not None
        if task in self._inside:
            raise StoreError("a unit was begun inside another unit of the same task")
        self._inside.add(task)
        try:
            yield
        finally:
            self._inside.discard(task)
