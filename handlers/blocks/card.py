"""The desk card of a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.contracts import Contract
from bot.domain.desk import CaseStatus, Dossier, MessageRecord
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationStatus
from bot.domain.history import HistoryLine, history_of
from bot.ports import Content
from bot.ports.case_presenter import Pointers
from handlers import names
from handlers.blocks import kit
from handlers.blocks.words import Words

MAX_CONTRACTS = 5
MAX_EVIDENCE = 6
MAX_PROMISES = 3
MAX_HISTORY = 5
SAID_LIMIT = 600
LINE_LIMIT = 60


def card(dossier: Dossier, drafts: DraftSet | None, words: Words, pointers: Pointers) -> Content:
    """Begins with the customer in large and ends with a line, so that one card does not run into the next."""
    if dossier.record.status is CaseStatus.CLOSED:
        return _closed(dossier, words)
    history = history_of(dossier, MAX_HISTORY)
    blocks: list[kit.Block] = [
        kit.header(words.customer(dossier)),
        kit.context(*_head(dossier, history, pointers, words)),
        *contract_lines(dossier, words),
        *_said(dossier, words),
        kit.section("\n".join(_progress(dossier, drafts, pointers, words))),
        *_history(history, words),
        _buttons(dossier, words),
        {"type": "divider"},
    ]
    wants = wants_of(dossier, words)
    fallback = words("card.fallback", customer=kit.escape(words.customer(dossier)), wants=wants)
    return Content(fallback, tuple(blocks))


def merged(dossier: Dossier, link: str | None, words: Words) -> Content:
    """All that is left of the card of a case that went into ``dossier``."""
    text = words("card.merged", customer=kit.escape(words.customer(dossier)))
    there = f"<{link}|{words('card.merged_link')}>" if link else words("card.merged_no_link")
    return Content(text, (kit.section(f"{text}\n{there}"), {"type": "divider"}))


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
            yield kit.section("\n".join(_contracts(dossier, words)) or words("card.contract_none"))
        key = "card.stale" if account.stale else "card.as_of"
        yield kit.context(words(key, source=words.source(account.source), time=words.clock(account.as_of)))


def _contracts(dossier: Dossier, words: Words) -> Iterator[str]:
    account = dossier.answer.account
    contracts = account.contracts.items if account else ()
    shown = current_contracts(contracts)
    yield from (words.contract(contract, dossier) for contract in shown)
    hidden = len({contract.product for contract in contracts}) - len(shown)
    if hidden:
        yield words("card.contract_more", count=hidden)


def current_contracts(contracts: Sequence[Contract]) -> list[Contract]:
    """The newest contract of each product: what came before it is history."""
    newest: dict[str, Contract] = {}
    for contract in sorted(contracts, key=lambda c: (c.start or date.min, c.end or date.max)):
        newest[contract.product] = contract
    return list(newest.values())[-MAX_CONTRACTS:]


def _history(history: Sequence[HistoryLine], words: Words) -> Iterator[kit.Block]:
    """A case that has only just begun has none: its first words stand above."""
    if len(history) > 1:
        yield kit.context("\n".join([f"*{words('card.history')}*", *(history_line(line, words) for line in history)]))


def history_line(line: HistoryLine, words: Words) -> str:
    """When, who, what: one line of the history of a case."""
    who = kit.mention(line.by) if line.by else words("history.nobody")
    what = " ".join(line.words.split())
    said = words(f"history.{line.kind}", who=who, what=kit.escape(kit.clip(what, LINE_LIMIT)))
    count = words("history.count", count=line.count) if line.count > 1 else ""
    return f"{words.clock(line.at)}{words.gap}{said}{count}"


def wants_of(dossier: Dossier, words: Words) -> str:
    """Everything the customer has asked for in this case, each once."""
    intents = {i: None for m in dossier.messages if m.reading for i in m.reading.intents}
    return words.labels("intent", intents) or words("card.nothing")


def _closed(dossier: Dossier, words: Words) -> Content:
    """Two lines and the way back."""
    customer = kit.escape(words.customer(dossier))
    text = f"{words('card.closed', customer=customer)}{words.gap}{wants_of(dossier, words)}"
    history = history_of(dossier, 1)
    last = history_line(history[-1], words) if history else ""
    back = kit.button(names.CASE_REOPEN, words("button.reopen"), dossier.record.id)
    return Content(text, (kit.section(f"{text}\n{last}", back), {"type": "divider"}))


def _head(dossier: Dossier, history: Sequence[HistoryLine], pointers: Pointers, words: Words) -> Iterator[str]:
    """Where the customer is, who is on it, and what changed last."""
    way = f"{words.gap}<{pointers.customer}|{words('card.to_customer')}>" if pointers.customer else ""
    yield f"<#{dossier.record.channel}>{way}"
    if dossier.record.agent:
        yield words("card.agent", agent=kit.mention(dossier.record.agent))
    elif pointers.duty:
        yield words("card.duty", agent=kit.escape(pointers.duty))
    if len(history) > 1:
        yield words("card.updated", what=history_line(history[-1], words))


def _said(dossier: Dossier, words: Words) -> Iterator[kit.Block]:
    customers = [m for m in dossier.messages if m.reading is not None]
    if not customers:
        return
    last = next((m for m in reversed(customers) if m.reading and m.reading.calls_for_reply), customers[-1])
    who = kit.mention(last.user) if last.user else ""
    yield kit.section(f"*{words('card.said')}*{words.gap}{who}\n{kit.quote(last.text, SAID_LIMIT)}")
    tactics = _tactics(customers, words)
    lines = [f"*{words('card.wants')}*{words.gap}{wants_of(dossier, words)}"]
    if tactics:
        lines.append(f"*{words('card.tactics')}*{words.gap}{tactics}")
    yield kit.section("\n".join(lines))


def _tactics(customers: Sequence[MessageRecord], words: Words) -> str:
    """Each tactic once, with the words that showed it last."""
    shown = {
        e.label.value: e.text
        for m in customers
        if m.reading
        for e in m.reading.evidence
        if e.label in m.reading.tactics
    }
    parts = [
        words("card.tactic", label=words(f"tactic.{label}"), words=kit.escape(kit.clip(text, 40)))
        for label, text in shown.items()
    ]
    return words.gap.join(parts[-MAX_EVIDENCE:])


def _progress(dossier: Dossier, drafts: DraftSet | None, pointers: Pointers, words: Words) -> Iterator[str]:
    """Where the case stands: ladder, promises, decision, sales."""
    decided = dossier.escalation is not None and dossier.escalation.status is EscalationStatus.DECIDED
    if drafts is not None and not decided:
        yield words("card.stage", stage=words(f"stage.{drafts.stage.value}"))
        if drafts.missing:
            yield words("card.missing", missing=words.listed(words(key) for key in drafts.missing))
    yield from _promises(dossier, words)
    way = f"{words.gap}<{pointers.escalation}|{words('card.to_escalation')}>" if pointers.escalation else ""
    if dossier.escalation is not None and dossier.escalation.status is EscalationStatus.OPEN:
        yield words("card.escalated") + way
    elif dossier.escalation is not None and dossier.escalation.decision is not None:
        decision = dossier.escalation.decision
        verdict = f"{words(f'verdict.{decision.verdict.value}')}{words.gap}{words.terms(decision)}".strip()
        yield words("card.decided", verdict=verdict) + way
    if dossier.opportunity is not None:
        stage = words(f"history.sales_stage.{dossier.opportunity.stage.value}")
        yield words("card.sales", reason=words(dossier.opportunity.reason), stage=stage)
    yield words("card.more", count=len(dossier.messages))


def _promises(dossier: Dossier, words: Words) -> Iterator[str]:
    """What our side still owes, the earliest due first."""
    owed = [promise for promise in dossier.promises if promise.kept_at is None and promise.due is not None]
    owed.sort(key=lambda promise: promise.due or promise.at)
    for promise in owed[:MAX_PROMISES]:
        key = "card.promise_overdue" if promise.overdue(dossier.now) else "card.promise"
        due = words.clock(promise.due or promise.at)
        text = kit.escape(kit.clip(" ".join(promise.text.split()), LINE_LIMIT))
        yield words(key, text=text, due=due, who=kit.mention(promise.by))


def _buttons(dossier: Dossier, words: Words) -> kit.Block:
    """Everybody sees all of them: a shared message cannot show each role its own. Each press is checked."""
    case_id = dossier.record.id
    more = [(f"{deed}|{case_id}", words(f"button.{deed}")) for deed in names.CASE_DEEDS]
    return kit.actions(
        kit.button(names.CASE_DRAFT, words("button.draft"), case_id, "primary"),
        kit.button(names.CASE_TRIAGE, words("button.triage"), case_id),
        kit.button(names.CASE_ESCALATE, words("button.escalate"), case_id),
        kit.overflow(names.CASE_MORE, more),
    )
