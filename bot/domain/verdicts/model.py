"""What an answer can decide, and on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import Money


class VerdictKind(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    COUNTER = "counter"
    QUESTION = "question"
    UNCLEAR = "unclear"

    @property
    def decided(self) -> bool:
        return self not in (VerdictKind.QUESTION, VerdictKind.UNCLEAR)


@dataclass(frozen=True, slots=True)
class VerdictReading:
    """``discount`` is the share still to be paid; ``conditions`` are words of the answer. None where not said."""

    verdict: VerdictKind
    offer: Money | None = None
    discount: Decimal | None = None
    once: bool | None = None
    conditions: str | None = None
