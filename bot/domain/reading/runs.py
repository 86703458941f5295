"""Short runs of characters: what both the rules and the weights are looked up by.

Looking up every run of a text costs as much whether a lexicon has a hundred words or a hundred thousand.
"""

from __future__ import annotations

import re
from operator import add

LONGEST_RUN = 4
_FIGURE = re.compile("[1-9]")


def folded(plain: str) -> str:
    """Figures look alike: their digits say little, and there are too many of them to know."""
    return _FIGURE.sub("0", plain)


def runs(plain: str) -> set[str]:
    """Every run of up to four characters of a normalised text, ``folded``."""
    one = folded(plain)
    two = list(map(add, one, one[1:]))
    three = list(map(add, two, one[2:]))
    return {*one, *two, *three, *map(add, three, one[3:])}
