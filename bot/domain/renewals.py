"""When a case is a chance to renew or to sell (rules 13, 14, 29 and 68)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.contracts import Account, ContractState, state_on
from bot.domain.desk import Dossier
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent

ASKS = {
    Intent.RENEWAL_INQUIRY: "opportunity.renewal_inquiry",
    Intent.RENEWAL_DECLINE: "opportunity.renewal_decline",
    Intent.PURCHASE_INTEREST: "opportunity.purchase_interest",
}

NEEDS_SERVICE = frozenset({Intent.SUPPORT_REQUEST, Intent.FREE_SERVICE, Intent.DIRECT_ENGINEER})

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


def _most_pressing(account: Account, dossier: Dossier, policy: Policy) -> ContractState:
    """Expired before expiring; unknown where neither is there or nothing could be read."""
    today = dossier.now.astimezone(ZoneInfo(policy.timezone)).date()
    states = {
        state_on(contract, today, expiring_within_days=policy.expiring_within_days)
        for contract in account.contracts.items
    }
    return next((state for state in LAPSED if state in states), ContractState.UNKNOWN)
