"""An account as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, tzinfo
from typing import TypeVar

from bot.domain.contracts import Account, Contract, CrmCase, Customer, Facet, state_on
from bot.domain.desk import Locale
from bot.domain.drafting.phrasing import say_date, say_money
from bot.domain.money import Money
from bot.domain.policy import Policy
from bot.domain.reading.model import Variant
from bot.domain.texts import Texts

T = TypeVar("T")
_SHOWN = 5
"""Records of history of one kind, newest first."""


class AccountCard:
    """Writes accounts in one language; ``zone`` is the tenant's."""

    def __init__(self, texts: Texts, locale: Locale, policy: Policy, zone: tzinfo) -> None:
        self._texts = texts
        self._locale = locale
        self._policy = policy
        self._zone = zone

    def lines(self, account: Account, today: date) -> Iterator[str]:
        """``today`` is the tenant's day, on which the states hold."""
        yield f"{account.customer.name}  [{account.customer.id}]"
        yield from self._about(account.customer)
        yield from self._section("crm.field.contracts", account.contracts, lambda each: self._contract(each, today))
        yield from self._history(account)
        yield ""
        at = f"{account.as_of.astimezone(self._zone):%Y-%m-%d %H:%M}"
        yield self._say("crm.as_of", at=at, source=account.source)
        if account.stale:
            yield self._say("crm.stale")

    def _about(self, customer: Customer) -> Iterator[str]:
        owner = " ".join(part for part in (customer.owner.name, customer.owner.email) if part)
        slack = " ".join(part for part in (customer.slack_channel, customer.slack_team) if part)
        since = self._day(customer.since) if customer.since else None
        for name, value in (
            ("aliases", " · ".join(customer.aliases)),
            ("tier", customer.tier),
            ("since", since),
            ("owner", owner),
            ("domain", customer.domain),
            ("slack", slack),
        ):
            if value:
                yield "  " + self._field(name, value)

    def _contract(self, contract: Contract, today: date) -> Iterator[str]:
        state = state_on(contract, today, expiring_within_days=self._policy.expiring_within_days)
        what = " · ".join(part for part in (contract.product, contract.kind, contract.tier) if part)
        yield f"{self._say(f'state.{state}')}  {contract.number}  {what}"
        start = self._day(contract.start) if contract.start else self._say("crm.no_date")
        yield "    " + self._field("period", f"{start} – {self._end(contract)}")
        if contract.terminated:
            yield "    " + self._field("terminated", self._day(contract.terminated))
        for name, price in (("renewal_price", contract.renewal_price), ("one_off_price", contract.one_off_price)):
            if price:
                yield "    " + self._field(name, self._money(price))
        if contract.raw_status:
            yield "    " + self._field("raw_status", contract.raw_status)

    def _end(self, contract: Contract) -> str:
        if contract.end is not None:
            return self._day(contract.end)
        return self._say("crm.open_end" if contract.start else "crm.no_date")

    def _history(self, account: Account) -> Iterator[str]:
        yield from self._section("crm.facet.cases", account.cases, self._case)
        yield from self._section(
            "crm.facet.goodwill",
            account.goodwill,
            lambda given: self._record(given.granted_on, given.kind, given.money, given.note),
        )
        yield from self._section(
            "crm.facet.orders",
            account.orders,
            lambda order: self._record(order.ordered_on, order.title, order.money),
        )
        yield from self._section(
            "crm.facet.contacts",
            account.contacts,
            lambda contact: self._record(
                contact.at.astimezone(self._zone).date(), contact.channel, None, contact.staff, contact.summary
            ),
        )

    def _case(self, case: CrmCase) -> Iterator[str]:
        marks = [
            self._say("crm.case.open") if case.closed_at is None else None,
            self._say("crm.case.complaint") if case.complaint else None,
        ]
        if case.justified is not None:
            marks.append(self._say("crm.case.justified" if case.justified else "crm.case.unjustified"))
        return self._record(case.opened_at.astimezone(self._zone).date(), case.subject, None, *marks)

    def _record(self, day: date, what: str, money: Money | None, *more: str | None) -> Iterator[str]:
        parts = (self._day(day), what, self._money(money) if money else None, *more)
        yield "  ".join(part for part in parts if part)

    def _section(self, key: str, facet: Facet[T], write: Callable[[T], Iterator[str]]) -> Iterator[str]:
        yield ""
        yield self._say(key)
        if not facet.items:
            yield "  " + self._say("crm.none" if facet.available else "crm.unavailable")
        shown = facet.items if key == "crm.field.contracts" else facet.items[:_SHOWN]
        for item in shown:
            yield from (f"  {line}" for line in write(item))
        if rest := len(facet.items) - len(shown):
            yield "  " + self._say("crm.more", count=rest)

    def _field(self, name: str, value: str) -> str:
        colon = ": " if self._locale is Locale.EN else "："
        return f"{self._say(f'crm.field.{name}')}{colon}{value}"

    def _day(self, day: date) -> str:
        return day.isoformat() if self._locale is Locale.EN else say_date(day, Variant(self._locale))

    def _money(self, money: Money) -> str:
        if self._locale is not Locale.EN:
            return say_money(money, Variant(self._locale))
        return " ".join(part for part in (money.currency, f"{money.amount:,f}") if part)

    def _say(self, key: str, **params: object) -> str:
        return self._texts.get(key, self._locale, **params)
