"""The form in which a case is sized up, with what the CRM remembers of the customer beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.domain.cases import Difficulty, Fault, Severity, Triage
from bot.domain.contracts import Account
from bot.domain.desk import Dossier, Locale
from bot.domain.money import Currency, Money
from handlers import names
from handlers.blocks import kit
from handlers.blocks.figures import MOST, currency_field, home_currency, number
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary, Words

MAX_HISTORY = 5
MAX_PRODUCT = 80
MAX_FIGURE = 40

LIMITS = {"hours": Decimal(2000), "cost": MOST}
"""What no estimate of one case reaches, such as a working year: beyond it, a figure is a slip."""

_CHOICES = (("severity", Severity), ("difficulty", Difficulty), ("fault", Fault))


class TriageForm:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def view(self, dossier: Dossier, memo: Memo, locale: Locale) -> kit.Block:
        """What was estimated before stands in the fields."""
        words = self._vocabulary(locale)
        triage = dossier.record.triage
        blocks = [
            kit.section(f"*{kit.escape(words.customer(dossier))}*"),
            *_history(dossier, words),
            _choice("severity", Severity, triage.severity, words),
            _choice("difficulty", Difficulty, triage.difficulty, words),
            _number("hours", triage.hours, words),
            _number("cost", triage.cost.amount if triage.cost else None, words),
            _currency(dossier, words),
            _choice("fault", Fault, dossier.record.fault, words),
            _product(dossier, words),
            _checked(dossier, words),
        ]
        return kit.modal(names.TRIAGE_FORM, words.frame("form.triage"), memo.write(), blocks)

    def errors(self, inputs: dict[str, str], locale: Locale) -> dict[str, str]:
        """Faults by field; empty where the form can be taken."""
        words = self._vocabulary(locale)
        faults = {name: _fault(inputs.get(name, ""), LIMITS[name]) for name in LIMITS}
        found = {
            name: words(f"form.triage.{fault}", most=f"{LIMITS[name]:,}") for name, fault in faults.items() if fault
        }
        for name, kind in _CHOICES:
            if inputs.get(name) not in set(kind):
                found[name] = words("form.triage.not_chosen")
        if inputs.get("currency") not in set(Currency):
            found["currency"] = words("form.triage.not_chosen")
        return found


def triage_of(inputs: dict[str, str]) -> tuple[Triage, Fault, bool]:
    """The estimate, the fault and whether the history was read, from a form without faults."""
    hours, cost = number(inputs["hours"]), number(inputs["cost"])
    assert hours is not None, "checked by TriageForm.errors"
    assert cost is not None, "checked by TriageForm.errors"
    triage = Triage(
        severity=Severity(inputs["severity"]),
        difficulty=Difficulty(inputs["difficulty"]),
        hours=hours,
        cost=Money(cost, Currency(inputs["currency"])),
        product=inputs.get("product", "").strip() or None,
    )
    return triage, Fault(inputs["fault"]), "history" in inputs


def _fault(text: str, most: Decimal) -> str | None:
    """The name of what is wrong with a figure."""
    figure = number(text)
    if figure is None:
        return "not_number"
    if figure < 0:
        return "negative"
    return "too_large" if figure > most else None


def _choice(name: str, kind: type[Severity | Difficulty | Fault], chosen: object, words: Words) -> kit.Block:
    options = [(member.value, words(f"{name}.{member.value}")) for member in kind]
    label = words(f"form.triage.{name}")
    return kit.field(name, label, kit.select(name, words("form.choose"), options, str(chosen) if chosen else None))


def _number(name: str, value: Decimal | None, words: Words) -> kit.Block:
    initial = f"{value:f}" if value is not None else ""
    hint = words(f"form.triage.{name}_hint")
    return kit.field(name, words(f"form.triage.{name}"), kit.text_input(name, initial, hint=hint, most=MAX_FIGURE))


def _currency(dossier: Dossier, words: Words) -> kit.Block:
    cost = dossier.record.triage.cost
    chosen = (cost.currency if cost else None) or home_currency(Locale.of_case(dossier.record.variant))
    return currency_field(chosen, words("form.triage.currency"), words)


def _product(dossier: Dossier, words: Words) -> kit.Block:
    """With the products of the contracts beside it; the only one stands there already."""
    account = dossier.answer.account
    products = list(dict.fromkeys(contract.product for contract in account.contracts.items)) if account else []
    initial = dossier.record.triage.product or (products[0] if len(products) == 1 else "")
    element = kit.text_input("product", initial, most=MAX_PRODUCT)
    hint = words("form.triage.products", products=words.listed(products)) if products else ""
    return kit.field("product", words("form.triage.product"), element, optional=True, hint=hint)


def _checked(dossier: Dossier, words: Words) -> kit.Block:
    box = kit.checkbox(
        "history", words("form.triage.history_checked"), "checked", ticked=dossier.record.history_checked
    )
    return kit.field("history", words("form.triage.history"), box, optional=True)


def _history(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    """What the CRM remembers of favours and complaints, shown where it has to be weighed (rule 42)."""
    account = dossier.answer.account
    if account is None or not (account.goodwill.available and account.cases.available):
        yield kit.context(words("form.triage.history_unavailable"))
        return
    lines = [kit.escape(line) for line in _remembered(account, words)]
    if not lines:
        yield kit.context(words("form.triage.history_none"))
        return
    yield kit.context(words("form.triage.history_shown"), *lines[:MAX_HISTORY])
    if len(lines) > MAX_HISTORY:
        yield kit.context(words("form.triage.history_more", count=len(lines) - MAX_HISTORY))


def _remembered(account: Account, words: Words) -> Iterator[str]:
    """Newest first: favours with what they came to, complaints with whose fault they were."""
    favours = [
        (g.granted_on, words("form.triage.favour", kind=g.kind, money=words.money(g.money), note=g.note or ""))
        for g in account.goodwill.items
    ]
    complaints = [
        (words.day(c.opened_at), words(f"form.triage.complaint.{_judged(c.justified)}", subject=c.subject))
        for c in account.cases.items
        if c.complaint
    ]
    for day, line in sorted([*favours, *complaints], reverse=True):
        yield f"{day:%Y/%m/%d}{words.gap}{line.strip()}"


def _judged(justified: bool | None) -> str:
    return {None: "open", True: "ours", False: "not_ours"}[justified]
