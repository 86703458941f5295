"""Short runs of characters: what both the rules and the weights are looked up by.

Looking up every run of a text costs as much whether a lexicon has a hundred words or a hundred thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import add

LONGEST_RUN = 4
_FIGURE = re.compile("[1-9]")


def folded(plain: str) -> str:
    """Figures look alike: their digits say little, and there are too many of them to know."""
    return _FIGURE.sub("0", plain)


class Runs:
    """Every run of up to four characters of a normalised text, ``folded``."""

    __slots__ = ("_by_length",)

    def __init__(self, plain: str) -> None:
        one = folded(plain)
        two = list(map(add, one, one[1:]))
        three = list(map(add, two, one[2:]))
        four = list(map(add, three, one[3:]))
        self._by_length: tuple[Sequence[str], ...] = (one, two, three, four)

    def by_length(self, start: int, end: int) -> list[Sequence[str]]:
        """Those that lie between two offsets: the short ones first, each kind in the order of the text."""
        return [runs[start : max(start, end - more)] for more, runs in enumerate(self._by_length)]

    def between(self, start: int, end: int) -> Iterator[str]:
        """Those that lie between two offsets, as often as they are there."""
        return chain.from_iterable(self.by_length(start, end))
