"""What happened in a case, newest last, short enough to be taken in at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.desk import Dossier
from bot.domain.opportunities import SalesStage


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``kind`` names a text (``history.<kind>``); ``words`` are what was said or what it was about.

    ``count`` messages of one speaker in a row make one line, with the last words.
    """

    at: datetime
    kind: str
    by: str | None = None
    words: str = ""
    count: int = 1


SAID = frozenset({"customer_said", "we_said"})
"""The lines that are messages."""


def history_of(dossier: Dossier, most: int) -> tuple[HistoryLine, ...]:
    """The newest ``most`` lines, oldest of them first."""
    lines = sorted([*_said(dossier), *_done(dossier)], key=lambda line: line.at)
    return tuple(_in_a_row(lines))[-most:]


def _said(dossier: Dossier) -> Iterator[HistoryLine]:
    for message in dossier.messages:
        kind = "we_said" if message.reading is None else "customer_said"
        yield HistoryLine(message.at, kind, message.user or None, message.text)


def _done(dossier: Dossier) -> Iterator[HistoryLine]:
    for change in dossier.changes:
        yield HistoryLine(change.at, change.kind.value, change.by, change.detail)
    escalation, opportunity = dossier.escalation, dossier.opportunity
    if escalation is not None:
        yield HistoryLine(escalation.opened_at, "escalated", escalation.opened_by, escalation.reason)
        decision = escalation.decision
        if decision is not None and decision.at is not None:
            yield HistoryLine(decision.at, f"decided_{decision.verdict.value}", decision.by)
    if opportunity is not None:
        yield HistoryLine(opportunity.opened_at, "sales_told", opportunity.owner)
        if opportunity.moved_at is not None and opportunity.stage is not SalesStage.TAGGED:
            yield HistoryLine(opportunity.moved_at, f"sales_{opportunity.stage.value}", opportunity.taken_by)


def _in_a_row(lines: Iterable[HistoryLine]) -> Iterator[HistoryLine]:
    """Messages of one speaker that follow each other as one line."""
    held: HistoryLine | None = None
    for line in lines:
        if held is not None and held.kind in SAID and (held.kind, held.by) == (line.kind, line.by):
            held = replace(line, count=held.count + 1)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held
