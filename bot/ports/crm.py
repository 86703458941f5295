"""The CRM: read-only, one customer at a time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order


class CrmFacet(StrEnum):
    """What an adapter may offer beyond customers and contracts."""

    CASES = "cases"
    GOODWILL = "goodwill"
    ORDERS = "orders"
    CONTACTS = "contacts"


class CrmAdapter(Protocol):
    """A read-only connection to one CRM. Every failure is a ``CrmError``; nothing is retried here."""

    @property
    def source(self) -> str:
        """Short name shown beside every fact, such as ``sql``."""

    @property
    def facets(self) -> frozenset[CrmFacet]: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    async def check(self) -> None:
        """Returns when the CRM can be read, else raises the ``CrmError`` that says why not."""

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        """Candidates by id, name, alias, domain or Slack channel/team; exact matches first."""

    async def customer(self, customer_id: str) -> Customer:
        """Raises ``CrmNotFound``."""

    async def contracts(self, customer_id: str) -> Sequence[Contract]: ...

    async def cases(self, customer_id: str) -> Sequence[CrmCase]: ...

    async def goodwill(self, customer_id: str) -> Sequence[Goodwill]: ...

    async def orders(self, customer_id: str) -> Sequence[Order]: ...

    async def contacts(self, customer_id: str) -> Sequence[Contact]: ...
