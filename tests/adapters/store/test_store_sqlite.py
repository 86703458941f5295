"""The store's contract over a SQLite file."""

import pytest

from tests.contracts.store import StoreContract


class TestSqlite(StoreContract):
    @pytest.fixture
    def url(self, tmp_path):
        return f"sqlite:///{tmp_path / 'fencun.db'}"

    @pytest.fixture
    def unstorable_id(self):
        return "Ev\ud800"
