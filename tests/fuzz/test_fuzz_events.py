"""Whatever an event looks like: kept or left, acknowledged, and no trace of trouble before anybody's eyes."""

from __future__ import annotations

from hypothesis import given

from tests.fuzz.mutations import as_json, as_many_as, burst, events
from tests.fuzz.product import Product, signed

PAYLOADS = 5_000


@as_many_as(PAYLOADS)
@given(burst(events(), as_json))
def test_any_event_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/json"}) for body in bodies]
    assert {status for status, _ in running.post(requests)} == {200}
