"""What our replies promise, as the desk keeps it, and hints that were given on replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import Promise, PromiseState


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """One promise within one message of ours. ``due`` is None for a vague one.

    It is open until somebody says that it was kept, or its case is closed.
    """

    channel: str
    ts: str
    position: int
    """Its place among the promises of the message."""
    case_id: str
    by: str
    text: str
    due: datetime | None
    at: datetime
    kept_at: datetime | None = None

    def as_promise(self) -> Promise:
        """As drafting sees it. Who keeps it is a person's id here, which no customer is shown."""
        state = PromiseState.OPEN if self.kept_at is None else PromiseState.KEPT
        return Promise(self.text, due=self.due, state=state)

    def overdue(self, now: datetime) -> bool:
        return self.kept_at is None and self.due is not None and self.due < now


@dataclass(frozen=True, slots=True)
class HintRecord:
    """That ``user`` was told in private of a message of theirs which breaks ``rule``."""

    channel: str
    ts: str
    user: str
    rule: str
    at: datetime
