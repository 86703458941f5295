"""The views of the contract with the CRM's administrators, and how a row becomes a value of the core.

A row of history whose date is missing or unreadable is left out and logged. A contract is never left
out: with a date that cannot be read it keeps no dates at all, so that its state is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, TypeVar

from bot.adapters.crm.sql import values
from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order, Owner, Ref

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class View:
    """``required`` columns must be there; ``optional`` ones may be absent. All may hold NULL.

    ``dated`` is the column whose order is that of time.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    dated: str = "id"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.required, *self.optional)


CUSTOMERS = View(
    "crm_customers",
    ("id", "name"),
    ("aliases", "tier", "owner_name", "owner_email", "since", "domain", "slack_channel", "slack_team"),
)
CONTRACTS = View(
    "crm_contracts",
    ("id", "customer_id", "number", "kind", "product", "start_date"),
    ("tier", "end_date", "terminated_on", "raw_status", "renewal_price", "one_off_price", "currency"),
    dated="start_date",
)
CASES = View(
    "crm_cases",
    ("id", "customer_id", "opened_at", "subject"),
    ("closed_at", "complaint", "justified"),
    dated="opened_at",
)
GOODWILL = View(
    "crm_goodwill",
    ("id", "customer_id", "granted_on", "kind"),
    ("amount", "currency", "note"),
    dated="granted_on",
)
ORDERS = View("crm_orders", ("id", "customer_id", "ordered_on", "title"), ("amount", "currency"), dated="ordered_on")
CONTACTS = View("crm_contacts", ("id", "customer_id", "at", "channel", "staff", "summary"), dated="at")

REQUIRED = (CUSTOMERS, CONTRACTS)


@dataclass(frozen=True, slots=True)
class Rows:
    """Reads rows of one CRM; ``zone`` is the tenant's, whose days and hours bare dates mean."""

    source: str
    zone: tzinfo

    def customer(self, row: Row) -> Customer:
        ref = self._ref(row)
        return Customer(
            ref=ref,
            name=values.text(row["name"]) or ref.id,
            aliases=values.names(row.get("aliases")),
            tier=values.text(row.get("tier")),
            owner=Owner(values.text(row.get("owner_name")), values.text(row.get("owner_email"))),
            since=self._day_if_readable(row.get("since")),
            domain=values.text(row.get("domain")),
            slack_channel=values.text(row.get("slack_channel")),
            slack_team=values.text(row.get("slack_team")),
        )

    def contract(self, row: Row) -> Contract:
        number = values.text(row["number"])
        ref = Ref(self.source, values.text(row["id"]) or number or "")
        try:
            start, end, terminated = (
                values.day(row.get(name), self.zone) for name in ("start_date", "end_date", "terminated_on")
            )
        except values.Unreadable:
            start = end = terminated = None
        return Contract(
            ref=ref,
            number=number or ref.id,
            kind=values.text(row["kind"]) or "",
            product=values.text(row["product"]) or "",
            start=start,
            end=end,
            terminated=terminated,
            tier=values.text(row.get("tier")),
            raw_status=values.text(row.get("raw_status")),
            renewal_price=values.price(row.get("renewal_price"), row.get("currency")),
            one_off_price=values.price(row.get("one_off_price"), row.get("currency")),
        )

    def case(self, row: Row) -> CrmCase:
        return CrmCase(
            ref=self._ref(row),
            opened_at=_there(values.moment(row["opened_at"], self.zone), "opened_at"),
            closed_at=values.moment(row.get("closed_at"), self.zone),
            subject=values.text(row["subject"]) or "",
            complaint=values.flag(row.get("complaint")),
            justified=values.flag(row.get("justified")),
        )

    def goodwill(self, row: Row) -> Goodwill:
        return Goodwill(
            ref=self._ref(row),
            granted_on=_there(values.day(row["granted_on"], self.zone), "granted_on"),
            kind=values.text(row["kind"]) or "",
            money=values.money(row.get("amount"), row.get("currency")),
            note=values.text(row.get("note")),
        )

    def order(self, row: Row) -> Order:
        return Order(
            ref=self._ref(row),
            ordered_on=_there(values.day(row["ordered_on"], self.zone), "ordered_on"),
            title=values.text(row["title"]) or "",
            money=values.money(row.get("amount"), row.get("currency")),
        )

    def contact(self, row: Row) -> Contact:
        return Contact(
            ref=self._ref(row),
            at=_there(values.moment(row["at"], self.zone), "at"),
            channel=values.text(row["channel"]) or "",
            staff=values.text(row["staff"]) or "",
            summary=values.text(row["summary"]) or "",
        )

    def _ref(self, row: Row) -> Ref:
        return Ref(self.source, _there(values.text(row["id"]), "id"))

    def _day_if_readable(self, value: object) -> date | None:
        try:
            return values.day(value, self.zone)
        except values.Unreadable:
            return None


def _there(value: T | None, column: str) -> T:
    if value is None:
        raise values.Unreadable(f"{column} is empty")
    return value
