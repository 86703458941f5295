"""Domain values in people's language: money, days, labels, contract lines, terms of a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.cases import Decision
from bot.domain.contracts import Contract, ContractState, state_on
from bot.domain.desk import Dossier, Locale
from bot.domain.lint.model import Finding
from bot.domain.money import Currency, Money
from bot.domain.policy import Policy
from bot.domain.texts import Texts
from bot.services.knowledge import LiveKnowledge
from handlers.blocks.kit import escape

SIGNS = {Currency.TWD: "NT$", Currency.CNY: "¥", Currency.USD: "US$"}


MINUTE, HOUR, DAY = 60, 3600, 86400


class Vocabulary:
    """The interface texts as they stand now, in whichever language somebody reads."""

    def __init__(self, knowledge: LiveKnowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, locale: Locale) -> Words:
        known = self._knowledge.current
        return Words(known.texts, known.policy, locale)


class Words:
    """Looks texts up for one locale."""

    def __init__(self, texts: Texts, policy: Policy, locale: Locale) -> None:
        self._texts = texts
        self.policy = policy
        self._zone = ZoneInfo(policy.timezone)
        self.locale = locale

    def __call__(self, key: str, **params: object) -> str:
        return self._texts.get(key, self.locale, **params)

    def has(self, key: str) -> bool:
        return key in self._texts

    @property
    def gap(self) -> str:
        """What stands between two things on one line."""
        return self("style.gap")

    @property
    def dot(self) -> str:
        """As ``gap``, where the two belong together."""
        return self("style.dot")

    def listed(self, things: Iterable[str]) -> str:
        """Things of one kind, as the language separates them."""
        return self("style.and").join(things)

    def labels(self, kind: str, labels: Iterable[str]) -> str:
        return self.listed(self(f"{kind}.{label}") for label in labels)

    def frame(self, form: str) -> dict[str, str]:
        """Title, submit and close of a form."""
        return {"title": self(f"{form}.title"), "submit": self(f"{form}.submit"), "close": self("form.close")}

    def source(self, name: str) -> str:
        """The CRM that a fact came from, by what people call it."""
        key = f"source_name.{name}"
        return self(key) if self.has(key) else name

    def why(self, finding: Finding) -> str:
        """Why its words do harm; a Chinese reader is told in the variant of the text, as what to say instead is."""
        return finding.english if self.locale is Locale.EN else finding.why

    def percent(self, share: Decimal) -> str:
        """A share as the number before the percent sign."""
        return f"{(share * 100).normalize():f}"

    def ago(self, since: datetime, now: datetime) -> str:
        fresh = (now - since).total_seconds() < MINUTE
        return self("style.just_now") if fresh else self("style.ago", span=self.span(since, now))

    def span(self, since: datetime, now: datetime) -> str:
        """How long ago, in the largest unit that fits."""
        seconds = max(int((now - since).total_seconds()), 0)
        for unit, size in (("days", DAY), ("hours", HOUR)):
            if seconds >= size:
                return self(f"span.{unit}", count=seconds // size)
        return self("span.minutes", count=seconds // MINUTE) if seconds >= MINUTE else self("span.none")

    def day(self, at: datetime) -> date:
        """The day it was at the desk."""
        return at.astimezone(self._zone).date()

    def money(self, money: Money | None) -> str:
        if money is None:
            return "–"
        sign = SIGNS.get(money.currency, f"{money.currency.value} ") if money.currency else ""
        return f"{sign}{money.amount:,.2f}".removesuffix(".00")

    def clock(self, at: datetime) -> str:
        return at.astimezone(self._zone).strftime("%m/%d %H:%M")

    def customer(self, dossier: Dossier) -> str:
        account = dossier.answer.account
        return account.customer.name if account else self("card.unknown_customer")

    def state(self, contract: Contract, dossier: Dossier) -> ContractState:
        today = dossier.now.astimezone(self._zone).date()
        return state_on(contract, today, expiring_within_days=self.policy.expiring_within_days)

    def contract(self, contract: Contract, dossier: Dossier) -> str:
        """One line: product, state, the day that matters, number."""
        state = self.state(contract, dossier)
        return self(
            "card.contract",
            product=escape(contract.product),
            state=f"{_LAMP[state]} {self(f'state.{state.value}')}",
            end=self._day_that_matters(contract, state),
            number=escape(contract.number),
        ).strip()

    def terms(self, decision: Decision) -> str:
        said = [
            self("terms.offer", amount=self.money(decision.offer)) if decision.offer else "",
            self("terms.discount", share=self.percent(decision.discount)) if decision.discount is not None else "",
            self("terms.once") if decision.once else "",
            escape(decision.conditions or ""),
        ]
        return self.dot.join(part for part in said if part)

    def _day_that_matters(self, contract: Contract, state: ContractState) -> str:
        if state is ContractState.UPCOMING:
            return self._dated("card.contract_from", contract.start)
        if state is ContractState.TERMINATED:
            return self._dated("card.contract_terminated", contract.terminated)
        if state is ContractState.UNKNOWN:
            return ""
        if contract.end is None:
            return self("card.contract_open")
        key = "card.contract_since" if state is ContractState.EXPIRED else "card.contract_until"
        return self._dated(key, contract.end)

    def _dated(self, key: str, day: date | None) -> str:
        return self(key, date=f"{day:%Y/%m/%d}") if day else ""


_LAMP = {
    ContractState.ACTIVE: "🟢",
    ContractState.EXPIRING: "🟡",
    ContractState.EXPIRED: "🔴",
    ContractState.TERMINATED: "⚫",
    ContractState.UPCOMING: "🔵",
    ContractState.UNKNOWN: "⚪",
}
