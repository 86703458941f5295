"""An account as JSON: what could not be read is null, what is not there is an empty list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from bot.domain.contracts import Account, Contract, Customer, Facet, state_on
from bot.domain.money import Money
from bot.domain.policy import Policy

Wire = dict[str, Any]
T = TypeVar("T")


def account_to_wire(account: Account, today: date, policy: Policy) -> Wire:
    """``today`` is the tenant's day, on which the states hold."""
    return {
        "customer": _customer(account.customer),
        "contracts": _each(account.contracts, lambda each: _contract(each, today, policy)),
        "cases": _each(
            account.cases,
            lambda case: {
                "id": case.ref.id,
                "opened_at": case.opened_at,
                "closed_at": case.closed_at,
                "subject": case.subject,
                "complaint": case.complaint,
                "justified": case.justified,
            },
        ),
        "goodwill": _each(
            account.goodwill,
            lambda given: {
                "id": given.ref.id,
                "granted_on": given.granted_on,
                "kind": given.kind,
                "money": money_to_wire(given.money),
                "note": given.note,
            },
        ),
        "orders": _each(
            account.orders,
            lambda order: {
                "id": order.ref.id,
                "ordered_on": order.ordered_on,
                "title": order.title,
                "money": money_to_wire(order.money),
            },
        ),
        "contacts": _each(
            account.contacts,
            lambda contact: {
                "id": contact.ref.id,
                "at": contact.at,
                "channel": contact.channel,
                "staff": contact.staff,
                "summary": contact.summary,
            },
        ),
        "as_of": account.as_of,
        "stale": account.stale,
        "source": account.source,
    }


def money_to_wire(money: Money | None) -> Wire | None:
    if money is None:
        return None
    amount = int(money.amount) if money.amount == money.amount.to_integral_value() else float(money.amount)
    return {"amount": amount, "currency": money.currency}


def _customer(customer: Customer) -> Wire:
    return {
        "id": customer.id,
        "name": customer.name,
        "aliases": list(customer.aliases),
        "tier": customer.tier,
        "owner": {"name": customer.owner.name, "email": customer.owner.email},
        "since": customer.since,
        "domain": customer.domain,
        "slack_channel": customer.slack_channel,
        "slack_team": customer.slack_team,
    }


def _contract(contract: Contract, today: date, policy: Policy) -> Wire:
    return {
        "number": contract.number,
        "state": state_on(contract, today, expiring_within_days=policy.expiring_within_days),
        "kind": contract.kind,
        "product": contract.product,
        "tier": contract.tier,
        "start": contract.start,
        "end": contract.end,
        "terminated": contract.terminated,
        "raw_status": contract.raw_status,
        "renewal_price": money_to_wire(contract.renewal_price),
        "one_off_price": money_to_wire(contract.one_off_price),
    }


def _each(facet: Facet[T], wire: Callable[[T], Wire]) -> list[Wire] | None:
    return [wire(item) for item in facet.items] if facet.available else None
