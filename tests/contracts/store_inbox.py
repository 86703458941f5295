"""What every store must do: the inbox."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.errors import StoreError
from tests.contracts.records import (
    LEASE,
    NOW,
    an_event,
)


class InboxContract:
    async def test_event_is_received_once(self, store, url):
        assert await store.receive(an_event())
        assert not await store.receive(an_event())
        async with await SqlStore.open(url) as other:
            assert not await other.receive(an_event())

    async def test_of_concurrent_deliveries_exactly_one_is_new(self, store, url):
        async with await SqlStore.open(url) as other:
            received = await asyncio.gather(*(s.receive(an_event()) for s in (store, other) * 25))
        assert received.count(True) == 1

    async def test_received_event_outlives_the_process(self, store, url):
        payload = {"event": {"text": "broken \x00 and \ud800", "blocks": [1, None, {"繁": "體"}]}}
        await store.receive(an_event(payload=payload))
        async with await SqlStore.open(url) as after:
            (event,) = await after.claim_events(NOW + LEASE * 2, LEASE, 10)
        assert (event.event_id, event.received_at, event.attempts) == ("Ev1", NOW, 2)
        assert event.payload["event"]["blocks"] == [1, None, {"繁": "體"}]
        assert event.payload["event"]["text"].startswith("broken \x00 and")

    async def test_event_that_is_done_is_never_claimed(self, store):
        await asyncio.gather(*(store.receive(an_event(f"Ev{n}")) for n in range(20)))
        await asyncio.gather(*(store.event_done(f"Ev{n}") for n in range(20) if n != 7))
        assert [e.event_id for e in await store.claim_events(NOW + LEASE * 2, LEASE, 50)] == ["Ev7"]

    async def test_claim_respects_the_lease_and_counts_attempts(self, store):
        await store.receive(an_event())
        assert await store.claim_events(NOW + LEASE, LEASE, 10) == []
        second = await store.claim_events(NOW + LEASE * 2, LEASE, 10)
        assert await store.claim_events(NOW + LEASE * 3, LEASE, 10) == []
        assert await store.event_failed("Ev1", "boom") == 2
        third = await store.claim_events(NOW + LEASE * 4, LEASE, 10)
        assert [e.attempts for e in (*second, *third)] == [2, 3]

    async def test_oldest_events_are_claimed_first(self, store):
        for minutes in (3, 1, 2):
            await store.receive(an_event(f"Ev{minutes}", at=NOW + timedelta(minutes=minutes)))
        claimed = await store.claim_events(NOW + timedelta(hours=1), LEASE, 2)
        assert [e.event_id for e in claimed] == ["Ev1", "Ev2"]

    async def test_replicas_claiming_at_once_never_share_an_event(self, store, url):
        await asyncio.gather(*(store.receive(an_event(f"Ev{n}")) for n in range(60)))
        async with await SqlStore.open(url) as other:
            claims = await asyncio.gather(*(s.claim_events(NOW + LEASE * 2, LEASE, 5) for s in (store, other) * 10))
        claimed = [event.event_id for events in claims for event in events]
        assert len(claimed) == len(set(claimed))
        assert len(claimed) >= 50

    async def test_only_old_events_that_are_done_are_pruned(self, store):
        for name, at in (("old", NOW), ("pending", NOW), ("new", NOW + timedelta(days=2))):
            await store.receive(an_event(name, at=at))
        await store.event_done("old")
        await store.event_done("new")
        assert await store.prune_events(NOW + timedelta(days=1)) == 1
        assert await store.receive(an_event("old"))
        assert not await store.receive(an_event("new"))
        assert not await store.receive(an_event("pending"))

    async def test_id_the_database_cannot_hold_fails_its_own_caller_alone(self, store, unstorable_id):
        results = await asyncio.gather(
            *(store.receive(an_event(id_)) for id_ in ("Ev1", unstorable_id, "Ev2")), return_exceptions=True
        )
        assert (results[0], results[2]) == (True, True)
        assert isinstance(results[1], StoreError)

    async def test_closing_finishes_what_was_taken(self, store, url):
        calls = [asyncio.create_task(store.receive(an_event(f"Ev{n}"))) for n in range(50)]
        await asyncio.sleep(0)
        await store.close()
        assert await asyncio.gather(*calls) == [True] * 50
        with pytest.raises(StoreError):
            await store.receive(an_event("late"))
        async with await SqlStore.open(url) as after:
            assert len(await after.claim_events(NOW + LEASE * 2, LEASE, 100)) == 50

    async def test_check_passes_where_the_store_can_be_written(self, store):
        await store.check()
