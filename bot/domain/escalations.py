"""An escalation: what the supervisors are asked, and the states it goes through.

    open ──decide──▶ decided ──change────▶ decided
                     decided ──take_back──▶ open
    open ──withdraw─▶ closed

A decision may be changed or taken back by who made it, for a short while, as long as nobody has told the customer.
Every move is a function from one record to the next; what has to happen around it (posts, timers) is the services'.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.cases import Decision, Verdict
from bot.domain.errors import DecidedBefore, NotPending, RevisionNotYours, RevisionPassedOn, RevisionTooLate
from bot.domain.money import Money
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent


class EscalationStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"


class Ask(StrEnum):
    """What a supervisor is asked to grant."""

    FREE_ONCE = "free_once"
    DISCOUNT = "discount"
    COMPENSATION = "compensation"
    REFUND = "refund"
    ENGINEER = "engineer"
    MANAGER_CALL = "manager_call"
    OTHER = "other"

    @property
    def prices(self) -> bool:
        """An amount beside it is what the customer would pay; beside the others, what they would be given."""
        return self in (Ask.FREE_ONCE, Ask.DISCOUNT)


ASK_OF_INTENT = {
    Intent.COMPENSATION_REQUEST: Ask.COMPENSATION,
    Intent.DAMAGE_CLAIM: Ask.COMPENSATION,
    Intent.FREE_SERVICE: Ask.FREE_ONCE,
    Intent.DIRECT_ENGINEER: Ask.ENGINEER,
    Intent.MANAGER_REQUEST: Ask.MANAGER_CALL,
}
"""In the order in which they count."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the agent asks for. ``amount`` and ``share`` are what they would offer; ``share`` is what is still to be
    paid. ``promised`` is what the customer was told before, in the agent's words.
    """

    ask: Ask | None = None
    amount: Money | None = None
    share: Decimal | None = None
    links: tuple[str, ...] = ()
    promised: str = ""

    @property
    def offers(self) -> bool:
        return self.amount is not None or self.share is not None


@dataclass(frozen=True, slots=True)
class EscalationRecord:
    """``ts`` is the root of its thread in the escalation channel, once posted.

    ``earlier`` are decisions that were changed or taken back, oldest first. ``version`` grows with every write.
    """

    id: str
    case_id: str
    reason: str
    opened_by: str
    opened_at: datetime
    channel: str
    ts: str | None = None
    status: EscalationStatus = EscalationStatus.OPEN
    decision: Decision | None = None
    request: Request = Request()
    earlier: tuple[Decision, ...] = ()
    version: int = 0

    @property
    def revision(self) -> int:
        """How often its decision was changed or taken back."""
        return len(self.earlier)


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A supervisor's question to the agent. ``ts`` is where it stands in the escalation's thread, and its id."""

    ts: str
    escalation_id: str
    asked_by: str
    asked_of: str
    text: str
    asked_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """What was decided in this case before, and where."""

    decision: Decision
    link: str | None


@dataclass(frozen=True, slots=True)
class Waypoints:
    """Links from an escalation to what it is about; None where there is none."""

    card: str | None = None
    message: str | None = None
    earlier: tuple[EarlierDecision, ...] = ()


class OfferFault(StrEnum):
    """Why an offer goes beyond what its role may put forward."""

    AMOUNT = "amount"
    SHARE = "share"
    PRICE_UNKNOWN = "price_unknown"
    """A price was named, and nobody knows from what."""


def ask_for(intents: frozenset[Intent]) -> Ask:
    """What a customer with these intents most likely wants decided."""
    return next((ask for intent, ask in ASK_OF_INTENT.items() if intent in intents), Ask.OTHER)


def offer_fault(request: Request, role: str, policy: Policy, usual: Money | None) -> OfferFault | None:
    """Holds an offer against the limits of ``role`` (rule 41). ``usual`` is the price without any favour."""
    if request.share is not None and (1 - request.share) * 100 > policy.discount_limits.get(role, Decimal(0)):
        return OfferFault.SHARE
    if request.amount is None:
        return None
    given = request.amount
    if request.ask is not None and request.ask.prices:
        if usual is None or usual.currency is not given.currency:
            return OfferFault.PRICE_UNKNOWN
        given = Money(usual.amount - given.amount, given.currency)
    limit = policy.offer_limits.get(role, {}).get(given.currency or policy.currency, Decimal(0))
    return OfferFault.AMOUNT if given.amount > limit else None


def decide(escalation: EscalationRecord, decision: Decision) -> EscalationRecord:
    """Raises ``DecidedBefore``: the first decision stands; ``NotPending`` where the agent took the question back."""
    _require_pending(escalation)
    made = as_asked(escalation.request, decision)
    return replace(escalation, status=EscalationStatus.DECIDED, decision=made)


def change(escalation: EscalationRecord, decision: Decision) -> EscalationRecord:
    """Puts ``decision`` in the place of the one there is. ``require_revisable`` says whether it may be."""
    assert escalation.decision is not None, "only what is decided can be changed"
    earlier = (*escalation.earlier, escalation.decision)
    return replace(escalation, decision=decision, earlier=earlier)


def take_back(escalation: EscalationRecord) -> EscalationRecord:
    """Opens the question again. ``require_revisable`` says whether it may be."""
    assert escalation.decision is not None, "only what is decided can be taken back"
    earlier = (*escalation.earlier, escalation.decision)
    return replace(escalation, status=EscalationStatus.OPEN, decision=None, earlier=earlier)


def withdraw(escalation: EscalationRecord) -> EscalationRecord:
    """The agent needs no decision any more. Raises ``DecidedBefore`` or ``NotPending``."""
    _require_pending(escalation)
    return replace(escalation, status=EscalationStatus.CLOSED)


def require_revisable(
    escalation: EscalationRecord, *, by: str, now: datetime, within: timedelta, passed_on: bool
) -> None:
    """Raises ``RevisionNotYours``, ``RevisionPassedOn`` or ``RevisionTooLate``.

    ``passed_on``: a reply went to the customer since the decision, so they may have been told.
    """
    decision = escalation.decision
    if escalation.status is not EscalationStatus.DECIDED or decision is None or decision.at is None:
        raise NotPending(escalation.id)
    if decision.by != by:
        raise RevisionNotYours(escalation.id)
    if passed_on:
        raise RevisionPassedOn(escalation.id)
    if now > decision.at + within:
        raise RevisionTooLate(escalation.id)


def as_asked(request: Request, decision: Decision) -> Decision:
    """A plain yes grants what the agent offered, where they offered less than the customer wants."""
    bare = decision.offer is None and decision.discount is None
    if decision.verdict is not Verdict.APPROVE or not bare or not request.offers:
        return decision
    return replace(decision, verdict=Verdict.COUNTER, offer=request.amount, discount=request.share)


def _require_pending(escalation: EscalationRecord) -> None:
    if escalation.status is EscalationStatus.DECIDED:
        raise DecidedBefore(escalation.id)
    if escalation.status is EscalationStatus.CLOSED:
        raise NotPending(escalation.id)
