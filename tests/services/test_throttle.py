"""How often the CRM is asked at most."""

from __future__ import annotations

import asyncio

from bot.services.throttle import TokenBucket


async def test_the_bucket_lets_a_burst_through() -> None:
    bucket = TokenBucket(rate=0.001, burst=5, monotonic=lambda: 0.0)
    async with asyncio.timeout(5):
        for _ in range(5):
            await bucket.take()


async def test_the_bucket_keeps_the_rate_after_the_burst() -> None:
    loop = asyncio.get_running_loop()
    bucket = TokenBucket(rate=100, burst=0, monotonic=lambda: 0.0)
    started = loop.time()
    await asyncio.gather(*(bucket.take() for _ in range(10)))
    assert loop.time() - started >= 0.09
