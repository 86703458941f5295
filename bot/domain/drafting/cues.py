"""Cues: what a customer's words show beside their labels, told by patterns; concerns that weigh, questions asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.cases import Case
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern

_LONGEST = 2000
_BEGINS = re.compile(r'(?:^|[,:;。!?、\n…~"\s])$')


@dataclass(frozen=True, slots=True)
class Cues:
    """``patterns`` by the name that plays and take-ups ask for: guests who wait, or whether it will cost."""

    patterns: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)

    def of(self, case: Case) -> frozenset[str]:
        """All that the customer's messages since our last one show."""
        said = [normalise(message.text[:_LONGEST]) for message in case.unanswered]
        return frozenset(
            name
            for name, patterns in self.patterns.items()
            if any(_shows(pattern, plain) for plain in said for pattern in patterns)
        )


def _shows(pattern: Pattern, plain: str) -> bool:
    if not pattern.opens:
        return bool(pattern.regex.search(plain))
    return any(_BEGINS.search(plain, 0, found.start()) for found in pattern.regex.finditer(plain))
