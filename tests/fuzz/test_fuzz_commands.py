"""Whatever a command looks like: acknowledged, and answered politely or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutations import BURST, as_form, burst, commands
from tests.fuzz.product import Product, product, signed
from tests.fuzz.verdict import nobody_was_troubled

PAYLOADS = 4_000


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("fuzz")) as started:
        yield started
    nobody_was_troubled(started)


@settings(max_examples=PAYLOADS // BURST, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(burst(commands(), as_form))
def test_any_command_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}) for body in bodies]
    assert {status for status, _ in running.post(requests)} == {200}
