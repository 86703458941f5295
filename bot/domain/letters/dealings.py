"""The first part of a formal reply: our dealings with the customer, as the CRM has them (rules 51 and 56).

Nothing is invented. What the CRM could not read is left as a blank to fill, which is not the same as none.
Summaries of contacts are our people's own notes: they stay with us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.contracts import Account, Contact, CrmCase, Facet, Order
from bot.domain.drafting import phrasing
from bot.domain.drafting.model import Fact
from bot.domain.drafting.quoting import clean
from bot.domain.letters.model import Labels, Table
from bot.domain.reading.model import Variant

MOST_CONTACTS = 20
MOST_CASES = 10
_MOST_CHARS = 80
T = TypeVar("T")


@dataclass(slots=True)
class Dealings:
    """Collects tables and, with every cell, where it came from."""

    account: Account
    labels: Labels
    variant: Variant
    zone: ZoneInfo
    facts: dict[Fact, None] = field(default_factory=dict)

    def tables(self) -> tuple[Table, ...]:
        found = (self._orders(), self._services(), self._contacts(), self._people())
        return tuple(table for table in found if table is not None)

    def note(self) -> str:
        """Of which day the records are."""
        day = self._fact(self._day(self.account.as_of), f"{self.account.source}:as_of")
        return self.labels.as_of.format(date=day)

    def _orders(self) -> Table | None:
        words = self.labels
        return self._table(
            words.orders,
            words.order_columns,
            (3, 6, 3),
            self.account.orders,
            lambda facet: sorted(facet.items, key=lambda order: (order.ordered_on, order.ref.id)),
            self._order,
            words.fill_orders,
        )

    def _order(self, order: Order) -> tuple[str, ...]:
        path = f"crm:order/{order.ref.id}"
        money = phrasing.say_money(order.money, self.variant) if order.money else "—"
        return (
            self._fact(self._day(order.ordered_on), f"{path}/ordered_on"),
            self._fact(_shown(order.title), f"{path}/title"),
            self._fact(money, f"{path}/amount"),
        )

    def _services(self) -> Table | None:
        words = self.labels
        return self._table(
            words.services,
            words.service_columns,
            (3, 6, 3),
            self.account.cases,
            lambda facet: _latest(facet.items, MOST_CASES, lambda case: (case.opened_at, case.ref.id)),
            self._service,
            words.fill_services,
        )

    def _service(self, case: CrmCase) -> tuple[str, ...]:
        path = f"crm:case/{case.ref.id}"
        closed = self.labels.under_way
        if case.closed_at is not None:
            closed = self._fact(self._day(case.closed_at), f"{path}/closed_at")
        return (
            self._fact(self._day(case.opened_at), f"{path}/opened_at"),
            self._fact(_shown(case.subject), f"{path}/subject"),
            closed,
        )

    def _contacts(self) -> Table | None:
        words = self.labels
        return self._table(
            words.contacts,
            words.contact_columns,
            (4, 4, 4),
            self.account.contacts,
            lambda facet: _latest(facet.items, MOST_CONTACTS, lambda contact: (contact.at, contact.ref.id)),
            self._contact,
            words.fill_contacts,
        )

    def _contact(self, contact: Contact) -> tuple[str, ...]:
        path = f"crm:contact/{contact.ref.id}"
        return (
            self._fact(self._day(contact.at), f"{path}/at"),
            self._fact(_shown(contact.channel), f"{path}/channel"),
            self._fact(_shown(contact.staff), f"{path}/staff"),
        )

    def _people(self) -> Table | None:
        rows = tuple(self._staff())
        words = self.labels
        return Table(words.people, words.people_columns, rows, (4, 8)) if rows else None

    def _staff(self) -> Iterator[tuple[str, str]]:
        """The account's owner, then everybody else whom the CRM has in touch with the customer."""
        owner = self.account.customer.owner.name
        if owner:
            name = self._fact(_shown(owner), f"crm:customer/{self.account.customer.id}/owner_name")
            yield name, self.labels.account_owner
        contacts = sorted(self.account.contacts.items, key=lambda contact: (contact.at, contact.ref.id))
        others = {c.staff: c.ref.id for c in reversed(contacts) if c.staff and c.staff != owner}
        for staff, contact in reversed(others.items()):
            yield self._fact(_shown(staff), f"crm:contact/{contact}/staff"), self.labels.contact_staff

    def _table(
        self,
        caption: str,
        header: tuple[str, ...],
        widths: tuple[int, ...],
        facet: Facet[T],
        pick: Callable[[Facet[T]], Iterable[T]],
        row: Callable[[T], tuple[str, ...]],
        blank: str,
    ) -> Table | None:
        rows = tuple(row(item) for item in pick(facet)) if facet.available else ()
        if not rows:
            said = self.labels.none_on_record if facet.available else self.labels.fill(blank)
            rows = ((said, *[""] * (len(header) - 1)),)
        return Table(caption, header, rows, widths)

    def _fact(self, text: str, source: str) -> str:
        self.facts[Fact(text, source)] = None
        return text

    def _day(self, at: date | datetime) -> str:
        local = at.astimezone(self.zone).date() if isinstance(at, datetime) else at
        return phrasing.say_date(local, self.variant)


def _latest(items: Iterable[T], most: int, key: Callable[[T], tuple[datetime, str]]) -> list[T]:
    """The newest ``most``, oldest first."""
    return sorted(items, key=key)[-most:]


def _shown(text: str) -> str:
    """CRM text is data: on one line, without mark-up, or a dash."""
    return clean(text, _MOST_CHARS) or "—"
