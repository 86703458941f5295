"""Finds where patterns match, running only those that can.

A pattern is tried on a sentence only when every set of literals it needs has a member there. Literals are
looked up by the runs of characters that the sentence holds, so the cost grows with what a message says and
hardly with the size of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from bot.domain.reading.model import Span
from bot.domain.reading.pattern import Need, Pattern
from bot.domain.reading.runs import LONGEST_RUN, Vocabulary, folded
from bot.domain.reading.segments import Segments

T = TypeVar("T")

_BLANK = "\x00"
_MOST = 4
"""Hits of one pattern in one sentence; more of the same say nothing new."""


class Hit(NamedTuple, Generic[T]):
    """``sentence`` is the index of the sentence it stands in."""

    item: T
    span: Span
    sentence: int


Candidate = tuple[T, Pattern, int]
"""A pattern, what it speaks for, and a sentence where all of its needs are met."""


class Matcher(Generic[T]):
    """``items`` in the order in which hits of one sentence are to be reported."""

    def __init__(self, items: Sequence[tuple[T, Pattern]]) -> None:
        numbers: dict[Need, int] = {}
        for _, pattern in items:
            for need in pattern.needs:
                numbers.setdefault(need, len(numbers))
        anchors = [max(pattern.needs, key=_selectivity) for _, pattern in items]
        order = sorted(range(len(items)), key=lambda index: numbers[anchors[index]])
        needed = [frozenset(items[index][1].needs) - {anchors[index]} for index in order]
        self._items = [items[index] for index in order]
        self._needed = [frozenset(map(numbers.__getitem__, needs)) for needs in needed]
        self._by_run = _by_run(
            anchors=((word, rank) for rank, index in enumerate(order) for word in anchors[index]),
            needs=((word, numbers[need]) for need in frozenset().union(*needed) for word in need),
        )
        self._vocabulary = Vocabulary(self._by_run)

    @property
    def patterns(self) -> list[Pattern]:
        return [pattern for _, pattern in self._items]

    def find(self, text: str, segments: Segments) -> Iterator[Hit[T]]:
        """Hits by sentence; overlapping ones of different patterns are all reported."""
        return matches(text, segments, self.candidates(text, segments))

    def candidates(self, text: str, segments: Segments) -> list[Candidate[T]]:
        """By sentence; whether they match in ``text``, or in ``text`` with words blanked out, ``matches`` tells."""
        found: list[Candidate[T]] = []
        for sentence, span in enumerate(segments.sentences):
            known = [self._by_run[run] for run in self._vocabulary.known(text[slice(*span)])]
            anchored = frozenset[int]().union(*[ranks for ranks, _ in known])
            if anchored:
                met = frozenset[int]().union(*[numbers for _, numbers in known])
                possible = sorted([rank for rank in anchored if self._needed[rank] <= met])
                found += [(*self._items[rank], sentence) for rank in possible]
        return found


def matches(text: str, segments: Segments, candidates: Iterable[Candidate[T]]) -> Iterator[Hit[T]]:
    """Where the candidates do match, in their order."""
    for item, pattern, sentence in candidates:
        start, end = segments.sentences[sentence]
        for _ in range(_MOST):
            match = pattern.regex.search(text, start, end)
            if match is None:
                break
            if not pattern.opens or segments.opens(match.start()):
                yield Hit(item, match.span(), sentence)
            start = match.end()


def blanked(text: str, spans: Iterable[Span]) -> str:
    """``text`` as long as it was, with nothing to be found at ``spans``."""
    for start, end in spans:
        text = text[:start] + _BLANK * (end - start) + text[end:]
    return text


def _selectivity(need: Need) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


_Numbers = tuple[int, ...]


def _by_run(
    anchors: Iterable[tuple[str, int]], needs: Iterable[tuple[str, int]]
) -> dict[str, tuple[_Numbers, _Numbers]]:
    """For the beginnings of words what may stand there: the anchors of which patterns, and which needs."""
    ranks, numbers = _numbers_by_run(anchors), _numbers_by_run(needs)
    shared: dict[object, Any] = {}
    by_run = {}
    for run in ranks.keys() | numbers.keys():
        pair = ranks.get(run, ()), numbers.get(run, ())
        by_run[run] = shared.setdefault(pair, pair)
    return by_run


def _numbers_by_run(words: Iterable[tuple[str, int]]) -> dict[str, _Numbers]:
    found: dict[str, set[int]] = {}
    for word, number in words:
        found.setdefault(folded(word)[:LONGEST_RUN], set()).add(number)
    return {run: tuple(sorted(numbers)) for run, numbers in found.items()}
