"""Writes the facts of the conformance kit into the tables that the SQL adapter reads."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.domain.contracts import Contract, Customer
from bot.domain.money import Money
from tests.contracts.crm import Facts

DDL = {
    "crm_customers": "id {id}, name {text}, aliases {text}, tier {text}, owner_name {text}, owner_email {text},"
    " since {day}, domain {text}, slack_channel {text}, slack_team {text}",
    "crm_contracts": "id {text}, customer_id {id}, number {text}, kind {text}, product {text}, tier {text},"
    " start_date {day}, end_date {day}, terminated_on {day}, raw_status {text}, renewal_price {number},"
    " one_off_price {number}, currency {text}",
    "crm_cases": "id {text}, customer_id {id}, opened_at {moment}, closed_at {moment}, subject {text},"
    " complaint {flag}, justified {flag}",
    "crm_goodwill": "id {text}, customer_id {id}, granted_on {day}, kind {text}, amount {number}, currency {text},"
    " note {text}",
    "crm_orders": "id {text}, customer_id {id}, ordered_on {day}, title {text}, amount {number}, currency {text}",
    "crm_contacts": "id {text}, customer_id {id}, at {moment}, channel {text}, staff {text}, summary {text}",
}
SQLITE = {"id": "", "text": "TEXT", "day": "DATE", "moment": "DATETIME", "number": "NUMERIC", "flag": "BOOLEAN"}
POSTGRES = {
    "id": "varchar(20)",
    "text": "text",
    "day": "date",
    "moment": "timestamptz",
    "number": "numeric(14,2)",
    "flag": "boolean",
}


def create(types: dict[str, str]) -> list[str]:
    return [f"CREATE TABLE {name} ({columns.format(**types)})" for name, columns in DDL.items()]


def rows(facts: Facts) -> list[tuple[str, dict[str, object]]]:
    """Table and row of every fact, as values a driver takes."""
    owned = {"customer_id": facts.full.id}
    customers = (facts.full, facts.bare, *facts.twins, facts.percent)
    return [
        *(("crm_customers", _customer(customer)) for customer in customers),
        *(("crm_contracts", _contract(contract) | owned) for contract in facts.contracts),
        *(
            ("crm_cases", _plain(case, "opened_at closed_at subject complaint justified") | owned)
            for case in facts.cases
        ),
        *(
            ("crm_goodwill", _plain(given, "granted_on kind note") | _money(given.money) | owned)
            for given in facts.goodwill
        ),
        *(("crm_orders", _plain(order, "ordered_on title") | _money(order.money) | owned) for order in facts.orders),
        *(("crm_contacts", _plain(contact, "at channel staff summary") | owned) for contact in facts.contacts),
    ]


def _customer(customer: Customer) -> dict[str, object]:
    return {
        **_plain(customer, "name tier since domain slack_channel slack_team"),
        "aliases": "|".join(customer.aliases) or None,
        "owner_name": customer.owner.name,
        "owner_email": customer.owner.email,
    }


def _contract(contract: Contract) -> dict[str, object]:
    price, one_off = contract.renewal_price, contract.one_off_price
    return {
        **_plain(contract, "number kind product tier raw_status"),
        "start_date": contract.start,
        "end_date": contract.end,
        "terminated_on": contract.terminated,
        "renewal_price": price and price.amount,
        "one_off_price": one_off and one_off.amount,
        "currency": price.currency if price else None,
    }


def _plain(record: Any, names: str) -> dict[str, object]:
    return {"id": record.ref.id, **{name: getattr(record, name) for name in names.split()}}


def _money(money: Money | None) -> dict[str, object]:
    return {"amount": money.amount, "currency": money.currency} if money else {}


def insert(table: str, row: dict[str, object]) -> sa.Insert:
    return sa.table(table, *(sa.column(name) for name in row)).insert().values(row)
