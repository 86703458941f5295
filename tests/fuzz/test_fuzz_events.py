"""Whatever an event looks like: kept or left, acknowledged, and no trace of trouble before anybody's eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutations import BURST, as_json, burst, events
from tests.fuzz.product import Product, product, signed
from tests.fuzz.verdict import nobody_was_troubled

PAYLOADS = 5_000


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("fuzz")) as started:
        yield started
    nobody_was_troubled(started)


@settings(max_examples=PAYLOADS // BURST, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(burst(events(), as_json))
def test_any_event_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/json"}) for body in bodies]
    assert {status for status, _ in running.post(requests)} == {200}
