"""The privacy matrix: escalations, unclear, questions, decided."""

from __future__ import annotations

import pytest

from tests.privacy.trying import assert_as_written
from tests.scenarios.desk import Desk

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("section", ["escalations", "unclear", "questions", "decided"])
async def test_everybody_may_do_what_the_table_says_and_nothing_else(company: Desk, section: str) -> None:
    await assert_as_written(company, section)
