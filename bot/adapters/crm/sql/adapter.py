"""Customers and contracts out of SQL views: home-grown systems, and any ERP that a view can be put over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from types import TracebackType
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog

from bot.adapters.crm.sql import models
from bot.adapters.crm.sql.client import Client, Row, Table
from bot.adapters.crm.sql.models import Rows, View
from bot.adapters.crm.sql.values import Unreadable
from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order
from bot.domain.errors import CrmBadRequest, CrmNotFound, CrmUnsupported
from bot.ports import CrmFacet

log = structlog.get_logger()
T = TypeVar("T")

DEFAULT_ZONE = ZoneInfo("Asia/Taipei")
MAX_ROWS = 500
"""Of one kind and customer, newest first: far more than a card or a gate looks at."""

_FACETS = {
    CrmFacet.CASES: models.CASES,
    CrmFacet.GOODWILL: models.GOODWILL,
    CrmFacet.ORDERS: models.ORDERS,
    CrmFacet.CONTACTS: models.CONTACTS,
}
_EXACT_COLUMNS = ("domain", "slack_channel", "slack_team")


class SqlCrm:
    """Conforms to ``CrmAdapter``. ``zone`` is the tenant's: bare days and times are meant in it.

    Building one connects to nothing; it raises ``CrmBadRequest`` for a malformed URL and ``CrmUnsupported``
    for a driver that is not installed. The views are looked at when the first question comes.
    """

    source = "sql"

    def __init__(self, url: str, *, zone: tzinfo = DEFAULT_ZONE, connect_seconds: float = 3.0) -> None:
        self._client = Client(url, connect_seconds)
        self._read = Rows(self.source, zone)

    @property
    def facets(self) -> frozenset[CrmFacet]:
        return frozenset(facet for facet, view in _FACETS.items() if not self._client.absent(view))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._client.close()

    async def check(self) -> None:
        """Looks at every view anew and reads a row of each."""
        self._client.forget()
        for view in (*models.REQUIRED, *_FACETS.values()):
            table = await self._client.table(view)
            if table is not None:
                await self._client.rows(table.select().limit(1))
            elif view in models.REQUIRED:
                raise _missing(view)

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        table = await self._required(models.CUSTOMERS)
        if not (text := text.strip()):
            return ()
        match = _Match(table, text)
        found = table.select().where(match.any()).order_by(match.rank(), table.text("name"), table.text("id"))
        return self._each(self._read.customer, models.CUSTOMERS, await self._client.rows(found.limit(limit)))

    async def customer(self, customer_id: str) -> Customer:
        table = await self._required(models.CUSTOMERS)
        rows = await self._client.rows(table.select().where(table.equals("id", customer_id)).limit(1))
        for customer in self._each(self._read.customer, models.CUSTOMERS, rows):
            return customer
        raise CrmNotFound(f"the CRM has no customer {customer_id!r}")

    async def contracts(self, customer_id: str) -> Sequence[Contract]:
        """The one that ends last comes first."""
        table = await self._required(models.CONTRACTS)
        rows = await self._of(table, customer_id)
        found = self._each(self._read.contract, models.CONTRACTS, rows)
        return sorted(found, key=lambda each: (each.end is None, each.end, each.number), reverse=True)

    async def cases(self, customer_id: str) -> Sequence[CrmCase]:
        rows = await self._history(CrmFacet.CASES, customer_id)
        return _newest(self._each(self._read.case, models.CASES, rows), lambda case: case.opened_at)

    async def goodwill(self, customer_id: str) -> Sequence[Goodwill]:
        rows = await self._history(CrmFacet.GOODWILL, customer_id)
        return _newest(self._each(self._read.goodwill, models.GOODWILL, rows), lambda given: given.granted_on)

    async def orders(self, customer_id: str) -> Sequence[Order]:
        rows = await self._history(CrmFacet.ORDERS, customer_id)
        return _newest(self._each(self._read.order, models.ORDERS, rows), lambda order: order.ordered_on)

    async def contacts(self, customer_id: str) -> Sequence[Contact]:
        rows = await self._history(CrmFacet.CONTACTS, customer_id)
        return _newest(self._each(self._read.contact, models.CONTACTS, rows), lambda contact: contact.at)

    async def _required(self, view: View) -> Table:
        table = await self._client.table(view)
        if table is None:
            self._client.forget()  # it may be made while we run
            raise _missing(view)
        return table

    async def _history(self, facet: CrmFacet, customer_id: str) -> Sequence[Row]:
        table = await self._client.table(_FACETS[facet])
        if table is None:
            raise CrmUnsupported(f"the CRM database has no view {_FACETS[facet].name}")
        return await self._of(table, customer_id)

    async def _of(self, table: Table, customer_id: str) -> Sequence[Row]:
        newest = table.column(table.view.dated).desc()
        found = table.select().where(table.equals("customer_id", customer_id))
        return await self._client.rows(found.order_by(newest).limit(MAX_ROWS))

    def _each(self, read: Callable[[Row], T], view: View, rows: Iterable[Row]) -> list[T]:
        found: list[T] = []
        for row in rows:
            try:
                found.append(read(row))
            except Unreadable as error:
                log.warning("crm_row_left_out", view=view.name, reason=str(error))
        return found


class _Match:
    """How customers match a text: by id, name, alias, Slack or domain, then by merely containing it."""

    def __init__(self, table: Table, text: str) -> None:
        self._wanted = text.lower()
        host = self._wanted.rpartition("@")[2] or self._wanted
        others = (sa.func.lower(table.text(column)) == host for column in _EXACT_COLUMNS if table.has(column))
        self._other = sa.or_(sa.false(), *others)
        self._key, self._name = (sa.func.lower(table.text(column)) for column in ("id", "name"))
        aliases = sa.func.replace(sa.func.replace(sa.func.lower(table.text("aliases")), " |", "|"), "| ", "|")
        listed = sa.literal("|", sa.Unicode()) + aliases + sa.literal("|", sa.Unicode())
        one_alias = "|" not in self._wanted  # the separator is part of none
        self._alias = _holds(listed, f"|{self._wanted}|") if one_alias else sa.false()
        self._part_of_alias = _holds(aliases, self._wanted) if one_alias else sa.false()

    def any(self) -> sa.ColumnElement[bool]:
        """Every match, exact ones included, with as little work for each row as there can be."""
        return sa.or_(
            _holds(self._name, self._wanted), _holds(self._key, self._wanted), self._part_of_alias, self._other
        )

    def rank(self) -> sa.ColumnElement[int]:
        """The lower, the better."""
        return sa.case(
            (self._key == self._wanted, 0),
            (self._name == self._wanted, 1),
            (self._alias, 2),
            (self._other, 3),
            (self._name.like(f"{_literal(self._wanted)}%", escape="/"), 4),
            (sa.or_(_holds(self._name, self._wanted), self._part_of_alias), 5),
            else_=6,
        )


def _holds(column: sa.ColumnElement[str], text: str) -> sa.ColumnElement[bool]:
    return column.like(f"%{_literal(text)}%", escape="/")


def _literal(text: str) -> str:
    """``text`` without wildcards; SQL Server has one more than the standard, the bracket."""
    return re.sub(r"[/%_\[]", r"/\g<0>", text)


def _newest(found: list[T], when: Callable[[T], Any]) -> list[T]:
    return sorted(found, key=when, reverse=True)


def _missing(view: View) -> CrmBadRequest:
    columns = ", ".join(view.required)
    return CrmBadRequest(f"the CRM database has no view {view.name}; create it with the columns {columns}")
