"""What every store must do. A back end's test module subclasses this and gives the ``url`` fixture."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.adapters.store.store import SqlStore
from tests.contracts.store_cases import CaseContract
from tests.contracts.store_decisions import DecisionContract
from tests.contracts.store_drafts import DraftContract
from tests.contracts.store_inbox import InboxContract
from tests.contracts.store_units import UnitContract


class StoreContract(CaseContract, DraftContract, DecisionContract, UnitContract, InboxContract):
    @pytest.fixture
    async def store(self, url: str) -> AsyncIterator[SqlStore]:
        async with await SqlStore.open(url) as store:
            yield store
