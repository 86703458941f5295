"""The desk card of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.contracts import Contract
from bot.domain.desk import Dossier, MessageRecord
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationStatus
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words

MAX_CONTRACTS = 5
MAX_EVIDENCE = 6


def card(dossier: Dossier, drafts: DraftSet | None, words: Words) -> Content:
    blocks = [
        kit.section(f"*{kit.escape(words.customer(dossier))}*"),
        *contract_lines(dossier, words),
        *_said(dossier, words),
        kit.context(*_progress(dossier, drafts, words)),
        kit.actions(
            kit.button(names.CASE_DRAFT, words("button.draft"), dossier.record.id, "primary"),
            kit.button(names.CASE_TRIAGE, words("button.triage"), dossier.record.id),
            kit.button(names.CASE_ESCALATE, words("button.escalate"), dossier.record.id),
        ),
    ]
    wants = wants_of(dossier, words)
    fallback = words("card.fallback", customer=kit.escape(words.customer(dossier)), wants=wants)
    return Content(fallback, tuple(blocks))


def contract_lines(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    """What the CRM says of the contracts, when it said so, or that it says nothing."""
    answer = dossier.answer
    if answer.unavailable:
        yield kit.section(words("card.crm_unavailable"))
    elif answer.candidates:
        options = [(f"{dossier.record.id}|{c.id}", f"{c.name} {c.id}") for c in answer.candidates]
        choose = kit.select(names.CASE_CUSTOMER, words("card.choose"), options)
        yield kit.section(words("card.crm_several", count=len(answer.candidates)), choose)
    elif answer.account is None:
        yield kit.section(words("card.crm_none"))
    else:
        account = answer.account
        if not account.contracts.available:
            yield kit.section(words("card.crm_unavailable"))
        else:
            lines = [words.contract(contract, dossier) for contract in current_contracts(account.contracts.items)]
            yield kit.section("\n".join(lines) or words("card.contract_none"))
        when = words(
            "card.stale" if account.stale else "card.as_of", source=account.source, time=words.clock(account.as_of)
        )
        yield kit.context(when)


def current_contracts(contracts: Sequence[Contract]) -> list[Contract]:
    """The newest contract of each product: what came before it is history."""
    newest: dict[str, Contract] = {}
    for contract in sorted(contracts, key=lambda c: (c.start or date.min, c.end or date.max)):
        newest[contract.product] = contract
    return list(newest.values())[-MAX_CONTRACTS:]


def _said(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    customers = [m for m in dossier.messages if m.reading is not None]
    if not customers:
        return
    last = customers[-1]
    who = kit.mention(last.user) if last.user else ""
    yield kit.section(f"*{words('card.said')}*　{who}\n{kit.quote(last.text)}")
    tactics = _tactics(customers, words)
    lines = [f"*{words('card.wants')}*　{wants_of(dossier, words) or words('card.nothing')}"]
    if tactics:
        lines.append(f"*{words('card.tactics')}*　{tactics}")
    yield kit.section("\n".join(lines))


def wants_of(dossier: Dossier, words: Words) -> str:
    """Everything the customer has asked for in this case, each once."""
    intents = {i: None for m in dossier.messages if m.reading for i in m.reading.intents}
    return words.labels("intent", intents) or words("card.nothing")


def _tactics(customers: list[MessageRecord], words: Words) -> str:
    """Each tactic once, with the words that showed it last."""
    shown = {
        e.label.value: e.text
        for m in customers
        if m.reading
        for e in m.reading.evidence
        if e.label in m.reading.tactics
    }
    parts = [f"{words(f'tactic.{label}')}「{kit.escape(kit.clip(text, 40))}」" for label, text in shown.items()]
    return "　".join(parts[-MAX_EVIDENCE:])


def _progress(dossier: Dossier, drafts: DraftSet | None, words: Words) -> Iterator[str]:
    decided = dossier.escalation is not None and dossier.escalation.status is EscalationStatus.DECIDED
    if drafts is not None and not decided:
        yield words("card.stage", stage=words(f"stage.{drafts.stage.value}"))
        if drafts.missing:
            yield words("card.missing", missing="、".join(words(key) for key in drafts.missing))
    if dossier.escalation is not None:
        decision = dossier.escalation.decision
        if dossier.escalation.status is EscalationStatus.OPEN or decision is None:
            yield words("card.escalated")
        else:
            yield words(
                "card.decided", verdict=f"{words(f'verdict.{decision.verdict.value}')}　{words.terms(decision)}"
            )
    if dossier.opportunity is not None:
        yield words("card.sales", reason=words(dossier.opportunity.reason))
    if dossier.record.agent:
        yield words("card.agent", agent=f"<@{dossier.record.agent}>")
    yield words("card.more", count=len(dossier.messages))
