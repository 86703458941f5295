"""The App Home as a person finds it: lists in pages, each line with the case it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.domain.commitments import PromiseRecord
from bot.domain.desk import CaseRecord, Dossier, DraftRecord, Preference, Role
from bot.domain.escalations import EscalationRecord
from bot.domain.opportunities import OpportunityRecord

T = TypeVar("T")


class HomeList(StrEnum):
    """In the order in which they stand on the page."""

    PROMISES = "promises"
    CASES = "cases"
    UNTAKEN = "untaken"
    DRAFTS = "drafts"
    ESCALATIONS = "escalations"
    OVERDUE = "overdue"
    OPPORTUNITIES = "opportunities"
    CALLS = "calls"


LISTS_OF: Mapping[Role, frozenset[HomeList]] = {
    Role.AGENT: frozenset({HomeList.PROMISES, HomeList.CASES, HomeList.DRAFTS}),
    Role.SUPERVISOR: frozenset({HomeList.ESCALATIONS, HomeList.OVERDUE}),
    Role.SALES: frozenset({HomeList.OPPORTUNITIES}),
    Role.ENGINEER: frozenset({HomeList.CALLS}),
}

IF_ANY: Mapping[Role, frozenset[HomeList]] = {
    Role.AGENT: frozenset({HomeList.UNTAKEN}),
    Role.SUPERVISOR: LISTS_OF[Role.AGENT] | {HomeList.UNTAKEN},
}
"""Lists that a role sees only where something stands in them: supervisors answer customers now and then."""

PAGE_SIZE: Mapping[HomeList, int] = {listed: 3 if listed is HomeList.DRAFTS else 5 for listed in HomeList}

Places = Mapping[HomeList, int]
"""How many lines of each list lie before what is shown; 0 where nothing is said."""


@dataclass(frozen=True, slots=True)
class HomeLine(Generic[T]):
    """``link`` leads to where it is dealt with, ``customer_link`` to the customer's thread."""

    record: T
    dossier: Dossier
    link: str | None = None
    customer_link: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A stretch of a list: ``more`` where older lines follow it."""

    lines: tuple[HomeLine[T], ...]
    offset: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """Lists are None where they do not concern the person; without roles somebody is an outsider."""

    roles: frozenset[Role]
    now: datetime
    preference: Preference
    new: bool = False
    """They are here for the first time."""
    promises: Page[PromiseRecord] | None = None
    cases: Page[CaseRecord] | None = None
    untaken: Page[CaseRecord] | None = None
    drafts: Page[tuple[DraftRecord, ...]] | None = None
    escalations: Page[EscalationRecord] | None = None
    overdue: Page[PromiseRecord] | None = None
    opportunities: Page[OpportunityRecord] | None = None
    calls: Page[CaseRecord] | None = None

    @property
    def lists(self) -> dict[HomeList, Page[Any]]:
        """Those that concern the person."""
        found: dict[HomeList, Page[Any] | None] = {listed: getattr(self, listed) for listed in HomeList}
        return {listed: page for listed, page in found.items() if page is not None}


def lists_of(roles: frozenset[Role]) -> frozenset[HomeList]:
    """Lists that stand on the page even where they are empty."""
    return frozenset().union(*(LISTS_OF[role] for role in roles))


def lists_if_any(roles: frozenset[Role]) -> frozenset[HomeList]:
    return frozenset().union(*(IF_ANY.get(role, frozenset()) for role in roles))
