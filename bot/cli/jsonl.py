"""Streams of JSON lines: one answer per line, same order, and a faulty line never stops the stream."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson

from bot.adapters.redaction import redact
from bot.domain.errors import CaseInputError, FencunError
from bot.garbage import collect_from_now

Item = dict[str, Any]

_LEADING_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*"([^"\\]{1,200})"')

MAX_LINE = 1_000_000
"""Bytes of one line: far above any conversation, far below what would hurt."""


def stream(answer: Callable[[Item], Item], source: BinaryIO | None = None, sink: BinaryIO | None = None) -> int:
    """Answers each line of ``source`` (stdin) on ``sink`` (stdout) as it comes; returns the exit code.

    ``answer`` takes the line's object and returns the fields of the output line; the ``id`` is put in front here.
    Where it raises, or the line is no JSON object, the output line is ``{"id", "error"}`` and the stream goes on.
    """
    source = sys.stdin.buffer if source is None else source
    sink = sys.stdout.buffer if sink is None else sink
    collect_from_now()
    for number, line in _lines(source):
        sink.write(orjson.dumps(_answer_line(answer, number, line)) + b"\n")
        sink.flush()  # a line that was asked is a line that is answered, also when somebody types
    return 0


def text_field(item: Item, name: str) -> str:
    """The required text ``name``. Raises ``CaseInputError``."""
    if name not in item:
        raise CaseInputError(f"{name}: is missing")
    value = item[name]
    if not isinstance(value, str):
        raise CaseInputError(f"{name}: must be a string, not {_kind(value)}")
    return value


def parse_object(raw: bytes, where: str) -> Item:
    """The JSON object in ``raw``. Raises ``CaseInputError`` that begins with ``where``."""
    try:
        item = orjson.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CaseInputError(f"{where}: is not UTF-8 (byte {error.start}); save the file as UTF-8") from error
    except orjson.JSONDecodeError as error:
        raise CaseInputError(f"{where}: is not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(item, dict):
        raise CaseInputError(f"{where}: must be a JSON object, not {_kind(item)}")
    return item


def _answer_line(answer: Callable[[Item], Item], number: int, line: bytes) -> Item:
    identity: str | int | None = _glimpsed(line)
    try:
        item = _parse(number, line)
        identity = _identity(item)
        return {"id": identity, **answer(item)}
    except FencunError as error:
        return {"id": identity, "error": redact(str(error))}
    except Exception as error:  # noqa: BLE001 - our own fault in one line must not cost the lines after it
        return {"id": identity, "error": redact(f"unexpected {type(error).__name__}: {error}")}


def _glimpsed(line: bytes) -> str | None:
    """The ``id`` that a line which cannot be parsed begins with, so that its sender knows which one it was."""
    found = _LEADING_ID.match(line)
    return found[1].decode("utf-8", "replace") if found else None


def _parse(number: int, line: bytes) -> Item:
    if _too_long(line):
        raise CaseInputError(f"line {number}: is longer than {MAX_LINE} bytes; split it")
    return parse_object(line, f"line {number}")


def _identity(item: Item) -> str | int | None:
    identity = item.get("id")
    if identity is not None and (not isinstance(identity, str | int) or isinstance(identity, bool)):
        raise CaseInputError(f"id: must be a string or a whole number, not {_kind(identity)}")
    return identity


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank; of one that is too long only the beginning."""
    number = 0
    while line := source.readline(MAX_LINE + 1):
        number += 1
        if _too_long(line):
            while (rest := source.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # a byte order mark, as Windows editors write it
        if line.strip():
            yield number, line


def _too_long(line: bytes) -> bool:
    return len(line) > MAX_LINE and not line.endswith(b"\n")


def _kind(value: object) -> str:
    """The JSON name of a value's type."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
