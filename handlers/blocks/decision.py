"""A decision: as it is asked for, announced, changed, and brought to the agent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Decision
from bot.domain.desk import Dossier, DraftRecord
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationRecord
from bot.ports import Content
from handlers import names
from handlers.blocks import guess, kit
from handlers.blocks.drafts import draft_blocks
from handlers.blocks.words import Words


def buttons(escalation_id: str, words: Words) -> kit.Block:
    return kit.actions(
        kit.button(names.ESCALATION_APPROVE, words("button.approve"), escalation_id, "primary"),
        kit.button(names.ESCALATION_DECLINE, words("button.decline"), escalation_id, "danger"),
        kit.button(names.ESCALATION_COUNTER, words("button.counter"), escalation_id),
    )


def decided_line(escalation: EscalationRecord, words: Words) -> str:
    decision = escalation.decision
    assert decision is not None, "only a decided escalation is announced"
    by = kit.mention(decision.by or "")
    return words("escalation.decided", verdict=verdict_of(decision, words), by=by)


def verdict_of(decision: Decision, words: Words) -> str:
    """The verdict and its terms on one line."""
    terms = words.terms(decision)
    label = words(f"verdict.{decision.verdict.value}")
    return f"{label}{words.gap}{terms}" if terms else label


def decided(escalation: EscalationRecord, words: Words, *, revisable: bool) -> Content:
    text = decided_line(escalation, words)
    if not revisable:
        return Content(text, (kit.section(text),))
    second_thoughts = kit.actions(
        kit.button(names.ESCALATION_CHANGE, words("button.change"), escalation.id),
        kit.button(names.ESCALATION_TAKE_BACK, words("button.take_back"), escalation.id),
    )
    return Content(
        text,
        (
            kit.section(text),
            second_thoughts,
            kit.context(words("escalation.revisable", seconds=words.policy.revise_within_seconds)),
        ),
    )


def decided_before(escalation: EscalationRecord, words: Words) -> Content:
    if escalation.decision is None:
        text = words("error.not_pending")
    else:
        text = f"{words('error.decided_before')}\n{decided_line(escalation, words)}"
    return Content(text, (kit.section(text),))


def taken_back(escalation: EscalationRecord, words: Words) -> Content:
    before = escalation.earlier[-1]
    by, verdict = kit.mention(before.by or ""), verdict_of(before, words)
    text = words("escalation.taken_back", by=by, verdict=verdict)
    return Content(text, (kit.section(text),))


def overruled(escalation: EscalationRecord, words: Words) -> Content:
    """In the place of a decision that counts no more."""
    decision = escalation.decision
    assert decision is not None, "what was overruled had been decided"
    text = words("escalation.overruled", verdict=verdict_of(decision, words))
    return Content(text, (kit.context(text),))


def unclear(escalation: EscalationRecord, ts: str, offered: Decision | None, words: Words) -> Content:
    """Asks back: with the likely reading to be confirmed, else with the three buttons."""
    if offered is None:
        text = words("escalation.unclear")
        return Content(text, (kit.section(text), buttons(escalation.id, words)))
    text = words("escalation.guess", verdict=verdict_of(offered, words))
    choice = kit.actions(
        kit.button(names.ESCALATION_CONFIRM, words("button.yes"), guess.write(escalation.id, ts, offered), "primary"),
        kit.button(names.ESCALATION_REJECT, words("button.no"), guess.write(escalation.id, ts, None)),
    )
    return Content(text, (kit.section(text), choice))


def verdict(
    dossier: Dossier,
    escalation: EscalationRecord,
    found: DraftSet,
    records: Sequence[DraftRecord],
    link: str | None,
    words: Words,
) -> Content:
    """The decision and two drafts that follow it."""
    decision = escalation.decision
    assert decision is not None, "only a decided escalation has a verdict"
    title = words("verdict.title", verdict=words(f"verdict.{decision.verdict.value}"))
    by = words("verdict.by", by=kit.mention(decision.by or ""), terms=words.terms(decision)).strip()
    before = escalation.earlier[-1:]
    changed = [kit.section(words("verdict.changed", verdict=verdict_of(earlier, words))) for earlier in before]
    way = f"{words.gap}<{link}|{words('card.to_customer')}>" if link else ""
    head = kit.section(f"*{title}*{words.gap}{kit.escape(words.customer(dossier))}\n{by}{way}")
    note = [kit.section(kit.quote(decision.note))] if decision.note else []
    blocks = (*changed, head, *note, *draft_blocks(found, records, words))
    return Content(words("verdict.fallback"), blocks)
