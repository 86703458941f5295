"""A few combinators that check JSON the way Slack does: every fault with its JSON pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

Check = Callable[[Any, str, list[str]], None]
"""Appends to the list what is wrong with the value found at the pointer."""


def fault(message: str, pointer: str) -> str:
    return f"{message} [json-pointer:{pointer or '/'}]"


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if not isinstance(value, str):
            faults.append(fault("must be a string", pointer))
        elif len(value) > most:
            faults.append(fault(f"must be less than {most + 1} characters", pointer))
        elif len(value) < least:
            faults.append(fault(f"must be more than {least - 1} characters", pointer))

    return check


def boolean(value: Any, pointer: str, faults: list[str]) -> None:
    if not isinstance(value, bool):
        faults.append(fault("must be a boolean", pointer))


def whole(least: int, most: int) -> Check:
    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            faults.append(fault("must be an integer", pointer))
        elif not least <= value <= most:
            faults.append(fault(f"must be between {least} and {most}", pointer))

    return check


def anything(value: Any, pointer: str, faults: list[str]) -> None:
    """For parts that Slack itself leaves open, such as the inside of rich text."""


def one_of(*allowed: str) -> Check:
    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if value not in allowed:
            faults.append(fault(f"must be one of: {', '.join(allowed)}", pointer))

    return check


def url(value: Any, pointer: str, faults: list[str]) -> None:
    string(3000)(value, pointer, faults)
    if not isinstance(value, str):
        return
    if not _is_url(value):
        faults.append(fault("invalid url", pointer))


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:  # brackets that hold no IPv6 address
        return False
    if not value.isprintable() or " " in value:
        return False
    return bool(parts.netloc) if parts.scheme in ("http", "https") else parts.scheme in ("mailto", "slack")


def text(most: int, *, plain: bool = False) -> Check:
    """A text object: ``plain_text``, or ``mrkdwn`` where that is allowed."""

    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if not isinstance(value, dict):
            faults.append(fault("must be an object", pointer))
            return
        kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
        extra: dict[str, Check] = {"emoji": boolean} if value.get("type") == "plain_text" else {"verbatim": boolean}
        shape({"type": one_of(*kinds), "text": string(most)}, extra)(value, pointer, faults)

    return check


def array(item: Check, least: int, most: int) -> Check:
    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if not isinstance(value, list):
            faults.append(fault("must be an array", pointer))
            return
        if len(value) > most:
            faults.append(fault(f"no more than {most} items allowed", pointer))
        if len(value) < least:
            faults.append(fault(f"no fewer than {least} items allowed", pointer))
        for index, entry in enumerate(value):
            item(entry, f"{pointer}/{index}", faults)

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check]) -> Check:
    """An object with these fields and no other."""

    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if not isinstance(value, dict):
            faults.append(fault("must be an object", pointer))
            return
        faults.extend(fault(f"missing required field: {name}", pointer) for name in required if value.get(name) is None)
        known = {**optional, **required}
        for name, part in value.items():
            if name not in known:
                faults.append(fault(f"invalid additional property: {name}", pointer))
            elif part is not None:
                known[name](part, f"{pointer}/{name}", faults)

    return check


def typed(table: Mapping[str, Check]) -> Check:
    """An object whose ``type`` chooses the check."""

    def check(value: Any, pointer: str, faults: list[str]) -> None:
        if not isinstance(value, dict):
            faults.append(fault("must be an object", pointer))
        elif not isinstance(value.get("type"), str):
            faults.append(fault("missing required field: type", pointer))
        elif value["type"] not in table:
            faults.append(fault(f"unsupported type: {value['type']}", f"{pointer}/type"))
        else:
            table[value["type"]](value, pointer, faults)

    return check
