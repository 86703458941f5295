"""What a reading is made of. Labels and their meaning: ``taxonomy.yaml`` of the specification."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.money import Money

Span = tuple[int, int]
"""Half-open, in characters of the text as it was given."""


class Variant(StrEnum):
    """The written form a customer uses, and so the one they are answered in."""

    HANT = "hant"
    HANS = "hans"


class Intent(StrEnum):
    SUPPORT_REQUEST = "support_request"
    FREE_SERVICE = "free_service"
    DIRECT_ENGINEER = "direct_engineer"
    MANAGER_REQUEST = "manager_request"
    BROKEN_PROMISE = "broken_promise"
    PROGRESS_INQUIRY = "progress_inquiry"
    DAMAGE_CLAIM = "damage_claim"
    COMPENSATION_REQUEST = "compensation_request"
    OVERPROMISE_DISPUTE = "overpromise_dispute"
    REWORK_DEMAND = "rework_demand"
    ALL_URGENT = "all_urgent"
    RENEWAL_INQUIRY = "renewal_inquiry"
    RENEWAL_DECLINE = "renewal_decline"
    PURCHASE_INTEREST = "purchase_interest"
    SERVICE_COMPLAINT = "service_complaint"


class Tactic(StrEnum):
    FAVOR_APPEAL = "favor_appeal"
    PITY = "pity"
    SECRECY = "secrecy"
    MINIMIZING = "minimizing"
    RENEWAL_BAIT = "renewal_bait"
    BLAME_SHIFT = "blame_shift"
    THREAT_SWITCH = "threat_switch"
    THREAT_COMPLAINT = "threat_complaint"
    THREAT_EXPOSURE = "threat_exposure"
    THREAT_LEGAL = "threat_legal"
    ULTIMATUM = "ultimatum"
    INSULT = "insult"
    NAGGING = "nagging"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the message that show a label."""

    label: Intent | Tactic
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class AmountMention:
    money: Money
    span: Span


class Precision(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    HALF_DAY = "half_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A point in time the message names.

    ``at`` carries the offset of the reference time and is None where the words fix no point.
    ``before`` is true for a deadline (前, 之前, 內). ``ambiguous`` says that another reading of
    the same words is as good (1/4 as a fraction, 下周五 said on a Sunday).
    """

    text: str
    at: datetime | None
    precision: Precision
    before: bool
    span: Span
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one message says. Both label lists are in taxonomy order and may be empty."""

    variant: Variant
    intents: tuple[Intent, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    amounts: tuple[AmountMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def calls_for_reply(self) -> bool:
        """Thanks and small talk carry no label and want no draft."""
        return bool(self.intents or self.tactics)

    def with_intent(self, intent: Intent) -> Reading:
        """As this one, with an intent that shows otherwise than by its words: by whom the message addresses."""
        wanted = {*self.intents, intent}
        return replace(self, intents=tuple(known for known in Intent if known in wanted))
