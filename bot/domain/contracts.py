"""Customers and contracts, and what state a contract is in on a given day.

The state comes from dates alone: CRM status fields stay at "running" long after a contract
lapsed (seen on Tryton and iTop). Days are the tenant's days, both ends inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from bot.domain.money import Money

T = TypeVar("T")


class ContractState(StrEnum):
    UPCOMING = "upcoming"
    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    UNKNOWN = "unknown"

    @property
    def covered(self) -> bool:
        """Whether service is owed today."""
        return self in (ContractState.ACTIVE, ContractState.EXPIRING)


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a record lives: ``source`` names the CRM, ``url`` opens it there."""

    source: str
    id: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """The sales person who owns an account."""

    name: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    ref: Ref
    name: str
    aliases: tuple[str, ...] = ()
    tier: str | None = None
    owner: Owner = Owner()
    since: date | None = None
    domain: str | None = None
    slack_channel: str | None = None
    slack_team: str | None = None

    @property
    def id(self) -> str:
        return self.ref.id


@dataclass(frozen=True, slots=True)
class Contract:
    """``end=None`` is open-ended, never expired. ``raw_status`` is for display only."""

    ref: Ref
    number: str
    kind: str
    product: str
    start: date | None
    end: date | None
    terminated: date | None = None
    tier: str | None = None
    raw_status: str | None = None
    renewal_price: Money | None = None
    one_off_price: Money | None = None


@dataclass(frozen=True, slots=True)
class CrmCase:
    ref: Ref
    opened_at: datetime
    closed_at: datetime | None
    subject: str
    complaint: bool | None = None
    justified: bool | None = None


@dataclass(frozen=True, slots=True)
class Goodwill:
    """Something once given as a favour or as amends."""

    ref: Ref
    granted_on: date
    kind: str
    money: Money | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    ref: Ref
    ordered_on: date
    title: str
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One logged contact between our people and the customer."""

    ref: Ref
    at: datetime
    channel: str
    staff: str
    summary: str


@dataclass(frozen=True, slots=True)
class Facet(Generic[T]):
    """Records of one kind, or the fact that they could not be read.

    ``available=False`` must be shown as "unavailable", never as "none".
    """

    items: tuple[T, ...] = ()
    available: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What the CRM said about one customer, and when."""

    customer: Customer
    contracts: Facet[Contract]
    as_of: datetime
    stale: bool
    source: str
    cases: Facet[CrmCase] = Facet()
    goodwill: Facet[Goodwill] = Facet()
    orders: Facet[Order] = Facet()
    contacts: Facet[Contact] = Facet()


def state_on(contract: Contract, today: date, *, expiring_within_days: int) -> ContractState:
    """The state of ``contract`` on the tenant's day ``today``.

    Expiring: covered today and ending within ``expiring_within_days`` days, the last day included.
    A contract without a start whose end has passed is expired; with neither date it is unknown.
    """
    if contract.terminated is not None and contract.terminated <= today:
        return ContractState.TERMINATED
    if contract.start is not None and contract.end is not None and contract.start > contract.end:
        return ContractState.UNKNOWN
    if contract.end is not None and contract.end < today:
        return ContractState.EXPIRED
    if contract.start is None and contract.end is None:
        return ContractState.UNKNOWN
    if contract.start is not None and contract.start > today:
        return ContractState.UPCOMING
    if contract.end is not None and (contract.end - today).days <= expiring_within_days:
        return ContractState.EXPIRING
    return ContractState.ACTIVE
