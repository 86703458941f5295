"""A case seen as the conditions that plays ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.cases import Case, Difficulty, Done, Fault, Promise, PromiseState, Severity, Verdict
from bot.domain.contracts import Contract
from bot.domain.drafting.dialogue import answers_us, wants_an_answer
from bot.domain.drafting.estimates import currency_of, once_price, renewal_price, too_late
from bot.domain.drafting.findings import found_in, restored_in
from bot.domain.drafting.ladder import Position, Progress, position, progress_of
from bot.domain.drafting.model import Stage
from bot.domain.drafting.notes import tells_a_matter
from bot.domain.drafting.quoting import asks_how_in
from bot.domain.drafting.standing import Coverage, Standing, standing_of
from bot.domain.lint.context import history_supports
from bot.domain.money import Money
from bot.domain.policy import Policy
from bot.domain.reading.context import ContextReading
from bot.domain.reading.model import Intent, Reading, Tactic

_A_YEAR = timedelta(days=365)
UNREAD = ContextReading()
"""Of a message that was not read within its case."""


class Branch(StrEnum):
    """What the triage says of our effort (rules 6 and 7)."""

    LOW = "low"
    HIGH = "high"


class Comparison(StrEnum):
    """The one-off price beside the renewal price (rule 9)."""

    NEAR = "near"
    """At least four fifths of it: renewing costs hardly more."""
    LOWER = "lower"
    HIGHER = "higher"
    """A single visit costs more than the renewal."""


class Flag(StrEnum):
    COVERED = "covered"
    GOOD_CUSTOMER = "good_customer"
    """The CRM's history bears it out (rule 11)."""
    OVERDUE = "overdue"
    """A promise of ours is on record as broken or past its time."""
    PROMISED = "promised"
    """A promise of ours is on record and not yet due."""
    REPEAT = "repeat"
    """The customer comes again about what was answered (rule 62)."""
    REPEAT_CLAIMANT = "repeat_claimant"
    """Favours or amends were granted more than once within a year (rule 42)."""
    SERVICE_WANTED = "service_wanted"
    MONEY_WANTED = "money_wanted"
    GRANT = "grant"
    """The decision gives the customer something, rather than naming what they pay."""
    OVER_CAP = "over_cap"
    """The decision goes beyond what its maker may grant (rule 41)."""
    NO_BARGAIN = "no_bargain"
    """The decision's price is not below what is listed for the work: nothing to be offered as a favour."""
    URGENT = "urgent"
    HOW_TO = "how_to"
    """The customer asks how something is done, rather than reporting trouble."""
    ANSWERED = "answered"
    """The customer answers what we asked."""
    ANY_INTENT = "any_intent"
    NO_ACCOUNT = "no_account"
    SEVERAL_CUSTOMERS = "several_customers"
    TRIAGED = "triaged"
    ASKED = "asked"
    """Somebody above was asked on the customer's behalf."""
    WAIVER = "waiver"
    """They were asked not to charge: being told of the case is not that (rule 6)."""
    DECIDED = "decided"
    SALES_ONLY = "sales_only"
    """Nothing but a question for sales: there is nothing to refuse."""
    BUYS_TOO = "buys_too"
    """The customer wants to buy more, whatever else is asked."""
    ON_RECORD = "on_record"
    """What we promised is on record, whatever became of it; not only when we would come back."""
    SIZED = "sized"
    """How bad it is and how long it takes were estimated, whatever it costs."""
    OPEN_QUESTION = "open_question"
    """Something is asked, demanded or feared that carries no label."""
    FOUND = "found"
    """What was found out was told to the customer."""
    RESTORED = "restored"
    """Our side said that it works again, and nobody said otherwise."""
    TOO_LATE = "too_late"
    """The estimate, begun now, ends behind the time that the customer names."""


@dataclass(frozen=True, slots=True)
class Situation:
    stage: Stage
    missing: tuple[str, ...]
    standing: Standing
    state: str
    """The contract's state, ``none`` without any contract, ``unknown`` where nothing may be said."""
    intents: frozenset[Intent]
    tactics: frozenset[Tactic]
    fault: Fault
    verdict: Verdict | None
    severity: Severity | None
    branch: Branch | None
    comparison: Comparison | None
    done: frozenset[Done]
    flags: frozenset[Flag]
    concerns: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()

    @property
    def covered(self) -> bool:
        return Flag.COVERED in self.flags


_SERVICE = frozenset({Intent.SUPPORT_REQUEST, Intent.FREE_SERVICE, Intent.DIRECT_ENGINEER, Intent.ALL_URGENT})
_MONEY = frozenset({Intent.DAMAGE_CLAIM, Intent.COMPENSATION_REQUEST})


def situation_of(case: Case, reading: Reading, policy: Policy, context: ContextReading = UNREAD) -> Situation:
    standing = standing_of(case, policy)
    progress = progress_of(case, reading, standing.coverage)
    where: Position = position(progress)
    return Situation(
        stage=where.stage,
        missing=where.missing,
        standing=standing,
        state=_state(standing),
        intents=frozenset(reading.intents),
        tactics=frozenset(reading.tactics),
        fault=case.fault,
        verdict=progress.verdict,
        severity=case.triage.severity,
        branch=_branch(case, standing.contract, policy),
        comparison=_comparison(standing, once_price(case, standing.contract)),
        done=progress.done,
        flags=frozenset(_flags(case, reading, standing, progress, policy, context)),
    )


