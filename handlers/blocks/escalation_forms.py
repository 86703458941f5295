"""The forms of an escalation: what the agent asks for, the terms of a decision, the answer to a question."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.domain.cases import Decision, Verdict
from bot.domain.desk import Dossier, Locale
from bot.domain.escalations import Ask, EscalationRecord, OfferFault, QuestionRecord, Request, ask_for
from bot.domain.money import Money
from bot.ports import Content
from bot.services.escalations import Objection
from handlers import names
from handlers.blocks import figures, kit
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary, Words

MAX_REASON, MAX_WORDS, MAX_LINKS = 1000, 1000, 5

_LINK = re.compile(r"https?://[^\s<>|]{3,300}")


class RequestForm:
    """What the agent asks the supervisors for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def view(self, dossier: Dossier, memo: Memo, locale: Locale, *, reason: str) -> kit.Block:
        """``reason`` is what the agent has written already; what the customer wants is chosen already."""
        words = self._vocabulary(locale)
        intents = frozenset(i for m in dossier.messages if m.reading for i in m.reading.intents)
        asks = [(ask.value, words(f"ask.{ask.value}")) for ask in Ask]
        ask = kit.select("ask", words("form.choose"), asks, ask_for(intents).value)
        home = figures.home_currency(Locale.of_case(dossier.record.variant))
        blocks = [
            _text("reason", words, reason, most=MAX_REASON, optional=True),
            kit.field("ask", words("form.request.ask"), ask),
            _text("amount", words, "", optional=True, multiline=False),
            figures.currency_field(home, words("form.request.currency"), words),
            _text("share", words, "", optional=True, multiline=False),
            _text("promised", words, "", optional=True),
            _text("links", words, "", optional=True),
        ]
        return kit.modal(names.REQUEST_FORM, words.frame("form.request"), memo.write(), blocks)

    def again(self, case_id: str, reason: str, locale: Locale) -> Content:
        """For the agent alone, where the form did not open: what they typed is not lost."""
        words = self._vocabulary(locale)
        text = words("form.request.not_opened")
        button = kit.button(
            names.ESCALATION_AGAIN, words("button.escalate"), f"{case_id}|{kit.clip(reason, MAX_REASON)}"
        )
        return Content(text, (kit.section(f"{text}\n{kit.quote(reason)}"), kit.actions(button)))

    def errors(self, inputs: dict[str, str], locale: Locale) -> dict[str, str]:
        """Faults by field; empty where ``request_of`` can read the form."""
        words = self._vocabulary(locale)
        faults = _figure_faults(inputs, words)
        if inputs.get("ask") not in set(Ask):
            faults["ask"] = words("form.request.not_chosen")
        if _bad_links(inputs.get("links", "")):
            faults["links"] = words("form.request.not_links", most=MAX_LINKS)
        return faults

    def objection(self, objection: Objection, request: Request, locale: Locale) -> dict[str, str]:
        """An offer beyond a role's limits, at its field."""
        words = self._vocabulary(locale)
        role = words(f"role.{objection.role.value}")
        if objection.fault is OfferFault.SHARE:
            least = words.percent(1 - words.policy.discount_limits.get(objection.role.value, Decimal(0)) / 100)
            return {"share": words("form.request.over_share", role=role, least=least)}
        if objection.fault is OfferFault.PRICE_UNKNOWN:
            return {"amount": words("form.request.price_unknown")}
        currency = (request.amount.currency if request.amount else None) or words.policy.currency
        limits = words.policy.offer_limits.get(objection.role.value, {})
        limit = words.money(Money(limits.get(currency, Decimal(0)), currency))
        return {"amount": words("form.request.over_amount", role=role, limit=limit)}


def request_of(inputs: dict[str, str]) -> tuple[str, Request]:
    """The reason and the request of a form without faults."""
    request = Request(
        ask=Ask(inputs["ask"]),
        amount=figures.money(inputs),
        share=figures.share(inputs["share"]) if inputs.get("share", "").strip() else None,
        links=tuple(inputs.get("links", "").split()),
        promised=inputs.get("promised", "").strip(),
    )
    return inputs.get("reason", "").strip(), request


