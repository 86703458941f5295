"""Web API rate limits: a token bucket per method, and per channel for ``chat.postMessage``."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class RateLimits:
    """Requests a minute, which is also the burst. Tiers as documented (docs.slack.dev/apis/web-api/rate-limits).

    The writing methods of a busy desk (``updates`` for chat.update, ``post_*`` for chat.postMessage in one channel) are
    wider than Slack's 50 a minute and 1 a second: a benchmark posts 20 customer messages a second into four channels.
    """

    tier1: int = 10
    tier2: int = 40
    tier3: int = 100
    tier4: int = 300
    updates_per_second: float = 40.0
    updates_burst: int = 80
    post_per_second: float = 25.0
    post_burst: int = 60

    @classmethod
    def strict(cls) -> RateLimits:
        """Slack's own figures, with the small bursts it grants."""
        return cls(1, 20, 50, 100, 50 / 60, 50, 1.0, 5)


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateGate:
    """``wait`` answers the seconds to put into Retry-After, 0 when the call may pass."""

    def __init__(self, limits: RateLimits | None, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._buckets: dict[str, _Bucket] = {}

    def clear(self) -> None:
        self._buckets.clear()

    def wait(self, method: str, tier: str, channel: str) -> int:
        if self._limits is None:
            return 0
        rate, burst = self._figures(self._limits, tier)
        key = f"{method}:{channel}" if tier == "post" else method
        bucket = self._buckets.setdefault(key, _Bucket(burst, self._now()))
        now = self._now()
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens < 1:
            return max(1, math.ceil((1 - bucket.tokens) / rate))
        bucket.tokens -= 1
        return 0

    @staticmethod
    def _figures(limits: RateLimits, tier: str) -> tuple[float, float]:
        if tier == "post":
            return limits.post_per_second, limits.post_burst
        if tier == "update":
            return limits.updates_per_second, limits.updates_burst
        per_minute = {"1": limits.tier1, "2": limits.tier2, "3": limits.tier3, "4": limits.tier4}[tier]
        return per_minute / 60, per_minute
