from __future__ import annotations

import asyncio

import pytest

from bot.services.ordering import OneAtATime
from bot.services.tasks import Tasks


async def test_turns_of_one_key_are_taken_in_order_of_arrival() -> None:
    turns, seen = OneAtATime(), []

    async def take(number: int) -> None:
        async with turns.turn("C1"):
            seen.append(number)
            await asyncio.sleep(0)
            seen.append(number)

    await asyncio.gather(*(take(n) for n in range(20)))
    assert seen == [n for n in range(20) for _ in range(2)]


async def test_other_keys_do_not_wait() -> None:
    turns = OneAtATime()
    async with turns.turn("C1"), asyncio.timeout(1), turns.turn("C2"):
        assert not turns.others_wait("C1")


async def test_a_turn_leaves_nothing_behind_even_after_an_error() -> None:
    turns = OneAtATime()
    for _ in range(2):
        with pytest.raises(LookupError):
            async with turns.turn("C1"):
                raise LookupError
    assert turns.__dict__ == {"_locks": {}, "_users": {}}


async def test_a_drain_waits_for_work_and_counts_what_it_had_to_stop() -> None:
    tasks, done = Tasks(), []

    async def quick() -> None:
        await asyncio.sleep(0.01)
        done.append(True)

    async def endless() -> None:
        await asyncio.Event().wait()

    tasks.spawn(quick(), "quick")
    tasks.spawn(endless(), "endless")
    assert await tasks.drain(0.1) == 1
    assert done == [True]
    assert await tasks.drain(0.1) == 0
