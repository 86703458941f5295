"""The whole product, started for a test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.desk import Desk


@pytest.fixture(params=["socket", "http"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    """The whole product over each transport."""
    running = await Desk.start(tmp_path / "demo.log", transport=request.param)
    try:
        yield running
    finally:
        await running.stop()


@pytest.fixture
async def socket_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Over Socket Mode alone, where the transport makes no difference."""
    running = await Desk.start(tmp_path / "demo.log")
    try:
        yield running
    finally:
        await running.stop()
