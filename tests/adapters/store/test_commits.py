"""Group commit: one write for those who wait, each with an own answer."""

import asyncio

import pytest

from bot.adapters.store.commits import GroupCommit
from bot.adapters.store.database import RowRefused
from bot.domain.errors import StoreError


class Disk:
    """Doubles numbers; slow, and with faults to order."""

    def __init__(self):
        self.groups = []
        self.fault = None
        self.free = asyncio.Event()
        self.free.set()

    async def write(self, numbers):
        self.groups.append(list(numbers))
        await self.free.wait()
        if self.fault is not None:
            self.fault(numbers)
        return [number * 2 for number in numbers]


async def test_calls_during_a_commit_share_the_next():
    disk = Disk()
    commits = GroupCommit(disk.write)
    disk.free.clear()
    first = asyncio.create_task(commits.add(0))
    await asyncio.sleep(0)
    rest = [asyncio.create_task(commits.add(n)) for n in range(1, 50)]
    await asyncio.sleep(0.01)
    disk.free.set()
    assert await asyncio.gather(first, *rest) == [n * 2 for n in range(50)]
    assert disk.groups == [[0], list(range(1, 50))]


async def test_refused_value_fails_its_caller_alone():
    disk = Disk()

    def refuse(numbers):
        if 13 in numbers:
            raise RowRefused("13")

    disk.fault = refuse
    commits = GroupCommit(disk.write)
    results = await asyncio.gather(*(commits.add(n) for n in range(20)), return_exceptions=True)
    assert isinstance(results.pop(13), RowRefused)
    assert results == [n * 2 for n in range(20) if n != 13]


async def test_failed_database_fails_everyone_once_and_the_next_call_tries_again():
    disk = Disk()

    def fail(_):
        raise StoreError("down")

    disk.fault = fail
    commits = GroupCommit(disk.write)
    results = await asyncio.gather(*(commits.add(n) for n in range(20)), return_exceptions=True)
    assert {str(result) for result in results} == {"down"}
    assert len(disk.groups) == 1
    disk.fault = None
    assert await commits.add(1) == 2


async def test_caller_who_gives_up_does_not_disturb_the_others():
    disk = Disk()
    disk.free.clear()
    commits = GroupCommit(disk.write)
    calls = [asyncio.create_task(commits.add(n)) for n in range(3)]
    await asyncio.sleep(0)
    calls[1].cancel()
    disk.free.set()
    assert [await calls[0], await calls[2]] == [0, 4]


async def test_closed_takes_no_more():
    commits = GroupCommit(Disk().write)
    await commits.close()
    with pytest.raises(StoreError, match="closed"):
        await commits.add(1)