class TermsForm:
    """The terms of a decision, instead of a plain yes or no."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def counter(self, escalation: EscalationRecord, side: Locale, memo: Memo, locale: Locale) -> kit.Block:
        """Begins with what the agent would offer, in the currency of the customer's ``side``."""
        request = escalation.request
        words = self._vocabulary(locale)
        start = Decision(Verdict.COUNTER, offer=request.amount, discount=request.share, once=True)
        blocks = [*_asked(escalation, words), *_terms(start, side, words, given=not _prices(request))]
        return kit.modal(names.COUNTER_FORM, words.frame("form.counter"), memo.write(), blocks)

    def change(self, escalation: EscalationRecord, side: Locale, memo: Memo, locale: Locale) -> kit.Block:
        """Begins with the decision that stands."""
        decision = escalation.decision
        assert decision is not None, "only a decision can be changed"
        words = self._vocabulary(locale)
        options = [(verdict.value, words(f"verdict.{verdict.value}")) for verdict in Verdict]
        verdict = kit.select("verdict", words("form.choose"), options, decision.verdict.value)
        blocks = [
            *_asked(escalation, words),
            kit.field("verdict", words("form.change.verdict"), verdict),
            *_terms(decision, side, words, given=not _prices(escalation.request)),
        ]
        return kit.modal(names.CHANGE_FORM, words.frame("form.change"), memo.write(), blocks)

    def errors(self, inputs: dict[str, str], locale: Locale) -> dict[str, str]:
        words = self._vocabulary(locale)
        faults = _figure_faults(inputs, words)
        if "verdict" in inputs and inputs["verdict"] not in set(Verdict):
            faults["verdict"] = words("form.request.not_chosen")
        return faults

    def no_terms(self, locale: Locale) -> dict[str, str]:
        return {"terms": self._vocabulary(locale)("form.counter.no_terms")}


def decision_of(inputs: dict[str, str]) -> Decision:
    """From a form without faults. A refusal has no terms."""
    verdict = Verdict(inputs.get("verdict") or Verdict.COUNTER)
    note = inputs.get("terms", "").strip() or None
    if verdict is Verdict.DECLINE:
        return Decision(verdict, note=note)
    return Decision(
        verdict,
        note=note,
        offer=figures.money(inputs),
        discount=figures.share(inputs["share"]) if inputs.get("share", "").strip() else None,
        once=True if "once" in inputs else None,
        conditions=inputs.get("conditions", "").strip() or None,
    )


class AnswerForm:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def view(self, question: QuestionRecord, memo: Memo, locale: Locale) -> kit.Block:
        words = self._vocabulary(locale)
        by = kit.mention(question.asked_by)
        blocks = [
            kit.section(f"{words('question.title', by=by)}\n{kit.quote(question.text)}"),
            kit.field("answer", words("form.answer.answer"), kit.text_input("answer", multiline=True, most=MAX_WORDS)),
        ]
        return kit.modal(names.ANSWER_FORM, words.frame("form.answer"), memo.write(), blocks)

    def empty(self, locale: Locale) -> dict[str, str]:
        return {"answer": self._vocabulary(locale)("form.send.empty")}


def _asked(escalation: EscalationRecord, words: Words) -> list[kit.Block]:
    ask = escalation.request.ask
    if ask is None:
        return []
    return [kit.context(f"{words('escalation.ask')}{words.gap}{words(f'ask.{ask.value}')}")]


def _prices(request: Request) -> bool:
    return request.ask is not None and request.ask.prices


def _terms(start: Decision, side: Locale, words: Words, *, given: bool) -> list[kit.Block]:
    """``given``: an amount is what the customer gets, not what they pay."""
    offer = start.offer
    amount = kit.text_input("amount", f"{offer.amount:f}" if offer else "")
    share = kit.text_input("share", words.percent(start.discount) if start.discount is not None else "")
    once = kit.checkbox("once", words("terms.once"), "once", ticked=start.once is True)
    conditions = kit.text_input("conditions", start.conditions or "", hint=words("form.counter.conditions_hint"))
    terms = kit.text_input("terms", start.note or "", multiline=True, hint=words("form.counter.hint"), most=MAX_WORDS)
    label = "form.counter.given" if given else "form.counter.price"
    currency = (offer.currency if offer else None) or figures.home_currency(side)
    return [
        kit.field("amount", words(label), amount, optional=True),
        figures.currency_field(currency, words("form.request.currency"), words),
        kit.field("share", words("form.request.share"), share, optional=True),
        kit.field("once", words("form.counter.once"), once, optional=True),
        kit.field("conditions", words("form.counter.conditions"), conditions, optional=True),
        kit.field("terms", words("form.counter.terms"), terms, optional=True),
    ]


def _text(
    name: str, words: Words, initial: str, *, most: int = MAX_WORDS, optional: bool = False, multiline: bool = True
) -> kit.Block:
    element = kit.text_input(name, initial, multiline=multiline, most=most, hint=words(f"form.request.{name}_hint"))
    return kit.field(name, words(f"form.request.{name}"), element, optional=optional)


def _figure_faults(inputs: dict[str, str], words: Words) -> dict[str, str]:
    faults = {}
    amount, share = inputs.get("amount", "").strip(), inputs.get("share", "").strip()
    if amount and figures.figure(amount) is None:
        faults["amount"] = words("form.request.not_amount")
    if share and figures.share(share) is None:
        faults["share"] = words("form.request.not_share")
    return faults


def _bad_links(text: str) -> bool:
    links = text.split()
    return len(links) > MAX_LINKS or not all(_LINK.fullmatch(link) for link in links)
