"""What the triage's estimate means for the customer: the price of doing the job once, and whether time is left."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.cases import Case
from bot.domain.contracts import Contract, ContractState
from bot.domain.money import Currency, Money
from bot.domain.reading.model import Precision, Reading


def once_price(case: Case, contract: Contract | None) -> Money | None:
    """What the CRM lists for doing a job once, as far as it holds for this one.

    The triage's cost is what the job costs us: no customer is ever told it (rule 64). It only says that the listed
    price does not hold, where it is above that price or in another currency. Then there is no price to be quoted.
    """
    listed, cost = contract.one_off_price if contract else None, case.triage.cost
    if listed is None or listed.amount <= 0:
        return None
    holds = cost is None or (cost.currency in (None, listed.currency) and cost.amount <= listed.amount)
    return listed if holds else None


def renewal_price(state: ContractState, contract: Contract) -> Money | None:
    """What renewing costs; a contract that was ended early is not open to renewal."""
    price = contract.renewal_price
    return price if price and price.amount > 0 and state is not ContractState.TERMINATED else None


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
