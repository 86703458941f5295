"""Times as other programs write them: ISO 8601, and never without an offset."""

from __future__ import annotations

from datetime import datetime

REASON = "must be a time with an offset, such as 2026-11-22T10:00:00+08:00"

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""Nobody means a time beyond; reckoning from one would leave the calendar."""


def parse_instant(value: object) -> datetime:
    """Raises ``ValueError`` for anything but such a time: a bare day or hour is another instant in every zone."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else None
    if at is None or at.tzinfo is None or not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise ValueError(REASON)
    return at
