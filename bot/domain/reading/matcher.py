"""Finds where patterns match, running only those that can.

A pattern is tried on a sentence only when every set of literals it needs has a member there. Literals are
looked up by the runs of characters that the sentence holds, so the cost grows with what a message says and
hardly with the size of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from bot.domain.reading.model import Span
from bot.domain.reading.pattern import Need, Pattern
from bot.domain.reading.runs import LONGEST_RUN, folded
from bot.domain.reading.segments import Segments

T = TypeVar("T")

_MOST = 4
"""Hits of one pattern in one sentence; more of the same say nothing new."""


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """``sentence`` is the index of the sentence it stands in."""

    item: T
    span: Span
    sentence: int


class Matcher(Generic[T]):
    """``items`` in the order in which hits of one sentence are to be reported."""

    def __init__(self, items: Sequence[tuple[T, Pattern]]) -> None:
        needs: dict[Need, int] = {}
        for _, pattern in items:
            for need in pattern.needs:
                needs.setdefault(need, len(needs))
        anchors = [max(pattern.needs, key=_selectivity) for _, pattern in items]
        order = sorted(range(len(items)), key=lambda index: needs[anchors[index]])
        self._items = [items[index] for index in order]
        self._needed = [frozenset(map(needs.__getitem__, pattern.needs)) for _, pattern in self._items]
        self._met = _by_run((word, number) for need, number in needs.items() for word in need)
        self._tried = _by_run((word, rank) for rank, index in enumerate(order) for word in anchors[index])

    def find(self, text: str, segments: Segments) -> Iterator[Hit[T]]:
        """Hits by sentence; overlapping ones of different patterns are all reported.

        ``text`` is the one that was segmented, or that one with words blanked out.
        """
        for index, (span, runs) in enumerate(zip(segments.sentences, segments.runs_of_sentences, strict=True)):
            for item, pattern in self._possible(runs):
                for match in islice(pattern.regex.finditer(text, *span), _MOST):
                    if not pattern.opens or segments.opens(match.start()):
                        yield Hit(item, match.span(), index)

    def _possible(self, runs: set[str]) -> list[tuple[T, Pattern]]:
        """What a sentence of these runs may match."""
        tried = frozenset[int]().union(*filter(None, map(self._tried.get, runs)))
        if not tried:
            return []
        met = frozenset[int]().union(*filter(None, map(self._met.get, runs)))
        return [self._items[rank] for rank in sorted(tried) if self._needed[rank] <= met]


def _selectivity(need: Need) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


def _by_run(words: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """The numbers of the words that may stand where a run of characters does: those that begin with it."""
    found: dict[str, set[int]] = {}
    for word, number in words:
        found.setdefault(folded(word)[:LONGEST_RUN], set()).add(number)
    shared: dict[frozenset[int], frozenset[int]] = {}
    return {
        run: shared.setdefault(numbers, numbers)
        for run, numbers in zip(found, map(frozenset, found.values()), strict=True)
    }
