"""When a case is a chance to renew or to sell (rules 13, 14, 29 and 68), and when it is no time to say so."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.contracts import Account, ContractState, state_on
from bot.domain.desk import Dossier
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent, Tactic

ASKS = {
    Intent.RENEWAL_INQUIRY: "opportunity.renewal_inquiry",
    Intent.RENEWAL_DECLINE: "opportunity.renewal_decline",
    Intent.PURCHASE_INTEREST: "opportunity.purchase_interest",
}

NEEDS_SERVICE = frozenset({Intent.SUPPORT_REQUEST, Intent.FREE_SERVICE, Intent.DIRECT_ENGINEER})

ANGER = {
    Tactic.INSULT: "hold.insult",
    Tactic.THREAT_LEGAL: "hold.threat",
    Tactic.THREAT_EXPOSURE: "hold.threat",
    Tactic.THREAT_SWITCH: "hold.threat",
    Tactic.THREAT_COMPLAINT: "hold.complaint",
    Intent.BROKEN_PROMISE: "hold.broken_promise",
    Intent.SERVICE_COMPLAINT: "hold.complaint",
}
"""What shows that a customer is angry, the gravest first."""


class Later(StrEnum):
    """When sales wants to hear of an opportunity again."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    THREE_DAYS = "three_days"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"


DAYS = {Later.TOMORROW: 1, Later.THREE_DAYS: 3, Later.WEEK: 7, Later.TWO_WEEKS: 14, Later.MONTH: 30}
SATURDAY = 5

LAPSED = {
    ContractState.EXPIRED: "opportunity.expired",
    ContractState.EXPIRING: "opportunity.expiring",
}


def opportunity_in(dossier: Dossier, policy: Policy) -> str | None:
    """The text key of the reason, or None.

    What the customer asks themselves counts at once. That they need service without cover counts from the
    moment the trouble was sized up or escalated: before that nobody knows what to offer (rule 2).
    """
    intents = {intent for m in dossier.messages if m.reading for intent in m.reading.intents}
    for intent, reason in ASKS.items():
        if intent in intents:
            return reason
    sized_up = dossier.record.triage.complete or dossier.escalation is not None
    account = dossier.answer.account
    if account is None or not sized_up or not intents & NEEDS_SERVICE:
        return None
    return LAPSED.get(_most_pressing(account, dossier, policy))


def anger_in(dossier: Dossier, since: datetime | None) -> str | None:
    """The text key of why nobody should sell to this customer now, or None.

    They insulted, threatened or complained after ``since`` (when a supervisor last found them calm), or something
    that was promised to them is overdue.
    """
    for message in reversed(dossier.messages):
        if message.reading is None or (since is not None and message.at <= since):
            continue
        shown = {*message.reading.tactics, *message.reading.intents}
        reason = next((why for label, why in ANGER.items() if label in shown), None)
        if reason is not None:
            return reason
    return "hold.broken_promise" if _lets_down(dossier, since) else None


def reminder_at(later: Later, now: datetime, policy: Policy) -> datetime:
    """When sales is reminded: in an hour, or at the beginning of the working day that is meant."""
    local = now.astimezone(ZoneInfo(policy.timezone))
    if later is Later.HOUR:
        return local + timedelta(hours=1)
    day = local + timedelta(days=DAYS[later])
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
    return day.replace(hour=policy.workday_start_hour, minute=0, second=0, microsecond=0)


def _lets_down(dossier: Dossier, since: datetime | None) -> bool:
    overdue = [promise for promise in dossier.promises if promise.overdue(dossier.now)]
    return any(since is None or (promise.due is not None and promise.due > since) for promise in overdue)


def _most_pressing(account: Account, dossier: Dossier, policy: Policy) -> ContractState:
    """Expired before expiring; unknown where neither is there or nothing could be read."""
    today = dossier.now.astimezone(ZoneInfo(policy.timezone)).date()
    states = {
        state_on(contract, today, expiring_within_days=policy.expiring_within_days)
        for contract in account.contracts.items
    }
    return next((state for state in LAPSED if state in states), ContractState.UNKNOWN)
