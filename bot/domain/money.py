"""Money as the product handles it: an amount and, where it is known, a currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Currency(StrEnum):
    """ISO 4217 codes seen in the field. An unknown currency is ``None``, never a guess."""

    TWD = "TWD"
    CNY = "CNY"
    USD = "USD"
    HKD = "HKD"
    EUR = "EUR"
    JPY = "JPY"
    SGD = "SGD"
    MYR = "MYR"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency (yuan, not cents)."""

    amount: Decimal
    currency: Currency | None = None
