"""Reading what arrives without trusting its shape.

Slack adds to its payloads, leaves out what it calls optional, and people's words hold whatever a keyboard or a
program can make. Each reader answers something of its own type for any input, so that no listener can fail before
it is guarded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_ID = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
_TS = re.compile(r"\d{1,11}\.\d{1,6}", re.ASCII)


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def listing(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def words(value: object) -> str:
    """Somebody's text, with U+FFFD for what no database and no answer can hold: NUL and lone surrogates."""
    if not isinstance(value, str):
        return ""
    text = value.replace("\x00", "\ufffd") if "\x00" in value else value
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def ident(value: object) -> str:
    """An id of Slack's, or empty: what is no id names nothing and nobody."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def stamp(value: object) -> str:
    """A message's ts, or empty."""
    return value if isinstance(value, str) and _TS.fullmatch(value) else ""
