"""What a process said it kept is kept, though the process was killed the next moment."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta

import pytest

from bot.adapters.store.store import SqlStore
from tests.contracts.records import LEASE, NOW

RECEIVES_FOR_EVER = """
import asyncio, itertools, sys
from bot.adapters.store.store import SqlStore
from tests.contracts.records import an_event

async def main(url):
    numbers = itertools.count()
    async with await SqlStore.open(url) as store:
        async def receive():
            for number in numbers:
                assert await store.receive(an_event(f"Ev{number}"))
                print(f"Ev{number}", flush=True)
        await asyncio.gather(*(receive() for _ in range(20)))

asyncio.run(main(sys.argv[1]))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'fencun.db'}"
    return request.getfixturevalue("postgres_url")("crash")


async def test_no_acknowledged_event_is_lost_to_a_kill(url):
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", RECEIVES_FOR_EVER, url, stdout=PIPE)
    acknowledged = [(await process.stdout.readline()).decode().strip() for _ in range(200)]
    process.kill()
    acknowledged += (await process.communicate())[0].decode().split()
    async with await SqlStore.open(url) as store:
        kept = {event.event_id for event in await store.claim_events(NOW + timedelta(hours=1), LEASE, 100_000)}
    assert set(acknowledged) <= kept
