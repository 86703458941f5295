"""Whatever a click, a shortcut or a form looks like: acknowledged, and a form is answered with what Slack understands."""

from __future__ import annotations

import json

from hypothesis import given

from tests.fuzz.mutations import as_interaction, as_many_as, burst, interactions
from tests.fuzz.product import Product, signed

PAYLOADS = 7_000


@as_many_as(PAYLOADS)
@given(burst(interactions(), as_interaction))
def test_any_interaction_is_acknowledged(running: Product, bodies: list[bytes]) -> None:
    requests = [(body, signed(body) | {"Content-Type": "application/x-www-form-urlencoded"}) for body in bodies]
    for status, answer in running.post(requests):
        assert status == 200
        assert not answer or json.loads(answer)["response_action"] in ("errors", "update", "push", "clear")
