"""Whatever a click, a shortcut or a form looks like: acknowledged, and a form is answered with what Slack understands."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.mutations import BURST, as_interaction, burst, interactions
from tests.fuzz.product import Product, product, signed
from tests.fuzz.verdict import nobody_was_troubled

PAYLOADS = 7_000


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    with product(tmp_path_factory.mktemp("fuzz")) as started:
        yield started
    nobody_was_troubled(started)


@settings(max_examples=PAYLOADS // BURST, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(burst(interactions(), as_interaction))
def test_any_interaction_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}) for body in bodies]
    for status, answer in running.post(requests):
        assert status == 200
        assert not answer or json.loads(answer)["response_action"] in ("errors", "update", "push", "clear")
