"""Payloads broken in every way that a program, a network, another version or a bad person could break them.

A mutation is a few small numbers, so that hypothesis makes, shrinks and repeats them cheaply.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from handlers import names

DATA = Path(__file__).parents[1] / "data" / "slack"
Payload = dict[str, Any]


def recorded() -> list[Payload]:
    """What the workspace delivers, and what Slack sends besides."""
    return [
        json.loads(line)
        for file in ("payloads", "others")
        for line in (DATA / f"{file}.jsonl").read_text().splitlines()
    ]


def events() -> list[Payload]:
    return [p for p in recorded() if p.get("type") in ("event_callback", "url_verification", "app_rate_limited")]


def commands() -> list[Payload]:
    return [p for p in recorded() if "type" not in p]


def interactions() -> list[Payload]:
    return [p for p in recorded() if "type" in p and p not in events()]


NAMES = [value for name, value in vars(names).items() if name.isupper() and name != "EVENTS_PATH"]
DEEP = "@@deep@@"
"""Becomes a list in a list in a list …, deeper than ``json.dumps`` can write."""

HOSTILE: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**30, 1e308, float("nan"), float("inf"),
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "💥" * 5_000, "啊" * 50_000, "\u202e反", "e\u0301" * 50, "\r\n\r\n",
    [], {}, [[]], [{}], {"": ""}, [None], {"id": None}, {"id": {"id": 1}}, [1, "a"], DEEP,
    "U0CUSTYF", "U0AGENTTW", "U0SUPTW", "U0FENCUN", "USLACKBOT", "B0FENCUN", "W1", "C0DESK", "C0ESC", "C0EXTLH", "C0NOWHERE",
    "D1", "T_LANHAI", "0.0", "1e5", "inf", "-1.000001", "9" * 400, "1763800000.000100", "1.2.3",
    "case_1", "draft_1", "esc_1", "case_1|YF-1001", "|", "{", "null", '{"subject": 1}', '{"subject": "x", "more": []}',
    "../../etc/passwd", "'; drop table cases; --", "{0.__class__}", "%s%n", "<!channel> <@U0SUPTW> <http://x|y>", "<script>",
    "message", "message_changed", "message_deleted", "app_home_opened", "user_change", "channel_shared", "block_actions",
    "view_submission", "event_callback", "button", "static_select", "input", *NAMES,
]  # fmt: skip

WAYS = 9
step = st.tuples(st.integers(0, WAYS - 1), st.integers(0, 400), st.integers(0, len(HOSTILE) - 1))
steps = st.lists(step, min_size=1, max_size=5)
BURST = 8
"""Payloads of one example, sent at once."""


def as_many_as(payloads: int) -> settings:
    """Examples for so many payloads, the same in every run."""
    checks = list(HealthCheck)  # bursts are large, and a fixture for all of them is meant
    return settings(max_examples=payloads // BURST, derandomize=True, database=None, suppress_health_check=checks)


def burst(payloads: list[Payload], encode: Callable[[Payload], bytes]) -> st.SearchStrategy[list[bytes]]:
    """``BURST`` broken payloads as the bodies of requests."""
    one = st.builds(lambda payload, wanted: encode(mutate(payload, wanted)), st.sampled_from(payloads), steps)
    return st.lists(one, min_size=BURST, max_size=BURST)


def mutate(payload: Payload, wanted: list[tuple[int, int, int]]) -> Payload:
    broken = copy.deepcopy(payload)
    for way, where, what in wanted:
        spots = list(_spots(broken))
        if not spots:
            break
        holder, key = spots[where % len(spots)]
        _break(broken, holder, key, way, copy.deepcopy(HOSTILE[what]))
    return broken


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a payload as its holder and key."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _spots(value[key])


def _break(payload: Payload, holder: Any, key: Any, way: int, hostile: Any) -> None:
    was = holder[key]
    match way:
        case 0:
            del holder[key]
        case 1 | 2:
            holder[key] = hostile
        case 3:
            holder[key] = [was, hostile]
        case 4:
            holder[key] = {"id": was, "value": hostile}
        case 5:
            holder[key] = json.dumps(was)
        case 6 if isinstance(was, str):
            holder[key] = was + str(hostile)
        case 7 if isinstance(was, str) and was.startswith("{"):
            holder[key] = _inside(was, hostile)
        case 8:
            payload[str(hostile)[:40]] = was
        case _:
            holder[key] = was * 2 if isinstance(was, str | list) else hostile


def _inside(text: str, hostile: Any) -> str:
    """JSON within a text, as in ``private_metadata``: broken inside."""
    try:
        inner = json.loads(text)
    except ValueError:
        return text[: len(text) // 2]
    return json.dumps({**dict.fromkeys(inner, hostile), "more": hostile} if isinstance(inner, dict) else hostile)


def as_json(payload: Payload) -> bytes:
    return json.dumps(payload).replace(json.dumps(DEEP), "[" * 3_000 + "]" * 3_000).encode()


def as_form(payload: Payload) -> bytes:
    """A command: every field a text."""
    fields = {key: value if isinstance(value, str) else json.dumps(value) for key, value in payload.items()}
    return urlencode(fields, errors="surrogatepass").encode()


def as_interaction(payload: Payload) -> bytes:
    return urlencode({"payload": as_json(payload)}).encode()
