"""What every store must do: units of work and the outbox."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.desk import (
    PostRecord,
    PostState,
)
from bot.domain.errors import StaleWrite, StoreError
from tests.contracts.records import (
    NOW,
    a_case,
    a_draft,
    an_event,
    one_case,
)


class UnitContract:
    async def test_intent_is_kept_over_a_crash_before_the_post_is_known(self, store, url):
        async with store.begin() as unit:
            intent = await unit.posts.intend("card:case_1", "C0DESK", NOW)
        async with await SqlStore.open(url) as after, after.begin() as unit:
            assert await unit.posts.intend("card:case_1", "C0DESK", NOW + timedelta(hours=1)) == intent
            await unit.posts.posted("card:case_1", "7.0")
        async with store.read() as unit:
            posted = await unit.posts.get("card:case_1")
            assert await unit.posts.by_ts("C0DESK", "7.0") == posted
        assert posted == PostRecord("card:case_1", "C0DESK", PostState.POSTED, NOW, "7.0")

    async def test_refused_post_is_forgotten_a_made_one_never(self, store):
        async with store.begin() as unit:
            await unit.posts.intend("refused", "C0DESK", NOW)
            await unit.posts.forget("refused")
            await unit.posts.intend("made", "C0DESK", NOW)
            await unit.posts.posted("made", "7.0")
            await unit.posts.forget("made")
            assert await unit.posts.get("refused") is None
            assert (await unit.posts.get("made")).ts == "7.0"

    async def test_error_in_a_unit_undoes_it(self, store):
        async def fail() -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case())
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        async with store.read() as unit:
            assert await unit.cases.get("case_1") is None

    async def test_cancelled_unit_is_undone_and_the_store_goes_on(self, store):
        reached = asyncio.Event()

        async def never_ends() -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case())
                reached.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(never_ends())
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await one_case(store)

    async def test_units_cancelled_at_any_moment_leave_the_store_usable(self, store):
        async def write(number: int) -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case(f"case_{number}"))

        for number in range(30):
            task = asyncio.create_task(write(number))
            for _ in range(number % 10):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await write(1000)
        async with store.read() as unit:
            assert await unit.cases.get("case_1000") is not None

    async def test_unit_inside_a_unit_is_refused_instead_of_hanging(self, store):
        async with store.begin():
            with pytest.raises(StoreError, match="inside another unit"):
                async with store.begin():
                    pass
        await store.check()

    async def test_reading_neither_waits_for_a_writer_nor_sees_its_unfinished_work(self, store):
        await one_case(store)

        async def agent() -> str | None:
            async with store.read() as unit:
                return (await unit.cases.get("case_1")).agent

        async with store.begin() as unit:
            await unit.cases.save(replace(a_case(), agent="U0AGENTTW"))
            assert await asyncio.create_task(agent()) is None
        assert await agent() == "U0AGENTTW"

    async def test_read_unit_sees_one_state(self, store):
        await one_case(store)

        async def save() -> None:
            async with store.begin() as unit:
                await unit.cases.save(replace(a_case(), agent="U0AGENTTW"))

        async with store.read() as unit:
            before = await unit.cases.get("case_1")
            await asyncio.create_task(save())
            assert await unit.cases.get("case_1") == before

    async def test_unit_in_which_nothing_happens_leaves_nothing_behind(self, store):
        for _ in range(10):
            async with store.read():
                pass
            async with store.begin():
                pass
        await one_case(store)
        async with store.read() as unit:
            assert await unit.cases.get("case_1") is not None

    async def test_writing_in_a_read_unit_is_refused(self, store):
        with pytest.raises(StoreError):
            async with store.read() as unit:
                await unit.cases.add(a_case())
        await one_case(store)

    async def test_record_of_an_unknown_case_is_refused(self, store):
        with pytest.raises(StoreError) as caught:
            async with store.begin() as unit:
                await unit.drafts.add(a_draft())
        assert not isinstance(caught.value, StaleWrite)

    async def test_time_without_an_offset_is_refused(self, store):
        with pytest.raises(StoreError, match="offset"):
            async with store.begin() as unit:
                await unit.cases.add(a_case(opened_at=datetime(2026, 11, 22)))

    async def test_hundreds_of_calls_at_once_all_end(self, store):
        async def write(number: int) -> None:
            async with store.begin() as unit:
                await unit.cases.add(a_case(f"case_{number}"))

        async def read() -> None:
            async with store.read() as unit:
                await unit.cases.open_cases()

        async with asyncio.timeout(30):
            await asyncio.gather(
                *(write(n) for n in range(100)),
                *(read() for _ in range(100)),
                *(store.receive(an_event(f"Ev{n}")) for n in range(100)),
            )
        async with store.read() as unit:
            assert len(await unit.cases.open_cases(limit=200)) == 100
