"""Questions to the CRM, answered within one deadline or not at all.

What every adapter would otherwise do for itself is done here once: deadline, retries with jitter, rate,
single flight, cache, stale answers on bad days, cleaning of search text.
"""

from __future__ import annotations

import asyncio
import time
import unicodedata
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

import structlog

from bot.domain.contracts import Account, Contract, Customer, Facet
from bot.domain.errors import CrmError, CrmNotFound, CrmUnsupported
from bot.domain.text import one_line
from bot.ports import Clock, CrmAdapter, CrmFacet
from bot.services.answers import Answer, Answers
from bot.services.attempts import Attempts
from bot.services.throttle import TokenBucket

log = structlog.get_logger()
T = TypeVar("T")

_MAX_SEARCH = 200
_SEVERAL = 20


@dataclass(frozen=True, slots=True)
class CrmLimits:
    """Seconds, and calls a second. The connection's own limit (3 s) is the adapter's argument."""

    deadline: float = 8.0
    attempts: int = 3
    first_wait: float = 0.1
    longest_wait: float = 1.5
    fresh: float = 300.0
    stale: float = 86_400.0
    rate: float = 100.0
    burst: float = 200.0


class CrmService:
    """The CRM as the product sees it. Every failure is a ``CrmError``; ``async with`` opens and closes the adapter."""

    def __init__(
        self,
        adapter: CrmAdapter,
        clock: Clock,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        limits: CrmLimits = CrmLimits(),
    ) -> None:
        self._adapter = adapter
        self._attempts = Attempts(
            TokenBucket(limits.rate, limits.burst, monotonic),
            deadline=limits.deadline,
            attempts=limits.attempts,
            first_wait=limits.first_wait,
            longest_wait=limits.longest_wait,
        )
        self._answers = Answers(clock.now, monotonic, fresh_seconds=limits.fresh, stale_seconds=limits.stale)

    async def __aenter__(self) -> Self:
        await self._adapter.__aenter__()
        return self

    async def __aexit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self._answers.close()
        await self._attempts.close()
        await self._adapter.__aexit__(exc_type, exc, tb)

    @property
    def source(self) -> str:
        return self._adapter.source

    @property
    def facets(self) -> frozenset[CrmFacet]:
        """What the CRM offers beyond customers and contracts, as far as is known; after ``check`` it is."""
        return self._adapter.facets

    async def check(self) -> None:
        """Returns when the CRM can be read. Never cached."""
        await self._attempts.within(self._attempts.until(), self._adapter.check)

    async def account(self, customer_id: str, *, fresh: bool = False) -> Account:
        """Everything about one customer; a part that cannot be read, or that the CRM lacks, is unavailable.

        ``as_of`` is that of the oldest part and ``stale`` is true as soon as one part is. Raises ``CrmNotFound``
        and, where the customer itself cannot be read, the ``CrmError`` that says why.
        """
        customer_id = cleaned(customer_id)
        if not customer_id:
            raise CrmNotFound("a customer without an id")
        until = self._attempts.until()
        crm = self._adapter
        customer, contracts, cases, goodwill, orders, contacts = await asyncio.gather(
            self._get(("customer", customer_id), until, lambda: crm.customer(customer_id), fresh=fresh),
            self._part("contracts", crm.contracts, customer_id, until, fresh=fresh),
            self._history(CrmFacet.CASES, crm.cases, customer_id, until, fresh=fresh),
            self._history(CrmFacet.GOODWILL, crm.goodwill, customer_id, until, fresh=fresh),
            self._history(CrmFacet.ORDERS, crm.orders, customer_id, until, fresh=fresh),
            self._history(CrmFacet.CONTACTS, crm.contacts, customer_id, until, fresh=fresh),
            return_exceptions=True,
        )
        return _composed(
            crm.source,
            _raised(customer),
            _raised(contracts),
            cases=_raised(cases),
            goodwill=_raised(goodwill),
            orders=_raised(orders),
            contacts=_raised(contacts),
        )

    async def find(self, text: str, limit: int = 5, *, fresh: bool = False) -> Sequence[Customer]:
        """Candidates for what somebody wrote, exact matches first; none for blank text."""
        return await self._find(text, limit, self._attempts.until(), fresh=fresh)

    async def resolve(self, text: str, *, fresh: bool = False) -> Sequence[Customer]:
        """Those whom ``text`` names exactly: by id, else by name, else by alias, Slack id, domain or e-mail.

        One is the customer; with several, or none, nobody may guess.
        """
        found = await self._find(text, _SEVERAL, self._attempts.until(), fresh=fresh)
        wanted = _folded(cleaned(text))
        for named in (_by_id, _by_name, _by_other):
            if exact := tuple(customer for customer in found if named(customer, wanted)):
                return exact
        return ()

    async def by_channel(
        self, channel_id: str, team_id: str | None = None, *, fresh: bool = False
    ) -> Sequence[Customer]:
        """The customers to whom the CRM gives this Slack channel; failing that, this Slack team."""
        until = self._attempts.until()
        found = await self._find(channel_id, _SEVERAL, until, fresh=fresh)
        if named := tuple(customer for customer in found if customer.slack_channel == channel_id):
            return named
        if team_id is None:
            return ()
        found = await self._find(team_id, _SEVERAL, until, fresh=fresh)
        return tuple(customer for customer in found if customer.slack_team == team_id)

    async def by_domain(self, domain: str, *, fresh: bool = False) -> Sequence[Customer]:
        """The customers to whom the CRM gives this e-mail domain, or one it is part of (``mail.acme.com``)."""
        until = self._attempts.until()
        wanted = _folded(domain)
        while "." in wanted:
            found = await self._find(wanted, _SEVERAL, until, fresh=fresh)
            if named := tuple(c for c in found if c.domain is not None and _folded(c.domain) == wanted):
                return named
            wanted = wanted.partition(".")[2]
        return ()

    async def _find(self, text: str, limit: int, until: float, *, fresh: bool) -> Sequence[Customer]:
        text = cleaned(text)
        if not text:
            return ()
        found = await self._search(text, limit, until, fresh=fresh)
        plain = unicodedata.normalize("NFKC", text)
        if not found and plain != text:  # an input method may write ＡＣＭＥ－００１
            found = await self._search(plain, limit, until, fresh=fresh)
        return found

    async def _search(self, text: str, limit: int, until: float, *, fresh: bool) -> Sequence[Customer]:
        key = ("find", text, limit)
        answer = await self._get(key, until, lambda: self._adapter.find(text, limit), fresh=fresh)
        return tuple(answer.value)

    async def _history(
        self,
        facet: CrmFacet,
        ask: Callable[[str], Awaitable[Sequence[T]]],
        customer_id: str,
        until: float,
        *,
        fresh: bool,
    ) -> Answer[Facet[T]] | None:
        if facet not in self._adapter.facets:
            return None
        return await self._part(facet.value, ask, customer_id, until, fresh=fresh)

    async def _part(
        self, name: str, ask: Callable[[str], Awaitable[Sequence[T]]], customer_id: str, until: float, *, fresh: bool
    ) -> Answer[Facet[T]] | None:
        """None where it cannot be read: that must never look like an empty list."""
        try:
            answer = await self._get((name, customer_id), until, lambda: ask(customer_id), fresh=fresh)
        except CrmUnsupported:
            return None
        except CrmError as error:
            log.warning("crm_part_unavailable", part=name, customer=customer_id, error=str(error))
            return None
        return Answer(Facet(tuple(answer.value)), answer.as_of, answer.stale)

    async def _get(self, key: Hashable, until: float, ask: Callable[[], Awaitable[T]], *, fresh: bool) -> Answer[T]:
        return await self._answers.get(key, lambda: self._attempts.within(until, ask), fresh=fresh, survives=_survives)


