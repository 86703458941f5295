"""What supervisors see and answer, and what comes back to the agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.cases import Speaker, Triage
from bot.domain.desk import Dossier, DraftRecord
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationRecord, EscalationStatus
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.card import contract_lines, wants_of
from handlers.blocks.drafts import draft_blocks
from handlers.blocks.words import Words

MAX_TRANSCRIPT = 12
TRANSCRIPT_LIMIT = 9000
"""Characters of all messages together: Slack refuses about 13,200 in one message's blocks (bolt-js #2509)."""


def root(dossier: Dossier, escalation: EscalationRecord, supervisors: Sequence[str], words: Words) -> Content:
    """A screenful: who asks, what the customer wants, the contract, the triage, the buttons."""
    people = " ".join(kit.mention(name) for name in supervisors)
    asked = words("escalation.asked_by", agent=kit.mention(escalation.opened_by), supervisors=people)
    customer = kit.escape(words.customer(dossier))
    reason = kit.escape(escalation.reason) or words("escalation.no_reason")
    blocks = [
        kit.section(f"*{words('escalation.title')}*　{customer}\n{asked}"),
        kit.section(f"*{words('escalation.reason')}*　{reason}\n*{words('card.wants')}*　{wants_of(dossier, words)}"),
        *contract_lines(dossier, words),
        kit.context(f"*{words('escalation.triage')}*　{_triage(dossier, words)}"),
        *_answer(escalation, words),
    ]
    return Content(f"{words('escalation.fallback', customer=customer)} {people}", tuple(blocks))


def transcript(dossier: Dossier, words: Words) -> Content:
    blocks = [kit.context(words("escalation.transcript"))]
    latest = dossier.messages[-MAX_TRANSCRIPT:]
    share = min(TRANSCRIPT_LIMIT // max(len(latest), 1), 2500)
    for message in latest:
        customer = message.speaker is Speaker.CUSTOMER
        who = words("escalation.customer" if customer else "escalation.us")
        person = kit.mention(message.user) if message.user else ""
        line = f"*{who}* {person}　{words.clock(message.at)}\n{kit.quote(message.text, share)}"
        blocks.append(kit.section(line))
    return Content(words("escalation.transcript"), tuple(blocks))


def decided(escalation: EscalationRecord, words: Words) -> Content:
    text = _decided(escalation, words)
    return Content(text, (kit.section(text),))


def decided_before(escalation: EscalationRecord, words: Words) -> Content:
    text = f"{words('error.decided_before')}\n{_decided(escalation, words)}"
    return Content(text, (kit.section(text),))


def unclear(escalation: EscalationRecord, words: Words) -> Content:
    return Content(words("escalation.unclear"), (kit.section(words("escalation.unclear")), _buttons(escalation, words)))


def question(text: str, link: str, words: Words) -> Content:
    how = words("escalation.question_how")
    blocks = (
        kit.section(f"{words('escalation.question')}\n{kit.quote(text)}"),
        kit.context(f"<{link}|{how}>" if link else how),
    )
    return Content(words("escalation.question"), blocks)


def verdict(
    dossier: Dossier, escalation: EscalationRecord, found: DraftSet, records: Sequence[DraftRecord], words: Words
) -> Content:
    """The decision and two drafts that follow it."""
    decision = escalation.decision
    assert decision is not None, "only a decided escalation has a verdict"
    title = words("verdict.title", verdict=words(f"verdict.{decision.verdict.value}"))
    by = words("verdict.by", by=kit.mention(decision.by or ""), terms=words.terms(decision))
    head = kit.section(f"*{title}*　{kit.escape(words.customer(dossier))}\n{by}")
    note = [kit.section(kit.quote(decision.note))] if decision.note else []
    return Content(words("verdict.fallback"), (head, *note, *draft_blocks(found, records, words)))


def _answer(escalation: EscalationRecord, words: Words) -> Iterator[kit.Block]:
    if escalation.status is EscalationStatus.DECIDED:
        yield kit.section(_decided(escalation, words))
    else:
        yield _buttons(escalation, words)
        yield kit.context(words("escalation.how"))


def _decided(escalation: EscalationRecord, words: Words) -> str:
    decision = escalation.decision
    assert decision is not None, "only a decided escalation is announced"
    label = words(f"verdict.{decision.verdict.value}")
    return words("escalation.decided", verdict=label, terms=words.terms(decision), by=kit.mention(decision.by or ""))


def _buttons(escalation: EscalationRecord, words: Words) -> kit.Block:
    return kit.actions(
        kit.button(names.ESCALATION_APPROVE, words("button.approve"), escalation.id, "primary"),
        kit.button(names.ESCALATION_DECLINE, words("button.decline"), escalation.id, "danger"),
        kit.button(names.ESCALATION_COUNTER, words("button.counter"), escalation.id),
    )


def _triage(dossier: Dossier, words: Words) -> str:
    triage = dossier.record.triage
    if triage == Triage():
        return words("escalation.triage_none")
    return words(
        "escalation.triage_line",
        severity=words(f"severity.{triage.severity.value}") if triage.severity else "–",
        difficulty=words(f"difficulty.{triage.difficulty.value}") if triage.difficulty else "–",
        hours=f"{triage.hours:g}" if triage.hours is not None else "–",
        cost=words.money(triage.cost),
        fault=words(f"fault.{dossier.record.fault.value}"),
    )
