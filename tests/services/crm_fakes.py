"""A CRM in memory that can fail, hang and be late, and a clock moved by hand."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from types import TracebackType
from typing import Self

from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order, Ref
from bot.domain.errors import (
    CrmError,
    CrmNotFound,
    CrmUnavailable,
)
from bot.ports import CrmFacet
from bot.services.crm import CrmLimits

QUICK = CrmLimits(deadline=0.3, first_wait=0.001, longest_wait=0.002)
PATIENT = CrmLimits(deadline=8.0, first_wait=0.001, longest_wait=0.002)
START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def customer(key: str, name: str = "甲", **fields: object) -> Customer:
    return Customer(Ref("fake", key), name, **fields)


class Time:
    """Wall clock and monotonic clock in one, moved by hand."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed


class FakeCrm:
    """Answers from a list; ``failing`` holds errors to raise before each answer, ``hanging`` what never answers."""

    source = "fake"

    def __init__(self, *customers: Customer, facets: frozenset[CrmFacet] = frozenset(CrmFacet)) -> None:
        self.customers = list(customers)
        self.facets = facets
        self.calls: Counter[str] = Counter()
        self.failing: dict[str, list[CrmError]] = {}
        self.hanging: set[str] = set()
        self.searched: list[str] = []
        self.pause = 0.0
        self.opened = 0

    async def __aenter__(self) -> Self:
        self.opened += 1
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.opened -= 1

    async def _answer(self, name: str) -> None:
        self.calls[name] += 1
        if name in self.hanging:
            await asyncio.Event().wait()
        if errors := self.failing.get(name):
            raise errors.pop(0)
        await asyncio.sleep(self.pause)

    async def check(self) -> None:
        await self._answer("check")

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        self.searched.append(text)
        await self._answer("find")
        keys = (
            text in (c.id, c.slack_channel, c.slack_team) or text in c.name or text in c.aliases for c in self.customers
        )
        return [c for c, match in zip(self.customers, keys, strict=True) if match][:limit]

    async def customer(self, customer_id: str) -> Customer:
        await self._answer("customer")
        for found in self.customers:
            if found.id == customer_id:
                return found
        raise CrmNotFound(customer_id)

    async def contracts(self, customer_id: str) -> Sequence[Contract]:
        await self._answer("contracts")
        return [Contract(Ref("fake", "K"), "N", "維護", "ERP", date(2026, 1, 1), date(2026, 12, 31))]

    async def cases(self, customer_id: str) -> Sequence[CrmCase]:
        await self._answer("cases")
        return []

    async def goodwill(self, customer_id: str) -> Sequence[Goodwill]:
        await self._answer("goodwill")
        return [Goodwill(Ref("fake", "G"), date(2026, 1, 1), "免費到場")]

    async def orders(self, customer_id: str) -> Sequence[Order]:
        await self._answer("orders")
        return []

    async def contacts(self, customer_id: str) -> Sequence[Contact]:
        await self._answer("contacts")
        return []


def down(times: int = 3) -> list[CrmError]:
    return [CrmUnavailable("down") for _ in range(times)]
