"""Requests that are no payload at all: Slack's own are acknowledged, everybody else's are turned away untouched."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.mutations import BURST, HOSTILE, as_form, as_interaction, as_json, as_many_as, recorded
from tests.fuzz.product import Product, Request, signed

BODIES = [make(payload) for payload in recorded() for make in (as_json, as_form, as_interaction)]
TYPES = (
    "application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data", "application/json; charset=klingon",
    "", "💥".encode().decode("latin-1"), "application/json;" * 200,
)  # fmt: skip
PIECES = (
    b"",
    b"{",
    b"payload=",
    b"\xff\xfe",
    b"\x00",
    b"&",
    b"=",
    b"%",
    b"%zz",
    b"ssl_check=0&",
    b"\xef\xbb\xbf",
    b"[]",
    b"null",
    b"1e999",
)
cut = st.tuples(st.integers(0, 3_000), st.integers(0, 3_000), st.sampled_from(PIECES))
any_body = st.one_of(
    st.builds(lambda body, c: body[: c[0]] + c[2] + body[c[1] :], st.sampled_from(BODIES), cut),
    st.binary(max_size=200),
    st.sampled_from([json.dumps(value).encode() for value in HOSTILE]),
)
FORGED = st.sampled_from(["", "v0=", "v0=" + "0" * 64, "v1=x", "é", "v0=" + "é" * 32])
TIMES = st.sampled_from(["", "0", "abc", "-1", "1e9", "9" * 5_000, "²", "99999999999", " "])


PAYLOADS = 4_000
signed_bodies = st.lists(st.tuples(any_body, st.sampled_from(TYPES)), min_size=BURST, max_size=BURST)
unsigned_bodies = st.lists(
    st.builds(
        lambda body, how, signature, time: (body, _forged(body, how, signature, time)),
        st.sampled_from([body for body in BODIES if b"ssl_check" not in body]), st.integers(0, 3), FORGED, TIMES,
    ),
    min_size=BURST, max_size=BURST,
)  # fmt: skip


@as_many_as(PAYLOADS // 2)
@given(signed_bodies)
def test_anything_that_slack_signed_is_acknowledged(running: Product, sent: list[tuple[bytes, str]]) -> None:
    requests = [(body, signed(body) | {"Content-Type": kind}) for body, kind in sent]
    for (body, _), (status, _) in zip(requests, running.post(requests), strict=True):
        assert status == 200 or (status == 401 and not _is_text(body)), "what is no text cannot have been signed as one"


@as_many_as(PAYLOADS // 2)
@given(unsigned_bodies)
def test_nothing_that_slack_did_not_sign_is_touched(running: Product, requests: list[Request]) -> None:
    kept = len(running.logs)
    assert set(running.post(requests)) == {(401, b"")}
    assert len(running.logs) == kept


def _forged(body: bytes, how: int, signature: str, time: str) -> dict[str, str]:
    headers = {
        0: signed(body, secret="another-secret"),
        1: signed(body, age=400),
        2: signed(body + b" "),
        3: {"X-Slack-Signature": signature, "X-Slack-Request-Timestamp": time},
    }[how]
    return {name: value for name, value in headers.items() if value.strip()}


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
