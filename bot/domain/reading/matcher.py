"""Finds where patterns match, running only those that can.

A pattern is tried on a sentence only when every set of literals it needs has a member there. Literals are
looked up by the pairs of characters that the sentence holds, so the cost grows with what a message says
and hardly with the size of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Generic, TypeVar

from bot.domain.reading.model import Span
from bot.domain.reading.pattern import Need, Pattern
from bot.domain.reading.segments import Segments

T = TypeVar("T")

_HEAD = 2
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
        self._needs: dict[Need, int] = {}
        self._by_anchor: dict[int, list[tuple[T, Pattern, frozenset[int]]]] = {}
        for item, pattern in items:
            ids = [self._needs.setdefault(need, len(self._needs)) for need in pattern.needs]
            anchor = ids[pattern.needs.index(max(pattern.needs, key=_selectivity))]
            self._by_anchor.setdefault(anchor, []).append((item, pattern, frozenset(ids)))
        self._heads = _by_head(self._needs)

    def find(self, text: str, segments: Segments) -> Iterator[Hit[T]]:
        """Hits by sentence; overlapping ones of different patterns are all reported."""
        for index, span in enumerate(segments.sentences):
            present = self._present(text[span[0] : span[1]])
            for need in sorted(present & self._by_anchor.keys()):
                for item, pattern, needed in self._by_anchor[need]:
                    if needed <= present:
                        for match in islice(pattern.regex.finditer(text, *span), _MOST):
                            if _stands(pattern, match.span(), segments):
                                yield Hit(item, match.span(), index)

    def _present(self, sentence: str) -> set[int]:
        """The needs that some literal of ``sentence`` meets."""
        heads = {a + b for a, b in pairwise(sentence)}
        heads.update(sentence)
        found: set[int] = set()
        for head in heads & self._heads.keys():
            met, longer = self._heads[head]
            found |= met
            for word, needs in longer:
                if word in sentence:
                    found |= needs
        return found


def _stands(pattern: Pattern, span: Span, segments: Segments) -> bool:
    return not pattern.opens or segments.opens(span[0])


def _selectivity(need: Need) -> tuple[int, int]:
    return min(map(len, need)), -len(need)


_Words = list[tuple[str, frozenset[int]]]


def _by_head(needs: dict[Need, int]) -> dict[str, tuple[frozenset[int], _Words]]:
    """For the first two characters of literals: the needs met by them alone, and the longer literals."""
    words: dict[str, set[int]] = {}
    for need, number in needs.items():
        for word in need:
            words.setdefault(word, set()).add(number)
    longer: dict[str, _Words] = {}
    for word, numbers in words.items():
        rest = longer.setdefault(word[:2], [])
        if len(word) > _HEAD:
            rest.append((word, frozenset(numbers)))
    return {head: (frozenset(words.get(head, ())), rest) for head, rest in longer.items()}
