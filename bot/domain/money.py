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


_WRITTEN = {
    "NTD": Currency.TWD,
    "NT$": Currency.TWD,
    "NT": Currency.TWD,
    "新台幣": Currency.TWD,
    "新臺幣": Currency.TWD,
    "台幣": Currency.TWD,
    "RMB": Currency.CNY,
    "CNH": Currency.CNY,
    "人民币": Currency.CNY,
    "人民幣": Currency.CNY,
    "US$": Currency.USD,
    "HK$": Currency.HKD,
}


def currency_of(written: str) -> Currency | None:
    """The currency of a code, or of what people and systems write for one; None for any other."""
    code = written.strip().upper()
    return _WRITTEN.get(code) or (Currency(code) if code in Currency.__members__ else None)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of its currency (yuan, not cents)."""

    amount: Decimal
    currency: Currency | None = None
