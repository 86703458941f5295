"""Modals: sending a reply, sizing up a case, changing the terms of a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from bot.domain.cases import Difficulty, Fault, Severity, Triage
from bot.domain.desk import Dossier, DraftRecord, Locale
from bot.domain.lint.model import Finding, Level
from bot.domain.money import Currency, Money
from bot.domain.reading.model import Variant
from bot.services.knowledge import LiveKnowledge
from handlers import names
from handlers.blocks import kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Words

MAX_HISTORY = 5


class Forms:
    def __init__(self, knowledge: LiveKnowledge) -> None:
        self._knowledge = knowledge

    def send(
        self, draft: DraftRecord, locale: Locale, *, text: str | None = None, warnings: Sequence[Finding] = ()
    ) -> kit.Block:
        """The draft, to be edited and sent. With ``warnings`` it has been submitted once already."""
        words = self._words(locale)
        field = kit.text_input("text", text or draft.text, multiline=True)
        blocks = [kit.field("text", words("form.send.text"), field, hint=words("form.send.hint"))]
        if warnings:
            listed = "\n".join(f"• 「{kit.escape(w.text)}」{w.why} → {w.suggestion}" for w in warnings)
            blocks.insert(0, kit.section(f"{words('form.send.warnings')}\n{listed}"))
        memo = Memo(draft.id, confirmed=bool(warnings))
        return kit.modal(names.SEND_FORM, _frame(words, "form.send"), memo.write(), blocks)

    def say(self, key: str, locale: Locale) -> str:
        """An interface text for a field."""
        return self._words(locale)(key)

    def objection(self, findings: Sequence[Finding], locale: Locale) -> str:
        """Why a reply cannot be sent as it is, for the field it stands in."""
        words = self._words(locale)
        blocking = [finding for finding in findings if finding.severity is Level.BLOCK]
        return "\n".join(
            words("form.send.objection", text=finding.text, why=finding.why, suggestion=finding.suggestion)
            for finding in blocking
        )

    def triage(self, dossier: Dossier, channel: str, locale: Locale) -> kit.Block:
        words = self._words(locale)
        triage = dossier.record.triage
        blocks = [
            *_history(dossier, words),
            _choice("severity", Severity, triage.severity, words),
            _choice("difficulty", Difficulty, triage.difficulty, words),
            _number("hours", triage.hours, words),
            _number("cost", triage.cost.amount if triage.cost else None, words),
            _currency(dossier, words),
            _choice("fault", Fault, dossier.record.fault, words),
            kit.field(
                "product", words("form.triage.product"), kit.text_input("product", triage.product or ""), optional=True
            ),
            _checked(dossier, words),
        ]
        memo = Memo(dossier.record.id, channel)
        return kit.modal(names.TRIAGE_FORM, _frame(words, "form.triage"), memo.write(), blocks)

    def triage_errors(self, inputs: dict[str, str], locale: Locale) -> dict[str, str]:
        """Faults by field; empty where the form can be taken."""
        wrong = self._words(locale)("form.triage.not_number")
        return {name: wrong for name in ("hours", "cost") if _decimal(inputs[name]) is None}

    def counter(self, escalation_id: str, channel: str, locale: Locale) -> kit.Block:
        words = self._words(locale)
        terms = kit.text_input("terms", multiline=True, hint=words("form.counter.hint"))
        blocks = [kit.field("terms", words("form.counter.terms"), terms)]
        memo = Memo(escalation_id, channel)
        return kit.modal(names.COUNTER_FORM, _frame(words, "form.counter"), memo.write(), blocks)

    def _words(self, locale: Locale) -> Words:
        known = self._knowledge.current
        return Words(known.texts, known.policy, locale)


def triage_of(inputs: dict[str, str]) -> tuple[Triage, Fault, bool]:
    """The estimate, the fault and whether the history was read, from a form without faults."""
    hours, cost = _decimal(inputs["hours"]), _decimal(inputs["cost"])
    assert hours is not None, "checked by triage_errors"
    assert cost is not None, "checked by triage_errors"
    triage = Triage(
        severity=Severity(inputs["severity"]),
        difficulty=Difficulty(inputs["difficulty"]),
        hours=hours,
        cost=Money(cost, Currency(inputs["currency"])),
        product=inputs.get("product"),
    )
    return triage, Fault(inputs["fault"]), "history" in inputs


def _frame(words: Words, form: str) -> dict[str, str]:
    return {"title": words(f"{form}.title"), "submit": words(f"{form}.submit"), "close": words("form.close")}


def _choice(name: str, kind: type[Severity | Difficulty | Fault], chosen: object, words: Words) -> kit.Block:
    options = [(member.value, words(f"{name}.{member.value}")) for member in kind]
    label = words(f"form.triage.{name}")
    return kit.field(name, label, kit.select(name, label, options, str(chosen) if chosen else None))


def _number(name: str, value: Decimal | None, words: Words) -> kit.Block:
    initial = f"{value:f}" if value is not None else ""
    return kit.field(name, words(f"form.triage.{name}"), kit.text_input(name, initial))


def _currency(dossier: Dossier, words: Words) -> kit.Block:
    cost = dossier.record.triage.cost
    home = Currency.TWD if dossier.record.variant is Variant.HANT else Currency.CNY
    chosen = (cost.currency if cost else None) or home
    label = words("form.triage.currency")
    return kit.field(
        "currency", label, kit.select("currency", label, [(c.value, c.value) for c in Currency], chosen.value)
    )


def _checked(dossier: Dossier, words: Words) -> kit.Block:
    box = kit.option(words("form.triage.history_checked"), "checked")
    element: kit.Block = {"type": "checkboxes", "action_id": "history", "options": [box]}
    if dossier.record.history_checked:
        element["initial_options"] = [box]
    return kit.field("history", words("form.triage.history"), element, optional=True)


def _history(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    """What the CRM remembers of favours and complaints, shown where it has to be weighed (rule 42)."""
    account = dossier.answer.account
    if account is None or not (account.goodwill.available and account.cases.available):
        yield kit.context(words("form.triage.history_unavailable"))
        return
    favours = [
        f"{g.granted_on:%Y/%m/%d} {g.kind} {words.money(g.money)} {g.note or ''}" for g in account.goodwill.items
    ]
    complaints = [f"{c.opened_at:%Y/%m/%d} {c.subject}" for c in account.cases.items if c.complaint]
    lines = [kit.escape(line) for line in [*favours, *complaints][:MAX_HISTORY]]
    yield kit.context(*lines) if lines else kit.context(words("form.triage.history_none"))


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number >= 0 else None
