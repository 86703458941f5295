"""Cuts normalised text into sentences and clauses, as offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.reading.model import Span

_SENTENCE_END = re.compile(r"[。!?\n;]+|…{2,}|\.{3,}")
_BREAK = re.compile(r"(?!(?<=\d)[,:]\d)[,:;。!?、\n…~]+|\.{2,}|(?<=[^\0-\x7f]) +(?=[^\0-\x7f])")
"""Commas and colons inside figures do not break, nor do blanks next to Latin words."""
LONGEST = 240
"""Characters of a clause, and of a sentence: nobody means one thing with more, and reading is dearer by it."""


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
    """A closing mark belongs to its sentence, so that a question shows; blank sentences are left out.

    What does not come to an end is cut: a clause anywhere, a sentence where a clause begins.
    """
    clauses = list(_clauses(text))
    starts = tuple([start for start, _ in clauses])
    return Segments(
        sentences=tuple([part for sentence in _sentences(text) for part in _parts(sentence, starts)]),
        starts=starts,
        ends=tuple([end for _, end in clauses]),
    )


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for stop, end in (*[mark.span() for mark in _BREAK.finditer(text)], (len(text), len(text))):
        while stop - start > LONGEST:
            yield start, start + LONGEST
            start += LONGEST
        yield start, stop
        start = end


def _parts(sentence: Span, starts: tuple[int, ...]) -> Iterator[Span]:
    start, end = sentence
    while end - start > LONGEST:
        clause = starts[bisect_right(starts, start + LONGEST) - 1]
        cut = clause if clause > start else start + LONGEST  # a run of marks may be as long
        yield start, cut
        start = cut
    yield start, end


def _sentences(text: str) -> list[Span]:
    found: list[Span] = []
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        if text[start : mark.start()].strip():
            found.append((start, mark.end()))
        start = mark.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found
