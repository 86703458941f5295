"""The product's memory: repositories over one transaction, and the inbox of events."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.desk import (
    ActionRecord,
    CaseRecord,
    DraftRecord,
    InboxRecord,
    MessageRecord,
    PostRecord,
    Preference,
)
from bot.domain.escalations import EscalationRecord, QuestionRecord
from bot.domain.opportunities import OpportunityRecord
from bot.domain.reading.model import Reading
from bot.ports.commitments import Calls, Hints, Promises
from bot.ports.records import Changes, Channels, Errands, Nudges


class Cases(Protocol):
    async def add(self, case: CaseRecord) -> None: ...

    async def get(self, case_id: str) -> CaseRecord | None: ...

    async def save(self, case: CaseRecord) -> CaseRecord:
        """Writes against ``case.version``; returns the record with its new version. Raises ``StaleWrite``."""

    async def by_thread(self, channel: str, thread_ts: str) -> CaseRecord | None:
        """The case of what was said last in the thread, or the one that it began."""

    async def begun_by(self, channel: str, ts: str) -> CaseRecord | None:
        """The case that began with this message, whatever became of it."""

    async def latest_open(self, channel: str, since: datetime) -> CaseRecord | None:
        """The open case of the channel with the newest customer message, if that is not before ``since``."""

    async def add_message(self, message: MessageRecord) -> bool:
        """False where this channel and ts are already stored."""

    async def messages(self, case_id: str) -> Sequence[MessageRecord]:
        """Oldest first."""

    async def message(self, channel: str, ts: str) -> MessageRecord | None: ...

    async def edit_message(self, channel: str, ts: str, text: str, reading: Reading | None) -> str | None:
        """The case it belongs to, or None where it is not stored."""

    async def delete_message(self, channel: str, ts: str) -> str | None: ...

    async def log(self, action: ActionRecord) -> None: ...

    async def actions(self, case_id: str) -> Sequence[ActionRecord]: ...

    async def open_cases(self, *, agent: str | None = None, limit: int = 50) -> Sequence[CaseRecord]: ...

    async def untaken(self, *, offset: int, limit: int) -> Sequence[CaseRecord]:
        """Open cases that have a card and no agent, the longest waiting first."""

    async def open_in(self, channel: str, limit: int = 50) -> Sequence[CaseRecord]:
        """The open cases of a channel, the one with the newest customer message first."""


class Drafts(Protocol):
    async def add(self, draft: DraftRecord) -> None: ...

    async def get(self, draft_id: str) -> DraftRecord | None: ...

    async def mark_sent(self, draft_id: str, text: str, by: str, at: datetime) -> bool:
        """False where it was already sent: a draft is sent once."""

    async def of_case(self, case_id: str) -> Sequence[DraftRecord]: ...

    async def of_sheet(self, sheet: str) -> Sequence[DraftRecord]:
        """What was shown together, in the order of the tones."""

    async def keep(self, sheet: str, at: datetime) -> None: ...

    async def throw(self, sheet: str, at: datetime) -> None:
        """It waits for nobody any more; what was shown stays on record."""

    async def waiting_for(self, user: str, *, offset: int, limit: int) -> Sequence[tuple[DraftRecord, ...]]:
        """Sheets of ``user`` of which nothing was sent: kept ones first, then the newest of each open case that has
        had no reply since. Each by its newest first.
        """


class Escalations(Protocol):
    async def add(self, escalation: EscalationRecord) -> None: ...

    async def get(self, escalation_id: str) -> EscalationRecord | None:
        """In a write unit it is ours until the unit ends."""

    async def set_thread(self, escalation_id: str, ts: str) -> None: ...

    async def save(self, escalation: EscalationRecord) -> EscalationRecord:
        """Writes what may change against ``escalation.version``, its thread excepted. Raises ``StaleWrite``."""

    async def by_thread(self, channel: str, ts: str) -> EscalationRecord | None: ...

    async def of_case(self, case_id: str) -> Sequence[EscalationRecord]:
        """Oldest first."""

    async def open(self, limit: int = 50) -> Sequence[EscalationRecord]: ...


class Questions(Protocol):
    async def add(self, question: QuestionRecord) -> bool:
        """False where it is known already."""

    async def get(self, ts: str) -> QuestionRecord | None: ...

    async def answer(self, ts: str, text: str, by: str, at: datetime) -> bool:
        """False where it has an answer."""

    async def unanswered(self, escalation_id: str) -> Sequence[QuestionRecord]:
        """Oldest first."""


class Opportunities(Protocol):
    async def add(self, opportunity: OpportunityRecord) -> bool:
        """False where the case already has one."""

    async def of_case(self, case_id: str) -> OpportunityRecord | None:
        """Its own, else one of a case that was merged into it. In a write unit it is ours until the unit ends."""

    async def save(self, opportunity: OpportunityRecord) -> OpportunityRecord:
        """Writes against ``opportunity.version``. Raises ``StaleWrite``."""

    async def open(self, limit: int = 50) -> Sequence[OpportunityRecord]: ...


class Links(Protocol):
    """Which CRM customer a channel belongs to, where people said so."""

    async def customer_of(self, channel: str) -> str | None: ...

    async def link(self, channel: str, customer_id: str, by: str, at: datetime) -> None: ...

    async def unlink(self, channel: str) -> None: ...


class Preferences(Protocol):
    async def of(self, user: str) -> Preference:
        """The defaults where nothing was chosen."""

    async def save(self, preference: Preference) -> None: ...


class Posts(Protocol):
    """The outbox behind every visible post."""

    async def intend(self, op: str, channel: str, at: datetime) -> PostRecord:
        """Writes the intent, or returns the record that is already there."""

    async def posted(self, op: str, ts: str) -> None: ...

    async def forget(self, op: str) -> None:
        """The platform refused the post: nothing was said, so nothing is kept. What was posted stays known."""

    async def gone(self, op: str) -> None:
        """Somebody deleted the post: it may be made anew."""

    async def get(self, op: str) -> PostRecord | None: ...

    async def by_ts(self, channel: str, ts: str) -> PostRecord | None: ...


class Unit(Protocol):
    """One transaction. Leaving the block without an error commits; an error rolls back."""

    cases: Cases
    drafts: Drafts
    escalations: Escalations
    questions: Questions
    opportunities: Opportunities
    changes: Changes
    channels: Channels
    nudges: Nudges
    errands: Errands
    links: Links
    posts: Posts
    preferences: Preferences
    promises: Promises
    hints: Hints
    calls: Calls


class Store(Protocol):
    """The product's memory. Raises ``StoreError`` where the database cannot be used.

    A unit is short: nothing but the store is awaited inside it, never the chat platform or a CRM.
    A case that was read in a write unit is ours until the unit ends.
    """

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """A write transaction (serialised against other writers where the database needs it).

        Raises ``StaleWrite`` where somebody else wrote the same thing first: begin again. Inside another
        unit of the same task it is refused, because it would wait for itself.
        """

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A consistent view that waits for no writer; writing in it is refused."""

    async def receive(self, event: InboxRecord) -> bool:
        """Durably keeps an inbound event; False where its id is known. Concurrent calls share one commit.

        True also means that the first attempt at it is the caller's, beginning at ``event.received_at``.
        """

    async def event_done(self, event_id: str) -> None:
        """Never to be attempted again. Concurrent calls share one commit."""

    async def event_failed(self, event_id: str, error: str) -> int:
        """Keeps why an attempt failed and returns how many attempts were begun, this one included."""

    async def claim_events(self, now: datetime, lease: timedelta, limit: int) -> Sequence[InboxRecord]:
        """Takes events that are not done and whose last attempt began more than ``lease`` ago; oldest first.

        Each goes to exactly one caller, also among replicas, and begins a new attempt (counted in
        ``attempts``) whose lease runs from ``now``. A crash counts as an attempt.
        """

    async def prune_events(self, before: datetime) -> int:
        """Forgets events that are done and were received before that; returns how many."""

    async def check(self) -> None:
        """Returns when the store can be written."""
