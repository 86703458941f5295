"""Customers and cases for the tests of drafting. Everybody here is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bot.adapters.scripts.lint import load_lint
from bot.adapters.scripts.plays import load_plays
from bot.cli.wire_case import parse_case
from bot.domain.cases import Case
from bot.domain.contracts import Account, Contract, Customer, Facet, Owner, Ref
from bot.domain.drafting.drafter import Drafter
from bot.domain.drafting.model import Draft, DraftSet, Tone
from bot.domain.drafting.plays import Playbook
from bot.domain.lint.linter import Linter
from bot.domain.money import Currency, Money
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WEEKDAYS_ONLY
from bot.domain.reading.dates import find_dates
from bot.domain.reading.model import Evidence, Intent, Reading, Tactic, Variant
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise
from bot.domain.reading.variant import detect_variant

SCRIPTS = Path(__file__).parents[1] / "scripts_zh"
NOW = datetime.fromisoformat("2026-11-23T10:20:00+08:00")
"""A Monday morning."""

LOW = {"severity": "medium", "difficulty": "easy", "hours": 1.5, "cost": 1000}
HIGH = {"severity": "medium", "difficulty": "hard", "hours": 16, "cost": 90000}
FIRST_THREE = [{"kind": kind} for kind in ("expectations_set", "acknowledged", "explained")]

_PERIODS: dict[str, dict[str, Any]] = {
    "active": {"start": date(2026, 1, 1), "end": date(2027, 10, 31)},
    "expiring": {"start": date(2025, 12, 11), "end": date(2026, 12, 10)},
    "expired": {"start": date(2025, 11, 1), "end": date(2026, 10, 31)},
    "terminated": {"start": date(2025, 11, 1), "end": date(2027, 10, 31), "terminated": date(2026, 9, 1)},
    "upcoming": {"start": date(2027, 1, 1), "end": date(2027, 12, 31)},
}
_PEOPLE = {
    Variant.HANT: ("YF-9", "永豐紡織", "張雅婷", "ERP", Currency.TWD, 48000, 18000),
    Variant.HANS: ("LH-9", "蓝海云仓", "刘洋", "云主机", Currency.CNY, 9800, 3000),
}


def account(state: str, variant: Variant = Variant.HANT, **changes: Any) -> Account:
    """A customer with one contract in ``state``, or with ``none``. ``changes`` go to the contract."""
    number, name, owner, product, currency, renewal, one_off = _PEOPLE[variant]
    contract = Contract(
        ref=Ref("sql", "c1"),
        number="M-2025-018",
        kind="maintenance",
        product=product,
        renewal_price=Money(Decimal(renewal), currency),
        one_off_price=Money(Decimal(one_off), currency),
        **(_PERIODS.get(state) or _PERIODS["expired"]),
    )
    customer = Customer(Ref("sql", number), name, owner=Owner(owner, None), since=date(2019, 3, 1))
    items = () if state == "none" else (replace(contract, **changes),)
    return Account(customer, Facet(items), NOW, stale=False, source="sql")


def case(
    text: str,
    *,
    state: str | None = "expired",
    variant: Variant | None = None,
    one_off: int | None = None,
    **fields: Any,
) -> Case:
    """A case of one customer message; ``fields`` are those of the wire.

    ``state=None`` is a customer nobody found; ``one_off`` is another price of a single visit than usual.
    """
    item = {"id": "t1", "messages": [{"from": "customer", "text": text}]} | fields
    made, _ = parse_case(item, now=NOW)
    variant = variant or detect_variant(text) or Variant.HANT
    if made.triage.cost is not None and made.triage.cost.currency is None:
        cost = Money(made.triage.cost.amount, _PEOPLE[variant][4])
        made = replace(made, triage=replace(made.triage, cost=cost))
    if state is None:
        return made
    other = {} if one_off is None else {"one_off_price": Money(Decimal(one_off), _PEOPLE[variant][4])}
    return replace(made, account=account(state, variant, **other))


def reading(text: str, says: dict[str, str], variant: Variant | None = None) -> Reading:
    """What a reader would find, with the labels given: each label with the words that show it."""
    plain = normalise(text)
    found = []
    for label in (*Intent, *Tactic):
        if label in says:
            start = max(0, text.find(says[label]))
            found.append(Evidence(label, (start, start + len(says[label])), says[label]))
    return Reading(
        variant=variant or detect_variant(text) or Variant.HANT,
        intents=tuple(label for label in Intent if label in says),
        tactics=tuple(label for label in Tactic if label in says),
        amounts=find_amounts(plain),
        dates=find_dates(plain, now=NOW, calendar=WEEKDAYS_ONLY),
        evidence=tuple(found),
    )


@cache
def playbook() -> Playbook:
    return load_plays(SCRIPTS / "plays")


@cache
def linter() -> Linter:
    return Linter(load_lint(SCRIPTS / "lint"))


@cache
def drafter() -> Drafter:
    return Drafter(playbook(), linter(), Policy())


def draft(
    text: str, labels: str | dict[str, str], before: tuple[str, dict[str, str]] | None = None, **fields: Any
) -> DraftSet:
    """Drafts for a case of one message; ``labels`` may be names alone. ``before`` is what was said and meant earlier."""
    says = labels if isinstance(labels, dict) else dict.fromkeys(labels.split(), "")
    made = case(text, **fields)
    return drafter().draft(made, reading(text, says), reading(*before) if before else None)


def text_of(drafts: DraftSet, tone: Tone) -> str:
    return by_tone(drafts)[tone].text


def by_tone(drafts: DraftSet) -> dict[Tone, Draft]:
    return {item.tone: item for item in drafts.drafts}


def both(drafts: DraftSet) -> str:
    """Both texts in one, to look for words that neither may hold."""
    return "\n".join(item.text for item in drafts.drafts)


def kinds(drafts: DraftSet) -> set[str]:
    return {proposal.kind.value for proposal in drafts.proposals}
