"""One product for all payloads of a file, looked at when it has ended."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.product import Product, product
from tests.fuzz.verdict import nobody_was_troubled


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("fuzz")) as started:
        yield started
    nobody_was_troubled(started)
