"""What follows from a stored change is done however often a process dies over it, and given up only for good reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.errands import Errand, ErrandKind
from bot.domain.errors import ChatUnreachable, FollowsLater, NotAllowed, PlaceShared
from bot.services.errands import Errands
from bot.services.leases import LEASE, MAX_ATTEMPTS, WAITS
from bot.services.tasks import Tasks
from tests.services.fakes import FixedClock


class Bench:
    """``trouble`` is what stands in the way of every errand."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.clock, self.tasks = store, FixedClock(), Tasks()
        self.trouble: Exception | None = None
        self.tried: list[str] = []
        self.errands = self.process()

    def process(self) -> Errands:
        errands = Errands(self.store, self.clock, self.tasks)
        errands.carried_out_by({ErrandKind.ESCALATION: self.carry_out})
        return errands

    async def carry_out(self, errand: Errand) -> None:
        self.tried.append(errand.subject)
        if self.trouble is not None:
            raise self.trouble

    async def left(self) -> Errand:
        errand = self.errands.new(ErrandKind.ESCALATION, "esc_1")
        async with self.store.begin() as unit:
            await unit.errands.leave(errand)
        return errand

    async def sweep_after(self, time: timedelta = LEASE) -> None:
        self.clock.at += time
        await self.process().sweep()
        assert await self.tasks.drain(20) == 0


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield Bench(store)


async def test_what_is_done_is_not_done_again(bench: Bench) -> None:
    await bench.errands.run(await bench.left())
    await bench.sweep_after()
    assert bench.tried == ["esc_1"]


async def test_what_a_process_died_over_is_taken_up_after_its_lease_and_not_before(bench: Bench) -> None:
    await bench.left()
    await bench.sweep_after(LEASE - timedelta(seconds=1))
    assert bench.tried == []
    await bench.sweep_after()
    await bench.sweep_after()
    assert bench.tried == ["esc_1"]


@pytest.mark.parametrize("trouble", [ChatUnreachable("down"), PlaceShared("C1ESC")])
async def test_what_waits_for_slack_follows_once_it_can(bench: Bench, trouble: Exception) -> None:
    bench.trouble = trouble
    with pytest.raises((FollowsLater, PlaceShared)):
        await bench.errands.run(await bench.left())
    for _ in range(MAX_ATTEMPTS * 2):
        await bench.sweep_after()
    bench.trouble = None
    before = len(bench.tried)
    for _ in range(3):
        await bench.sweep_after()
    assert len(bench.tried) == before + 1


async def test_what_waited_for_a_day_is_given_up(bench: Bench) -> None:
    bench.trouble = ChatUnreachable("down")
    await bench.left()
    await bench.sweep_after(WAITS + LEASE)
    await bench.sweep_after()
    assert bench.tried == ["esc_1"]


async def test_what_breaks_again_and_again_is_given_up(bench: Bench) -> None:
    bench.trouble = ValueError("a bug")
    await bench.left()
    for _ in range(MAX_ATTEMPTS * 2):
        await bench.sweep_after()
    assert len(bench.tried) == MAX_ATTEMPTS - 1, "the first attempt was that of the process that died"


async def test_what_there_is_no_reason_for_any_more_is_dropped(bench: Bench) -> None:
    bench.trouble = NotAllowed()
    with pytest.raises(NotAllowed):
        await bench.errands.run(await bench.left())
    await bench.sweep_after()
    assert bench.tried == ["esc_1"]


async def test_a_timer_is_found_by_the_next_process(bench: Bench) -> None:
    due = bench.clock.at + timedelta(minutes=1)
    async with bench.store.begin() as unit:
        await unit.errands.leave(bench.errands.new(ErrandKind.ESCALATION, "esc_1", due=due))
    await bench.sweep_after(timedelta(seconds=59))
    assert bench.tried == []
    await bench.sweep_after(timedelta(seconds=1))
    assert bench.tried == ["esc_1"]
