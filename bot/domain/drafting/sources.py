"""What the slots of one draft are read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.cases import Case
from bot.domain.drafting.situation import Situation
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WorkCalendar
from bot.domain.reading.model import Reading

Found = Iterator[tuple[str, str | None, str]]
"""Slots with their words, None where there is nothing to say, and the source of those."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All there is to read."""

    case: Case
    reading: Reading
    situation: Situation
    policy: Policy
    calendar: WorkCalendar


def local(at: datetime, policy: Policy) -> datetime:
    """In the tenant's time zone."""
    return at.astimezone(ZoneInfo(policy.timezone))
