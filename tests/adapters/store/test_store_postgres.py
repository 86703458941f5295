"""The store's contract over a real PostgreSQL."""

import pytest

from tests.contracts.store import StoreContract


@pytest.mark.postgres
class TestPostgres(StoreContract):
    @pytest.fixture
    def url(self, postgres_url):
        return postgres_url("store")

    @pytest.fixture
    def unstorable_id(self):
        return "Ev\x00"
