"""One running product for all sections of a file: each scene begins with a reset."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.privacy.scenes import PLAIN
from tests.scenarios.desk import Desk

SHARED_SUPPORT = "C0EXTYF,C0EXTLH,C0EXTDM,C0EXTCX"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    log = tmp_path_factory.mktemp("privacy") / "demo.log"
    running = await Desk.start(log, transport="http", env={"FENCUN_SUPPORT_CHANNELS": f"{SHARED_SUPPORT},{PLAIN}"})
    try:
        yield running
    finally:
        await running.stop()
