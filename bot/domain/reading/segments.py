"""Cuts normalised text into sentences and clauses, as offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.domain.reading.model import Span

_SENTENCE_END = re.compile(r"[。!?\n;]+|…{2,}|\.{3,}")
_BREAK = re.compile(r"[,:;。!?、\n…~]+|\.{2,}| +")


@dataclass(frozen=True, slots=True)
class Segments:
    """``starts`` and ``ends`` delimit the clauses: clause ``i`` is ``text[starts[i]:ends[i]]``."""

    sentences: tuple[Span, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def clause_at(self, position: int) -> Span:
        index = max(0, bisect_right(self.starts, position) - 1)
        return self.starts[index], max(self.ends[index], position)

    def opens(self, position: int) -> bool:
        """Whether a clause begins here."""
        index = bisect_left(self.starts, position)
        return index < len(self.starts) and self.starts[index] == position


def segment(text: str) -> Segments:
    """A closing mark belongs to its sentence, so that a question shows; blank sentences are left out."""
    starts, ends = [0], []
    for mark in _BREAK.finditer(text):
        if _breaks(text, mark):
            ends.append(mark.start())
            starts.append(mark.end())
    return Segments(_sentences(text), tuple(starts), (*ends, len(text)))


def _sentences(text: str) -> tuple[Span, ...]:
    found: list[Span] = []
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if text[start : mark.start()].strip():
            found.append((start, mark.end()))
        start = mark.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return tuple(found)


def _breaks(text: str, mark: re.Match[str]) -> bool:
    """Commas and colons inside figures do not break, nor do blanks next to Latin words."""
    before = text[mark.start() - 1] if mark.start() else ""
    after = text[mark.end()] if mark.end() < len(text) else ""
    if mark.group() in {",", ":"}:
        return not (before.isdigit() and after.isdigit())
    if mark.group().isspace() and "\n" not in mark.group():
        return not before.isascii() and not after.isascii()
    return True
