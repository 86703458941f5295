"""Two replicas on one PostgreSQL; one is killed in mid-work: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.store.store import SqlStore
from tests.postgres import PostgresUrl
from tests.scenarios.deployment import LEFT_BEHIND, Deployment
from tests.scenarios.desk import DESK, eventually, in_channel

pytestmark = pytest.mark.postgres

CUSTOMERS = {"C0EXTYF": "U0CUSTYF", "C0EXTLH": "U0CUSTLH", "C0EXTDM": "U0CUSTDM", "C0EXTCX": "U0CUSTCX"}
EACH = 8
"""Messages of each customer."""


@pytest.fixture
async def deployment(tmp_path: Path, postgres_url: PostgresUrl) -> AsyncIterator[Deployment]:
    running = Deployment(tmp_path, postgres_url("replicas"))
    await running.start_workspace()
    try:
        await running.start_bot(1)
        await running.start_bot(2)
        yield running
    finally:
        await running.stop()


async def test_a_killed_replica_loses_nothing_and_nothing_is_said_twice(deployment: Deployment) -> None:
    desk = deployment.desk
    for number in range(EACH):
        await asyncio.gather(
            *(desk.say(f"第 {number} 張出貨單又印不出來", user=user, channel=at) for at, user in CUSTOMERS.items())
        )
        if number == EACH // 2:
            deployment.bots[0].kill()

    async with await SqlStore.open(deployment.url) as store:

        async def all_kept() -> bool:
            async with store.read() as unit:
                cases = await unit.cases.open_cases()
                said = [message for case in cases for message in await unit.cases.messages(case.id)]
            return len(said) == EACH * len(CUSTOMERS) and len(cases) == len(CUSTOMERS)

        await eventually(all_kept, LEFT_BEHIND)

        async def all_shown() -> bool:
            return len(await desk.messages(in_channel(DESK))) >= len(CUSTOMERS)

        await eventually(all_shown, LEFT_BEHIND)
    cards = await desk.messages(in_channel(DESK))
    assert len(cards) == len(CUSTOMERS)
