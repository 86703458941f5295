"""What our replies promise and which hints were given, as the store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.commitments import HintRecord, PromiseRecord
from bot.domain.desk import CaseRecord


class Promises(Protocol):
    async def note(self, channel: str, ts: str, promises: Sequence[PromiseRecord]) -> None:
        """What a message of ours promises, in place of what was noted of it before; what was kept stays kept."""

    async def kept(self, channel: str, ts: str, position: int, at: datetime) -> bool: ...

    async def of_case(self, case_id: str) -> Sequence[PromiseRecord]:
        """Oldest first, the kept ones among them."""

    async def due_of(self, user: str, *, offset: int, limit: int) -> Sequence[PromiseRecord]:
        """Open dated promises that ``user`` made or whose case is theirs; the earliest due first.

        A promise on which our side wrote again after it was due is not listed any more, nor are those of closed cases.
        """

    async def overdue(self, now: datetime, *, offset: int, limit: int) -> Sequence[PromiseRecord]:
        """Everybody's open promises that were due before ``now``, the same way."""


class Calls(Protocol):
    async def open_of(self, user: str, *, offset: int, limit: int) -> Sequence[CaseRecord]:
        """Open cases of which ``user``, an engineer, was told that the customer came straight to them; newest first."""


class Hints(Protocol):
    async def add(self, hint: HintRecord) -> bool:
        """False where the message got its hint before."""
