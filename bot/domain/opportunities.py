"""An opportunity that sales was told of, and the stages it goes through.

    tagged ──take──▶ taken ──win──▶ won
                     taken ──lose─▶ lost
    tagged, taken ──put_off──▶ later ──take──▶ taken
    tagged, taken, later ──rule_out──▶ unsuitable

From the first press on it belongs to whoever pressed. While it is held, nobody contacts the customer (no stage is
entered that means contact) until a supervisor clears it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import OnHold, TakenBefore


class SalesStage(StrEnum):
    TAGGED = "tagged"
    TAKEN = "taken"
    LATER = "later"
    UNSUITABLE = "unsuitable"
    WON = "won"
    LOST = "lost"


CLOSED_STAGES = frozenset({SalesStage.WON, SalesStage.LOST, SalesStage.UNSUITABLE})
"""Stages of an opportunity that nobody needs to look at any more."""


@dataclass(frozen=True, slots=True)
class OpportunityRecord:
    """A renewal or sale that sales was told of: at most one per case (rule 13).

    ``owner`` is the account's sales person in the CRM; ``taken_by`` who follows it up, since ``moved_at`` in this
    stage. ``remind_at`` is when they want to hear of it again, ``note`` why it came to nothing. ``hold`` is the text
    key of why the customer is not to be contacted now. ``version`` grows with every write.
    """

    case_id: str
    reason: str
    owner: str | None
    opened_at: datetime
    stage: SalesStage = SalesStage.TAGGED
    taken_by: str | None = None
    moved_at: datetime | None = None
    remind_at: datetime | None = None
    note: str | None = None
    hold: str | None = None
    cleared_by: str | None = None
    cleared_at: datetime | None = None
    version: int = 0

    @property
    def closed(self) -> bool:
        return self.stage in CLOSED_STAGES


def take(record: OpportunityRecord, by: str, now: datetime) -> OpportunityRecord:
    """Raises ``TakenBefore`` or ``OnHold``."""
    _require_free(record, by)
    if record.stage is SalesStage.TAKEN:
        raise TakenBefore(record.case_id)
    return _moved(record, SalesStage.TAKEN, by, now)


def put_off(record: OpportunityRecord, by: str, now: datetime, until: datetime) -> OpportunityRecord:
    """Raises ``TakenBefore`` or ``OnHold``."""
    _require_free(record, by)
    return replace(_moved(record, SalesStage.LATER, by, now), remind_at=until)


def win(record: OpportunityRecord, by: str, now: datetime) -> OpportunityRecord:
    """Raises ``TakenBefore`` or ``OnHold``."""
    _require_free(record, by)
    return _moved(record, SalesStage.WON, by, now)


def lose(record: OpportunityRecord, by: str, now: datetime, why: str) -> OpportunityRecord:
    """Possible on hold too: it contacts nobody. Raises ``TakenBefore``."""
    _require_yours(record, by)
    return replace(_moved(record, SalesStage.LOST, by, now), note=why)


def rule_out(record: OpportunityRecord, by: str, now: datetime, why: str) -> OpportunityRecord:
    """Possible on hold too: it contacts nobody. Raises ``TakenBefore``."""
    _require_yours(record, by)
    return replace(_moved(record, SalesStage.UNSUITABLE, by, now), note=why)


def hold(record: OpportunityRecord, why: str | None) -> OpportunityRecord:
    """The record as it is while the customer is to be left alone for ``why``. A hold ends by ``clear`` alone."""
    return record if why is None or record.hold or record.closed else replace(record, hold=why)


def clear(record: OpportunityRecord, by: str, now: datetime) -> OpportunityRecord:
    return replace(record, hold=None, cleared_by=by, cleared_at=now)


def _moved(record: OpportunityRecord, stage: SalesStage, by: str, now: datetime) -> OpportunityRecord:
    return replace(record, stage=stage, taken_by=by, moved_at=now, remind_at=None)


def _require_free(record: OpportunityRecord, by: str) -> None:
    _require_yours(record, by)
    if record.hold:
        raise OnHold(record.case_id)


def _require_yours(record: OpportunityRecord, by: str) -> None:
    if record.closed or record.taken_by not in (None, by):
        raise TakenBefore(record.case_id)
