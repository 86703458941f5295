"""What the triage's estimate means for the customer: the price of doing the job once, and whether time is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.domain.cases import Case
from bot.domain.contracts import Contract
from bot.domain.money import Currency, Money
from bot.domain.reading.model import Precision, Reading

_NOTHING = Money(Decimal(0))


def once_price(case: Case, contract: Contract | None) -> Money | None:
    """What doing this job once costs the customer: the listed price, or the estimate where that is higher.

    None where neither is known, or where they are in two currencies.
    """
    listed = contract.one_off_price if contract and (contract.one_off_price or _NOTHING).amount > 0 else None
    estimated = case.triage.cost if (case.triage.cost or _NOTHING).amount > 0 else None
    if listed is None or estimated is None:
        price = listed or estimated
        return replace(price, currency=price.currency or currency_of(contract)) if price else None
    if estimated.currency not in (None, listed.currency):
        return None
    return Money(max(listed.amount, estimated.amount), listed.currency)


def currency_of(contract: Contract | None) -> Currency | None:
    """That of its prices."""
    price = contract and (contract.renewal_price or contract.one_off_price)
    return price.currency if price else None


_BY_THE_HOUR = (Precision.MINUTE, Precision.HOUR, Precision.HALF_DAY)


def too_late(case: Case, reading: Reading) -> bool:
    """Whether the work would end behind a time ahead that the customer names, even without a break."""
    hours = case.triage.hours
    if hours is None:
        return False
    done = case.now + timedelta(hours=float(hours))
    ahead = [date for date in reading.dates if date.at and date.at > case.now]
    return any(
        (date.at < done if date.precision in _BY_THE_HOUR else date.at.date() < done.date())
        for date in ahead
        if date.at and (date.before or date.precision in _BY_THE_HOUR)
    )
