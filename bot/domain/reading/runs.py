"""Short runs of characters: what both the rules and the weights are looked up by.

Looking up the runs of a text costs as much whether a lexicon has a hundred words or a hundred thousand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, compress, count
from operator import add

LONGEST_RUN = 4
_FIGURE = re.compile("[1-9]")


def folded(plain: str) -> str:
    """Figures look alike: their digits say little, and there are too many of them to know."""
    return _FIGURE.sub("0", plain)


def runs(plain: str) -> set[str]:
    """All of a normalised text, of one to four characters, ``folded``."""
    said = folded(plain)
    lengths = range(1, LONGEST_RUN + 1)
    return {said[at : at + length] for length in lengths for at in range(len(said) - length + 1)}


class Vocabulary:
    """The runs that a table has, and how to tell which of them stand in a text."""

    __slots__ = ("_beginnings", "_runs")

    def __init__(self, runs: Mapping[str, object]) -> None:
        self._runs = runs.keys()
        self._beginnings = frozenset(run[:length] for run in runs for length in range(2, len(run)))

    def known(self, plain: str) -> set[str]:
        """Those that stand anywhere in a normalised text. Long ones are made only where they can be known."""
        said, begins = folded(plain), self._beginnings.__contains__
        one = list(said)
        two = list(map(add, one, one[1:]))
        starts = list(compress(count(), map(begins, two)))
        three = [said[start : start + 3] for start in starts]
        four = [said[start : start + 4] for start in compress(starts, map(begins, three))]
        return self._runs & chain(one, two, three, four)
