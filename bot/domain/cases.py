"""A case: what was said, what was found out, what was decided and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile

from bot.domain.contracts import Account
from bot.domain.money import Money

_LATEST = 4


class Speaker(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message of the conversation."""

    speaker: Speaker
    text: str
    at: datetime | None = None


class Severity(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Difficulty(StrEnum):
    EASY = "easy"
    MODERATE = "moderate"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Triage:
    """The agent's estimate (rules 3 and 4). ``hours`` are working hours.

    ``cost`` is what this job is estimated to come to: who is not covered pays it where it is above the listed price
    of a single visit, and is not told of it elsewhere.
    """

    severity: Severity | None = None
    difficulty: Difficulty | None = None
    hours: Decimal | None = None
    cost: Money | None = None
    product: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are still needed before a branch may be chosen."""
        needed = ("severity", "difficulty", "hours", "cost")
        return tuple(name for name in needed if getattr(self, name) is None)

    @property
    def complete(self) -> bool:
        return not self.missing


class Fault(StrEnum):
    """Whose fault the trouble is, as our side established it."""

    OURS = "ours"
    THEIRS = "theirs"
    THIRD_PARTY = "third_party"
    SHARED = "shared"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a supervisor may decide."""

    APPROVE = "approve"
    DECLINE = "decline"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Decision:
    """A supervisor's decision. ``offer`` is what may be granted; ``discount`` the share still to be paid."""

    verdict: Verdict
    by: str | None = None
    note: str | None = None
    offer: Money | None = None
    discount: Decimal | None = None
    once: bool | None = None
    conditions: str | None = None
    at: datetime | None = None


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Promise:
    """Something our side committed to. ``due`` is None for a vague one."""

    text: str
    owner: str | None = None
    due: datetime | None = None
    state: PromiseState = PromiseState.OPEN


class Done(StrEnum):
    """What was already done in a case; each kind is logged with its time."""

    ACKNOWLEDGED = "acknowledged"
    EXPECTATIONS_SET = "expectations_set"
    EXPLAINED = "explained"
    HISTORY_CHECKED = "history_checked"
    COMPENSATED = "compensated"
    WAIVER_REQUESTED = "waiver_requested"
    ESCALATED = "escalated"
    ENGINEER_ASKED = "engineer_asked"
    SALES_TAGGED = "sales_tagged"
    PROMISE_LOGGED = "promise_logged"


@dataclass(frozen=True, slots=True)
class LoggedAction:
    kind: Done
    at: datetime | None = None


class Proposed(StrEnum):
    """What the bot proposes next."""

    ASK_TRIAGE = "ask_triage"
    CHECK_HISTORY = "check_history"
    OPEN_ESCALATION = "open_escalation"
    REPORT_SUPERVISOR = "report_supervisor"
    TAG_SALES = "tag_sales"
    LOG_PROMISE = "log_promise"
    START_CADENCE = "start_cadence"
    ALERT_BYPASS = "alert_bypass"
    ASK_ENGINEERING = "ask_engineering"
    OFFER_RELIEF = "offer_relief"
    WRITE_MEMO = "write_memo"
    WRITE_FORMAL_REPLY = "write_formal_reply"
    SCHEDULE_CALL = "schedule_call"
    CHOOSE_CUSTOMER = "choose_customer"
    CLOSE_CONTACT = "close_contact"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``reason`` is a text key of ``scripts_zh/texts``, resolved where it is shown."""

    kind: Proposed
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a draft may draw on.

    ``account`` is None where the CRM found no customer, several, or did not answer; then no contract
    fact may be stated. ``id`` seeds the choice of wordings, so a case always gets the same drafts.
    ``wordings_used`` are the ids of wordings already shown in this case, which are not repeated.
    """

    id: str
    now: datetime
    messages: tuple[Utterance, ...]
    account: Account | None = None
    candidates: int = 0
    """How many customers the CRM found when it did not find exactly one."""
    triage: Triage = Triage()
    fault: Fault = Fault.UNKNOWN
    history_checked: bool = False
    decision: Decision | None = None
    promises: tuple[Promise, ...] = ()
    actions: tuple[LoggedAction, ...] = ()
    wordings_used: frozenset[str] = frozenset()

    def did(self, kind: Done) -> bool:
        """Whether ``kind`` was logged. History counts as checked by either of its two marks."""
        if kind is Done.HISTORY_CHECKED and self.history_checked:
            return True
        return any(action.kind is kind for action in self.actions)

    @property
    def unanswered(self) -> tuple[Utterance, ...]:
        """The customer's newest messages, back to the last one of ours, the last few of them at most."""
        newest = takewhile(lambda message: message.speaker is Speaker.CUSTOMER, reversed(self.messages[-_LATEST:]))
        return tuple(newest)[::-1]

    @property
    def last_customer_message(self) -> Utterance | None:
        return next((m for m in reversed(self.messages) if m.speaker is Speaker.CUSTOMER), None)
