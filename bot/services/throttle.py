"""A token bucket: so many calls a second, with a reserve for bursts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class TokenBucket:
    """``rate`` tokens a second, at most ``burst`` kept. Those who wait are served in the order they came."""

    def __init__(self, rate: float, burst: float, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._monotonic = monotonic
        self._tokens = burst
        self._at = monotonic()

    async def take(self) -> None:
        """Returns when a token is there; a debt is the queue."""
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        if self._tokens < 0:
            await asyncio.sleep(-self._tokens / self._rate)
