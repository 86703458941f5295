"""The privacy matrix: cases, shared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.privacy.trying import assert_as_written


@pytest.mark.parametrize("section", ["cases", "shared"])
async def test_everybody_may_do_what_the_table_says_and_nothing_else(tmp_path: Path, section: str) -> None:
    await assert_as_written(tmp_path / "demo.log", section)
