"""Cues: what a customer's words show beside their labels, told by patterns; concerns that weigh, questions asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.cases import Case
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern

_LONGEST = 2000


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
            if any(pattern.regex.search(plain) for plain in said for pattern in patterns)
        )
