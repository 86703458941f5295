"""What is known of the case a reply belongs to, as far as it decides what the reply may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from bot.domain.cases import Case, Done, Fault, Speaker, Verdict
from bot.domain.contracts import Account, state_on
from bot.domain.drafting.notes import terms_of
from bot.domain.policy import Policy
from bot.domain.reading.model import Variant


class Ground(StrEnum):
    """A fact of the case on which a lint rule may stand."""

    CASE_KNOWN = "case_known"
    """There is a case; without one nothing below can be known."""
    FAULT_OURS = "fault_ours"
    FAULT_SHARED = "fault_shared"
    WAIVER_REQUESTED = "waiver_requested"
    """Somebody above was asked, or has decided."""
    ESCALATED = "escalated"
    ENGINEER_ASKED = "engineer_asked"
    EFFORT_LOGGED = "effort_logged"
    """At least one logged action shows that we did something for this customer."""
    CONCESSION_APPROVED = "concession_approved"
    """A supervisor approved or countered, or the amends were already made."""
    DECIDED = "decided"
    PROMISE_OWNED = "promise_owned"
    """An open promise of the case has an owner and a date."""
    HISTORY_SUPPORTS = "history_supports"
    """The CRM shows a customer of long standing without unjustified complaints (rule 11)."""
    COVERED = "covered"
    """A contract covers the customer today."""
    UNTRIAGED = "untriaged"
    """Not covered, and neither triage nor decision nor explanation is on record (rule 2)."""


@dataclass(frozen=True, slots=True)
class LintContext:
    """The default is a reply of which nothing else is known.

    ``customer_texts`` are what the customer wrote: words of theirs may be quoted back. ``granted`` are the terms of
    a decision: what they give was approved with them, whatever became of the request.
    """

    grounds: frozenset[Ground] = frozenset()
    customer_texts: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()

    @classmethod
    def of(cls, case: Case, policy: Policy | None = None) -> Self:
        texts = tuple(m.text for m in case.messages if m.speaker is Speaker.CUSTOMER)
        return cls(frozenset(_grounds(case, policy or Policy())), texts, _granted(case))


def _granted(case: Case) -> tuple[str, ...]:
    made = case.decision
    if made is None or not made.note:
        return ()
    every = (terms_of(made.note, made.verdict, variant) for variant in Variant)
    return tuple(terms.words for terms in every if terms)


_EFFORTS = (Done.WAIVER_REQUESTED, Done.ESCALATED, Done.ENGINEER_ASKED)
_EXPLAINING = (Done.EXPECTATIONS_SET, Done.EXPLAINED)
_GRANTING = (Verdict.APPROVE, Verdict.COUNTER)


def _grounds(case: Case, policy: Policy) -> Iterator[Ground]:
    yield Ground.CASE_KNOWN
    yield from _of_fault(case)
    yield from _of_actions(case)
    covered = case.account is not None and _covered(case.account, case.now, policy)
    if covered:
        yield Ground.COVERED
    elif not case.triage.complete and case.decision is None and not any(map(case.did, _EXPLAINING)):
        yield Ground.UNTRIAGED
    if case.account is not None and history_supports(case.account, case.now, policy):
        yield Ground.HISTORY_SUPPORTS
    if any(promise.owner and promise.due for promise in case.promises):
        yield Ground.PROMISE_OWNED


def _of_fault(case: Case) -> Iterator[Ground]:
    if case.fault is Fault.OURS:
        yield Ground.FAULT_OURS
    if case.fault is Fault.SHARED:
        yield Ground.FAULT_SHARED


def _of_actions(case: Case) -> Iterator[Ground]:
    decided = case.decision is not None
    if decided:
        yield Ground.DECIDED
    if decided or case.did(Done.WAIVER_REQUESTED) or case.did(Done.ESCALATED):
        yield Ground.WAIVER_REQUESTED
    if decided or case.did(Done.ESCALATED) or case.did(Done.WAIVER_REQUESTED):
        yield Ground.ESCALATED
    if case.did(Done.ENGINEER_ASKED):
        yield Ground.ENGINEER_ASKED
    if decided or any(map(case.did, _EFFORTS)):
        yield Ground.EFFORT_LOGGED
    if (case.decision is not None and case.decision.verdict in _GRANTING) or case.did(Done.COMPENSATED):
        yield Ground.CONCESSION_APPROVED


def _covered(account: Account, now: datetime, policy: Policy) -> bool:
    """Whether any contract covers the tenant's day; contracts that could not be read cover nothing."""
    today, within = now.astimezone(ZoneInfo(policy.timezone)).date(), policy.expiring_within_days
    return account.contracts.available and any(
        state_on(contract, today, expiring_within_days=within).covered for contract in account.contracts.items
    )


def history_supports(account: Account, now: datetime, policy: Policy) -> bool:
    """Whether 「一直是好客戶」 may be said: years with us, and no complaint that was found unjustified.

    Where the CRM could not read its cases, it may not: unavailable is not the same as none.
    """
    since = account.customer.since
    if since is None or not account.cases.available:
        return False
    years = now.year - since.year - ((now.month, now.day) < (since.month, since.day))
    unjustified = any(case.complaint and case.justified is False for case in account.cases.items)
    return years >= policy.good_customer_years and not unjustified
