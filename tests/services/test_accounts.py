"""Whose channel it is: by what people said, by the CRM, by who speaks; never a guess among several."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.store.store import SqlStore
from bot.domain.cases import Speaker
from bot.domain.contracts import Customer, Ref
from bot.domain.desk import CaseRecord, MessageRecord
from bot.domain.errors import CrmNotFound, CrmUnavailable
from bot.domain.reading.model import Reading, Variant
from bot.ports import Person
from bot.services.accounts import Accounts
from bot.services.crm import CrmService
from bot.services.knowledge import LiveKnowledge
from tests.services.casebench import SUPPORT, Town, knowledge
from tests.services.fakes import NOW, FixedClock

ACME = Customer(Ref("crm", "A-1"), "甲公司", domain="acme.example")
OTHER = Customer(Ref("crm", "B-2"), "乙公司", domain="other.example")
PRIVATE = Customer(Ref("crm", "C-3"), "丙商行", domain="gmail.com")
TWINS = (
    Customer(Ref("crm", "D-4"), "丁", domain="twin.example"),
    Customer(Ref("crm", "D-5"), "丁", domain="twin.example"),
)
CASE = CaseRecord("case_1", "T9", SUPPORT, "1.0", NOW, NOW, Variant.HANT)


class Book:
    """A CRM that finds by domain, channel and team alone."""

    source = "crm"
    facets: frozenset[Any] = frozenset()

    def __init__(self) -> None:
        self.customers = [ACME, OTHER, PRIVATE, *TWINS]
        self.down = False

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        if self.down:
            raise CrmUnavailable("down")
        return [c for c in self.customers if text in (c.domain, c.slack_channel, c.slack_team)][:limit]

    async def customer(self, customer_id: str) -> Customer:
        found = [c for c in self.customers if c.id == customer_id]
        if not found:
            raise CrmNotFound(customer_id)
        return found[0]

    async def contracts(self, customer_id: str) -> Sequence[Any]:
        return ()

    cases = goodwill = orders = contacts = contracts


class Mail(Town):
    async def person(self, user: str) -> Person:
        return Person(user, user, external=True, email=user)


class Desk:
    def __init__(self, store: SqlStore) -> None:
        self.book, self.store = Book(), store
        book: Any = self.book
        crm = CrmService(book, FixedClock())
        self.accounts = Accounts(crm, store, Mail(), LiveKnowledge(knowledge()))

    async def said_by(self, *users: str) -> None:
        async with self.store.begin() as unit:
            await unit.cases.add(CASE)
            for number, user in enumerate(users):
                said = MessageRecord(
                    "case_1", SUPPORT, f"{number}.0", user, Speaker.CUSTOMER, "壞了", NOW, Reading(Variant.HANT)
                )
                await unit.cases.add_message(said)

    async def found(self) -> str | list[str]:
        answer = await self.accounts.of_case(CASE)
        return answer.account.customer.id if answer.account else [c.id for c in answer.candidates]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with await SqlStore.open(f"sqlite:///{tmp_path / 'desk.db'}") as store:
        yield Desk(store)


async def test_the_domain_of_who_speaks_names_the_customer(desk: Desk) -> None:
    await desk.said_by("wang@acme.example", "li@mail.ACME.example")
    assert await desk.found() == "A-1"


async def test_speakers_of_two_customers_are_a_choice(desk: Desk) -> None:
    await desk.said_by("wang@acme.example", "chen@other.example")
    assert await desk.found() == ["A-1", "B-2"]


async def test_two_customers_of_one_domain_are_a_choice(desk: Desk) -> None:
    await desk.said_by("wang@twin.example")
    assert await desk.found() == ["D-4", "D-5"]


async def test_an_address_that_anybody_may_have_says_nothing(desk: Desk) -> None:
    await desk.said_by("somebody@gmail.com", "without-an-address")
    assert await desk.found() == []


async def test_what_people_said_comes_before_the_crm_and_the_crm_before_who_speaks(desk: Desk) -> None:
    desk.book.customers.append(Customer(Ref("crm", "E-6"), "戊", slack_channel=SUPPORT))
    await desk.said_by("wang@acme.example")
    assert await desk.found() == "E-6"
    async with desk.store.begin() as unit:
        await unit.links.link(SUPPORT, "B-2", "U1AGENT", NOW)
    assert await desk.found() == "B-2"


async def test_a_crm_that_is_down_names_nobody(desk: Desk) -> None:
    desk.book.down = True
    await desk.said_by("wang@acme.example")
    assert (await desk.accounts.of_case(CASE)).unavailable
