"""Whatever a command looks like: acknowledged, and answered politely or not at all."""

from __future__ import annotations

from hypothesis import given

from tests.fuzz.mutations import as_form, as_many_as, burst, commands
from tests.fuzz.product import Product, signed

PAYLOADS = 4_000


@as_many_as(PAYLOADS)
@given(burst(commands(), as_form))
def test_any_command_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}) for body in bodies]
    assert {status for status, _ in running.post(requests)} == {200}
