"""Records of the desk: what the store keeps of cases, messages, drafts, escalations and opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases import Decision, Done, Fault, Speaker, Triage
from bot.domain.drafting.model import Fact, Stage, Tone
from bot.domain.reading.model import Reading, Variant


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """``thread_ts`` is the message that began the case; replies to the customer go into its thread.

    ``version`` grows with every write; a write against an older version fails.
    """

    id: str
    team: str
    channel: str
    thread_ts: str
    opened_at: datetime
    last_customer_at: datetime
    variant: Variant
    status: CaseStatus = CaseStatus.OPEN
    customer_id: str | None = None
    agent: str | None = None
    triage: Triage = Triage()
    fault: Fault = Fault.UNKNOWN
    history_checked: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message of a case, unique by ``channel`` and ``ts``. ``reading`` only for customers' messages."""

    case_id: str
    channel: str
    ts: str
    user: str
    speaker: Speaker
    text: str
    at: datetime
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """Something done in a case: the only source of lines about our effort (rule 15)."""

    case_id: str
    kind: Done
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft that was shown. ``stage`` is the rung it stands on: sending it logs that rung as done.

    ``sent_text`` is what the agent made of it and sent.
    """

    id: str
    case_id: str
    stage: Stage
    tone: Tone
    text: str
    facts: tuple[Fact, ...]
    wordings: tuple[str, ...]
    shown_to: str
    shown_at: datetime
    sent_text: str | None = None
    sent_at: datetime | None = None
    sent_by: str | None = None


class EscalationStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class EscalationRecord:
    """``ts`` is the root of its thread in the escalation channel, once posted."""

    id: str
    case_id: str
    reason: str
    opened_by: str
    opened_at: datetime
    channel: str
    ts: str | None = None
    status: EscalationStatus = EscalationStatus.OPEN
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class OpportunityRecord:
    """A renewal or sale that sales was told of: at most one per case (rule 13)."""

    case_id: str
    reason: str
    owner: str | None
    opened_at: datetime
    stage: str = "tagged"


class PostState(StrEnum):
    INTENDED = "intended"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A visible post by its operation id. ``intended`` without ``ts`` means: look before posting again."""

    op: str
    channel: str
    state: PostState
    at: datetime
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class InboxRecord:
    """An inbound event as Slack delivered it, kept before it is acknowledged."""

    event_id: str
    payload: dict[str, object]
    received_at: datetime
    attempts: int = 0