def _composed(
    source: str,
    customer: Answer[Customer],
    contracts: Answer[Facet[Contract]] | None,
    **history: Answer[Facet[Any]] | None,
) -> Account:
    answers: list[Answer[Any]] = [customer, *(part for part in (contracts, *history.values()) if part is not None)]
    parts: dict[str, Facet[Any]] = {name: _facet(part) for name, part in history.items()}
    return Account(
        customer=customer.value,
        contracts=_facet(contracts),
        as_of=min(answer.as_of for answer in answers),
        stale=any(answer.stale for answer in answers),
        source=source,
        **parts,
    )


def _facet(answer: Answer[Facet[T]] | None) -> Facet[T]:
    return Facet(available=False) if answer is None else answer.value


def cleaned(text: str) -> str:
    """Search text as adapters may rely on it: one printable line of at most 200 characters."""
    return one_line(text)[:_MAX_SEARCH].strip()


def _survives(error: Exception) -> bool:
    """A customer who is gone is gone; everything else is the CRM's trouble, not the customer's."""
    return isinstance(error, CrmError) and not isinstance(error, CrmNotFound)


def _raised(result: T | BaseException) -> T:
    if isinstance(result, BaseException):
        raise result
    return result


def _folded(text: str) -> str:
    """Width and case do not tell customers apart."""
    return unicodedata.normalize("NFKC", text).casefold()


def _by_id(customer: Customer, wanted: str) -> bool:
    return _folded(customer.id) == wanted


def _by_name(customer: Customer, wanted: str) -> bool:
    return _folded(customer.name) == wanted


def _by_other(customer: Customer, wanted: str) -> bool:
    others = (*customer.aliases, customer.slack_channel, customer.slack_team)
    if customer.domain is not None and _folded(customer.domain) == wanted.rpartition("@")[2]:
        return True
    return any(other is not None and _folded(other) == wanted for other in others)
