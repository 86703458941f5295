"""What time it is: the machine's time in the tenant's zone, or the one that was asked for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """Conforms to ``ports.Clock``."""

    def __init__(self, timezone: ZoneInfo) -> None:
        self._timezone = timezone

    def now(self) -> datetime:
        return datetime.now(self._timezone)


class StoppedClock:
    """Conforms to ``ports.Clock``; always tells the time it was given, as the tenant's clocks show it."""

    def __init__(self, at: datetime, timezone: ZoneInfo) -> None:
        self._at = at.astimezone(timezone)

    def now(self) -> datetime:
        return self._at


def clock_in(timezone: ZoneInfo, at: datetime | None = None) -> SystemClock | StoppedClock:
    """The machine's clock, or one that stands still ``at`` a time."""
    return SystemClock(timezone) if at is None else StoppedClock(at, timezone)
