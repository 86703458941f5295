"""Repositories of the store: what was changed in cases, set for channels, told to agents, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.changes import CaseChange
from bot.domain.channels import ChannelMode, ChannelRecord, NudgeRecord
from bot.domain.errands import Errand


class Changes(Protocol):
    """Who did what to a case; and moving what hangs on one case to another."""

    async def add(self, change: CaseChange) -> None: ...

    async def of_case(self, case_id: str) -> Sequence[CaseChange]:
        """Oldest first."""

    async def move_all(self, source: str, target: str) -> None:
        """Everything that hangs on ``source`` hangs on ``target``, also what was merged into it before.

        What a case has only one of stays where it is: the opportunity, whose buttons carry the case, and the nudge.
        """

    async def move_message(self, channel: str, ts: str, target: str) -> None: ...


class Channels(Protocol):
    async def of(self, channel: str) -> ChannelRecord:
        """Nothing set where nothing is stored."""

    async def modes(self) -> Mapping[str, ChannelMode]:
        """What is set, by channel."""

    async def save(self, record: ChannelRecord) -> None: ...


class Nudges(Protocol):
    async def of_case(self, case_id: str) -> NudgeRecord:
        """Never told where nothing is stored."""

    async def save(self, record: NudgeRecord) -> None: ...

    async def held(self, now: datetime, limit: int = 50) -> Sequence[NudgeRecord]:
        """Those held back until ``now`` or before, the oldest first."""


class Errands(Protocol):
    """What has to follow from a change, left in the unit that makes it."""

    async def leave(self, errand: Errand) -> None:
        """In the place of an older one of its kind and subject."""

    async def done(self, errand: Errand) -> None:
        """Not to be run again; one that was left or taken anew since stays."""

    async def claim(self, now: datetime, lease: timedelta, limit: int = 50) -> Sequence[Errand]:
        """Takes those that are due; each goes to exactly one caller, also among replicas, who has ``lease`` for it."""
