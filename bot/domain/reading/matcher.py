"""Finds where patterns match, running only those that can.

A pattern is tried on a sentence only when every set of literals it needs has a member there. Literals are
looked up by the runs of characters that the sentence holds, so the cost grows with what a message says and
hardly with the size of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        self._by_anchor: dict[int, list[tuple[T, Pattern, frozenset[int]]]] = {}
        for item, pattern in items:
            ids = [needs.setdefault(need, len(needs)) for need in pattern.needs]
            anchor = ids[pattern.needs.index(max(pattern.needs, key=_selectivity))]
            self._by_anchor.setdefault(anchor, []).append((item, pattern, frozenset(ids)))
        self._met = _met_by_run(needs)

    def find(self, text: str, segments: Segments) -> Iterator[Hit[T]]:
        """Hits by sentence; overlapping ones of different patterns are all reported.

        ``text`` is the one that was segmented, or that one with words blanked out.
        """
        for index, (span, runs) in enumerate(zip(segments.sentences, segments.runs, strict=True)):
            present = frozenset[int]().union(*filter(None, map(self._met.get, runs)))
            for need in sorted(present & self._by_anchor.keys()):
                for item, pattern, needed in self._by_anchor[need]:
                    if needed <= present:
                        for match in islice(pattern.regex.finditer(text, *span), _MOST):
                            if not pattern.opens or segments.opens(match.start()):
                                yield Hit(item, match.span(), index)


def _selectivity(need: Need) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


def _met_by_run(needs: Mapping[Need, int]) -> dict[str, frozenset[int]]:
    """The needs that may be met where a run of characters stands: the beginning of one of their words."""
    found: dict[str, set[int]] = {}
    for need, number in needs.items():
        for word in need:
            found.setdefault(folded(word)[:LONGEST_RUN], set()).add(number)
    shared: dict[frozenset[int], frozenset[int]] = {}
    return {run: shared.setdefault(met, met) for run, met in ((r, frozenset(n)) for r, n in found.items())}
