"""Time and identifiers as Slack makes them."""

from __future__ import annotations

import itertools
import secrets
import string
import time

_ALPHABET = string.ascii_uppercase + string.digits


class Clock:
    """Message timestamps are unique and rising in a workspace, so they serve as keys, as on Slack."""

    def __init__(self) -> None:
        self._last = 0
        self._count = itertools.count(1)

    def now(self) -> float:
        return time.time()

    def ts(self) -> str:
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def number(self) -> int:
        return next(self._count)


def new_id(prefix: str, length: int = 9) -> str:
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(length))
