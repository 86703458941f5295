"""What Slack was asked is asked again by age, and at once when it says that it changed."""

from __future__ import annotations

import asyncio

from bot.adapters.slack.cache import Cache


async def test_an_answer_is_asked_for_again_when_it_is_old() -> None:
    asked: list[str] = []

    async def load(key: str) -> int:
        asked.append(key)
        return len(asked)

    cache = Cache(load, seconds=0.05)
    assert [await cache.get("S1"), await cache.get("S1")] == [1, 1]
    await asyncio.sleep(0.06)
    assert await cache.get("S1") == 2
    cache.forget("S1")
    assert await cache.get("S1") == 3
