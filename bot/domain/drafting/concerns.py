"""Concerns: what weighs on this customer beside the trouble itself, told by the words used for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.cases import Case
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Concerns:
    """``patterns`` by the name that take-ups ask for: guests who wait, a pay day, a boss who scolds."""

    patterns: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)

    def of(self, case: Case) -> frozenset[str]:
        """All concerns that the newest customer message shows."""
        message = case.last_customer_message
        if message is None:
            return frozenset()
        plain = normalise(message.text[:_LONGEST])
        return frozenset(
            name for name, patterns in self.patterns.items() if any(p.regex.search(plain) for p in patterns)
        )
