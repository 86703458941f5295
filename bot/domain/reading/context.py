"""Reads a message within its case: what it repeats, what is overdue, and whether its demand is reasonable.

Rules 34 and 47 (reasonable or not), 62 (a repeat contact changes the strategy), 74 (a broken promise).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.cases import Case, Fault, Promise, PromiseState, Speaker
from bot.domain.contracts import ContractState, state_on
from bot.domain.policy import Policy
from bot.domain.reading.model import Intent, Reading, Tactic

DEMANDS = frozenset(
    {
        Intent.FREE_SERVICE,
        Intent.DIRECT_ENGINEER,
        Intent.MANAGER_REQUEST,
        Intent.COMPENSATION_REQUEST,
        Intent.DAMAGE_CLAIM,
        Intent.REWORK_DEMAND,
        Intent.ALL_URGENT,
    }
)
"""Intents that ask us to give something; a question or a report is none."""
PRESSURE = frozenset(
    {
        Tactic.BLAME_SHIFT,
        Tactic.THREAT_SWITCH,
        Tactic.THREAT_COMPLAINT,
        Tactic.THREAT_EXPOSURE,
        Tactic.THREAT_LEGAL,
        Tactic.ULTIMATUM,
        Tactic.INSULT,
        Tactic.NAGGING,
    }
)
_MOST_REREAD = 6
_HEATED = 3
_THIRD = 3


class Reason(StrEnum):
    """Why a demand is held to be unreasonable."""

    OFF_THE_RECORD = "off_the_record"
    FORCED_FREE_SERVICE = "forced_free_service"
    """Unpaid service without cover, pressed by threats."""
    NOT_OUR_FAULT = "not_our_fault"
    """Amends for what was established not to be our fault."""
    ANSWERED_BEFORE = "answered_before"
    """The same demand was answered in this case, and is pressed on."""


@dataclass(frozen=True, slots=True)
class ContextReading:
    """``repeated``: demands of this message that our side already answered in this case.

    ``contact_days``: days within the policy's window on which the customer came to us, today included.
    ``heated``: not reasonable to talk to just now (rule 34), whatever they ask.
    """

    repeated: tuple[Intent, ...] = ()
    contact_days: int = 1
    overdue: tuple[Promise, ...] = ()
    unreasonable: tuple[Reason, ...] = ()
    heated: bool = False

    @property
    def third_contact(self) -> bool:
        return self.contact_days >= _THIRD


def read_context(case: Case, reading: Reading, *, read: Callable[[str], Reading], policy: Policy) -> ContextReading:
    """``reading`` is of the last customer message; ``read`` reads the earlier ones."""
    repeated = _repeated(case, reading, read)
    return ContextReading(
        repeated=repeated,
        contact_days=_contact_days(case, policy),
        overdue=tuple(promise for promise in case.promises if _overdue(promise, case)),
        unreasonable=tuple(_reasons(case, reading, repeated, policy)),
        heated=Tactic.INSULT in reading.tactics or len(PRESSURE & set(reading.tactics)) >= _HEATED,
    )


def _repeated(case: Case, reading: Reading, read: Callable[[str], Reading]) -> tuple[Intent, ...]:
    """Demands that were made before, with a reply of ours between then and now."""
    demands = [intent for intent in reading.intents if intent in DEMANDS]
    if not demands:
        return ()
    answered: list[str] = []
    waiting: list[str] = []
    for message in case.messages:
        if message.speaker is Speaker.CUSTOMER:
            waiting.append(message.text)
        else:
            answered += waiting
            waiting = []
    earlier = {intent for text in answered[-_MOST_REREAD:] for intent in read(text).intents}
    return tuple(intent for intent in demands if intent in earlier)


def _contact_days(case: Case, policy: Policy) -> int:
    since = case.now - timedelta(days=policy.repeat_contact_days)
    days: set[date] = {case.now.date()}
    days |= {
        m.at.astimezone(case.now.tzinfo).date()
        for m in case.messages
        if m.speaker is Speaker.CUSTOMER and m.at is not None and since < m.at <= case.now
    }
    if case.account is not None:
        logged = (contact.at.astimezone(case.now.tzinfo) for contact in case.account.contacts.items)
        days |= {at.date() for at in logged if since < at <= case.now}
    return len(days)


def _overdue(promise: Promise, case: Case) -> bool:
    if promise.state is PromiseState.OPEN:
        return promise.due is not None and promise.due < case.now
    return promise.state is PromiseState.BROKEN


def _reasons(case: Case, reading: Reading, repeated: tuple[Intent, ...], policy: Policy) -> list[Reason]:
    intents, tactics = set(reading.intents), set(reading.tactics)
    pressed = bool(tactics & PRESSURE)
    checks = {
        Reason.OFF_THE_RECORD: Tactic.SECRECY in tactics,
        Reason.FORCED_FREE_SERVICE: Intent.FREE_SERVICE in intents and pressed and _lapsed(case, policy),
        Reason.NOT_OUR_FAULT: bool(intents & {Intent.COMPENSATION_REQUEST, Intent.DAMAGE_CLAIM})
        and case.fault in {Fault.THEIRS, Fault.THIRD_PARTY},
        Reason.ANSWERED_BEFORE: bool(repeated) and pressed,
    }
    return [reason for reason, holds in checks.items() if holds]


def _lapsed(case: Case, policy: Policy) -> bool:
    """Whether the CRM shows contracts and none of them covers today. Unknown is not lapsed."""
    if case.account is None or not case.account.contracts.items:
        return False
    today, window = case.now.date(), policy.expiring_within_days
    states = [state_on(c, today, expiring_within_days=window) for c in case.account.contracts.items]
    return all(not state.covered and state is not ContractState.UNKNOWN for state in states)
