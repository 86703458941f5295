"""What supervisors see of an escalation, and what the agent is shown of it in private."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.domain.cases import Speaker, Triage
from bot.domain.desk import Dossier
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationRecord, EscalationStatus, Request, Waypoints
from bot.ports import Content
from handlers import names
from handlers.blocks import kit
from handlers.blocks.card import contract_lines, wants_of
from handlers.blocks.decision import buttons, decided_line
from handlers.blocks.words import Words

MAX_TRANSCRIPT = 12
TRANSCRIPT_LIMIT = 9000
"""Characters of all messages together: Slack refuses about 13,200 in one message's blocks (bolt-js #2509)."""
MAX_QUOTE, MAX_REASON, MAX_NOTE = 300, 500, 200
MAX_PROMISES = 3


def root(
    dossier: Dossier,
    escalation: EscalationRecord,
    drafts: DraftSet | None,
    waypoints: Waypoints,
    supervisors: Sequence[str],
    words: Words,
) -> Content:
    """A screenful: who asks for what, what the customer said, what is known, the ways to the rest, the buttons."""
    people = " ".join(kit.mention(name) for name in supervisors)
    asked = words("escalation.asked_by", agent=kit.mention(escalation.opened_by), supervisors=people)
    customer = kit.escape(words.customer(dossier))
    blocks = [
        kit.section(f"*{words('escalation.title')}*{words.gap}{customer}\n{asked}"),
        kit.section("\n".join(_asked(escalation, words))),
        *_attached(escalation.request, words),
        kit.section("\n".join(_said(dossier, words))),
        *contract_lines(dossier, words),
        kit.context(*_known(dossier, drafts if escalation.decision is None else None, words)),
        *_ways(waypoints, words),
        *_answer(escalation, dossier.now, words),
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
        line = f"*{who}* {person}{words.gap}{words.clock(message.at)}\n{kit.quote(message.text, share)}"
        blocks.append(kit.section(line))
    return Content(words("escalation.transcript"), tuple(blocks))


def escalated(escalation: EscalationRecord, link: str | None, words: Words, *, again: bool, mine: bool) -> Content:
    """For the agent alone: where it is, and the way to take it back as long as it waits."""
    text = words("escalation.opened_before" if again else "escalation.opened")
    elements = [kit.link_button(names.ESCALATION_LINK, words("button.to_thread"), link)] if link else []
    if mine and escalation.status is EscalationStatus.OPEN:
        elements.append(kit.button(names.ESCALATION_WITHDRAW, words("button.withdraw"), escalation.id))
    return Content(text, (kit.section(text), *([kit.actions(*elements)] if elements else [])))


def _asked(escalation: EscalationRecord, words: Words) -> Iterator[str]:
    request = escalation.request
    if request.ask is not None:
        offer = _offer(request, words)
        proposed = f"{words.gap}{words('escalation.offer', offer=offer)}" if offer else ""
        yield f"*{words('escalation.ask')}*{words.gap}{words(f'ask.{request.ask.value}')}{proposed}"
    reason = kit.escape(kit.clip(escalation.reason, MAX_REASON)) or words("escalation.no_reason")
    yield f"*{words('escalation.reason')}*{words.gap}{reason}"
    if request.promised:
        promised = kit.escape(kit.clip(request.promised, MAX_QUOTE))
        yield f"*{words('escalation.promised')}*{words.gap}{promised}"


def _attached(request: Request, words: Words) -> Iterator[kit.Block]:
    links = [f"<{url}|{words('escalation.attachment', number=n)}>" for n, url in enumerate(request.links, 1)]
    if links:
        yield kit.context(f"*{words('escalation.attachments')}*{words.gap}{words.listed(links)}")


def _offer(request: Request, words: Words) -> str:
    said = []
    if request.amount is not None:
        prices = request.ask is not None and request.ask.prices
        key = "escalation.offer_price" if prices else "escalation.offer_given"
        said.append(words(key, amount=words.money(request.amount)))
    if request.share is not None:
        said.append(words("terms.discount", share=words.percent(request.share)))
    return words.listed(said)


def _said(dossier: Dossier, words: Words) -> Iterator[str]:
    yield f"*{words('card.wants')}*{words.gap}{wants_of(dossier, words)}"
    last = next((m for m in reversed(dossier.messages) if m.reading is not None), None)
    if last is not None:
        yield kit.quote(last.text, MAX_QUOTE)


def _known(dossier: Dossier, drafts: DraftSet | None, words: Words) -> Iterator[str]:
    yield f"*{words('escalation.triage')}*{words.gap}{_triage(dossier, words)}"
    if drafts is not None:
        stage = words("card.stage", stage=words(f"stage.{drafts.stage.value}"))
        missing = words.listed(words(key) for key in drafts.missing)
        yield stage + (words.gap + words("card.missing", missing=missing) if missing else "")
    for promise in [promise for promise in dossier.promises if promise.kept_at is None][-MAX_PROMISES:]:
        due = words.clock(promise.due) if promise.due else words("escalation.promise_vague")
        yield words("escalation.promise", text=kit.escape(kit.clip(promise.text, 80)), due=due)


def _ways(waypoints: Waypoints, words: Words) -> Iterator[kit.Block]:
    links = [("escalation.to_card", waypoints.card), ("escalation.to_message", waypoints.message)]
    shown = [f"<{url}|{words(key)}>" for key, url in links if url]
    for earlier in waypoints.earlier:
        terms = words.terms(earlier.decision)
        label = words("escalation.decided_earlier", verdict=words(f"verdict.{earlier.decision.verdict.value}"))
        line = label + (words.gap + terms if terms else "")
        shown.append(f"<{earlier.link}|{label}>{words.gap}{terms}" if earlier.link else line)
    if shown:
        yield kit.context(words.gap.join(shown))


def _answer(escalation: EscalationRecord, now: datetime, words: Words) -> Iterator[kit.Block]:
    decision, seconds = escalation.decision, words.policy.revise_within_seconds
    if escalation.status is EscalationStatus.DECIDED and decision is not None:
        words_of = f"\n{kit.quote(decision.note, MAX_NOTE)}" if decision.note else ""
        yield kit.section(decided_line(escalation, words) + words_of)
        if decision.at is not None and now < decision.at + timedelta(seconds=seconds):
            yield kit.context(words("escalation.revise_in_thread", seconds=seconds))
    elif escalation.status is EscalationStatus.CLOSED:
        yield kit.section(words("escalation.closed"))
    else:
        yield buttons(escalation.id, words)
        yield kit.context(words("escalation.how"))


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