def _state(standing: Standing) -> str:
    if standing.coverage is Coverage.UNCOVERED and standing.contract is None:
        return "none"
    return standing.state.value


def _branch(case: Case, contract: Contract | None, policy: Policy) -> Branch | None:
    """Hard work, or cost above the limit or in a currency without a limit, counts as high."""
    cost = case.triage.cost
    if cost is None or case.triage.difficulty is None:
        return None
    currency = cost.currency or currency_of(contract) or policy.currency
    limit = policy.low_cost_limit.get(currency)
    low = limit is not None and cost.amount <= limit and case.triage.difficulty is not Difficulty.HARD
    return Branch.LOW if low else Branch.HIGH


def _comparison(standing: Standing, once: Money | None) -> Comparison | None:
    renewal = renewal_price(standing.state, standing.contract) if standing.contract else None
    if renewal is None or once is None or once.currency is not renewal.currency:
        return None
    if once.amount > renewal.amount:
        return Comparison.HIGHER
    return Comparison.NEAR if once.amount / renewal.amount >= Decimal("0.8") else Comparison.LOWER


def _flags(
    case: Case, reading: Reading, standing: Standing, progress: Progress, policy: Policy, context: ContextReading
) -> set[Flag]:
    intents = frozenset(reading.intents)
    tests = {
        Flag.COVERED: standing.coverage is Coverage.COVERED,
        Flag.GOOD_CUSTOMER: case.account is not None and history_supports(case.account, case.now, policy),
        Flag.OVERDUE: any(_overdue(promise, case.now) for promise in case.promises),
        Flag.PROMISED: any(_ahead(promise, case.now) for promise in case.promises),
        Flag.REPEAT: Tactic.NAGGING in reading.tactics or bool(context.repeated),
        Flag.REPEAT_CLAIMANT: _granted_lately(case) > 1,
        Flag.SERVICE_WANTED: bool(intents & _SERVICE),
        Flag.MONEY_WANTED: bool(intents & _MONEY),
        Flag.GRANT: Intent.DAMAGE_CLAIM in intents or (bool(intents & _MONEY) and Intent.FREE_SERVICE not in intents),
        Flag.OVER_CAP: over_cap(case, policy),
        Flag.NO_BARGAIN: _no_bargain(case, standing.contract),
        Flag.HOW_TO: asks_how_in(message.text) if (message := case.last_customer_message) else False,
        Flag.ANSWERED: answers_us(case),
        Flag.ANY_INTENT: bool(intents),
        Flag.NO_ACCOUNT: case.account is None,
        Flag.SEVERAL_CUSTOMERS: case.account is None and case.candidates > 1,
        Flag.TRIAGED: case.triage.complete,
        Flag.SIZED: case.triage.severity is not None and case.triage.hours is not None,
        Flag.FOUND: found_in(case, reading.variant) is not None,
        Flag.RESTORED: restored_in(case),
        Flag.TOO_LATE: too_late(case, reading),
        Flag.OPEN_QUESTION: not reading.calls_for_reply and wants_an_answer(case),
        Flag.WAIVER: Done.WAIVER_REQUESTED in progress.done,
        Flag.ASKED: bool(progress.done & {Done.WAIVER_REQUESTED, Done.ESCALATED}),
        Flag.SALES_ONLY: progress.sales_only,
        Flag.DECIDED: case.decision is not None,
        Flag.BUYS_TOO: Intent.PURCHASE_INTEREST in intents,
        Flag.ON_RECORD: any(tells_a_matter(promise.text) for promise in case.promises),
        Flag.URGENT: case.triage.severity in (Severity.HIGH, Severity.CRITICAL) or Intent.ALL_URGENT in intents,
    }
    return {flag for flag, holds in tests.items() if holds}


def _granted_lately(case: Case) -> int:
    if case.account is None:
        return 0
    since = case.now.date() - _A_YEAR
    return sum(item.granted_on >= since for item in case.account.goodwill.items)


def _overdue(promise: Promise, now: datetime) -> bool:
    late = promise.due is not None and promise.due < now
    return promise.state is PromiseState.BROKEN or (promise.state is PromiseState.OPEN and late)


def _ahead(promise: Promise, now: datetime) -> bool:
    return promise.state is PromiseState.OPEN and promise.due is not None and promise.due >= now


def _no_bargain(case: Case, contract: Contract | None) -> bool:
    offer = case.decision.offer if case.decision else None
    listed = contract.one_off_price if contract else None
    if offer is None or listed is None:
        return False
    return listed.currency is offer.currency and listed.amount <= offer.amount


def over_cap(case: Case, policy: Policy) -> bool:
    """Whether the decision's amount is beyond what its maker may grant. An unknown maker has no cap here."""
    decision = case.decision
    if decision is None or decision.offer is None or decision.verdict is Verdict.DECLINE:
        return False
    caps = policy.compensation_caps.get((decision.by or "").lower())
    currency = decision.offer.currency or policy.currency
    cap = caps.get(currency) if caps else None
    return cap is not None and decision.offer.amount > cap
