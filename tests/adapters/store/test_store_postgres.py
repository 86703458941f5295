"""The store's contract over a real PostgreSQL."""

import asyncio

import pytest

from tests.contracts.records import a_case, an_event
from tests.contracts.store import StoreContract


@pytest.mark.postgres
class TestPostgres(StoreContract):
    @pytest.fixture
    def url(self, postgres_url):
        return postgres_url("store")

    @pytest.fixture
    def unstorable_id(self):
        return "Ev\x00"

    async def test_connections_the_server_closed_are_replaced(self, store, postgres):
        await asyncio.gather(*(store.check() for _ in range(5)))
        postgres.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname LIKE 'store%' AND pid <> pg_backend_pid()"
        )
        await asyncio.sleep(0.1)
        assert await store.receive(an_event())
        async with store.begin() as unit:
            await unit.cases.add(a_case())
