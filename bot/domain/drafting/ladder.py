"""The ladder: S0's triage, then S1's six steps, as an explicit state machine.

Each rung has guards: what must have been logged or found out before it may be stood on. Nobody skips a rung;
a refusal to go further is the list of text keys of what is missing. Covered customers are never on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.cases import Case, Done, Fault, Verdict
from bot.domain.drafting.model import Stage
from bot.domain.drafting.standing import Coverage
from bot.domain.reading.model import Intent, Reading

SALES_INTENTS = frozenset({Intent.RENEWAL_INQUIRY, Intent.RENEWAL_DECLINE, Intent.PURCHASE_INTEREST})
"""Questions for sales: where a message holds nothing else, there is nothing to refuse."""

ORDER = (
    Stage.TRIAGE,
    Stage.SET_EXPECTATIONS,
    Stage.ACKNOWLEDGE,
    Stage.EXPLAIN,
    Stage.COMPENSATE,
    Stage.SEEK_SUPPORT,
    Stage.CLOSE,
)


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the ladder looks at."""

    calls_for_reply: bool
    sales_only: bool
    coverage: Coverage
    triaged: tuple[str, ...]
    """Names of the triage fields that are missing."""
    fault: Fault
    verdict: Verdict | None
    done: frozenset[Done]

    @property
    def concession_in_question(self) -> bool:
        """Something may be given: the fault is ours (rule 40) or a decision grants it."""
        return self.fault is Fault.OURS or self.verdict in (Verdict.APPROVE, Verdict.COUNTER)


@dataclass(frozen=True, slots=True)
class Position:
    """``missing`` are text keys of what the next rung still waits for."""

    stage: Stage
    missing: tuple[str, ...] = ()


def progress_of(case: Case, reading: Reading, coverage: Coverage) -> Progress:
    done = {action.kind for action in case.actions}
    if case.did(Done.HISTORY_CHECKED):
        done.add(Done.HISTORY_CHECKED)
    return Progress(
        calls_for_reply=reading.calls_for_reply,
        sales_only=bool(reading.intents) and SALES_INTENTS.issuperset(reading.intents),
        coverage=coverage,
        triaged=case.triage.missing,
        fault=case.fault,
        verdict=case.decision.verdict if case.decision else None,
        done=frozenset(done),
    )


def position(progress: Progress) -> Position:
    """The rung a case stands on: the first whose work is not done and whose guards are met."""
    if not progress.calls_for_reply or progress.coverage is Coverage.COVERED or progress.sales_only:
        return Position(Stage.NONE)
    reached = Stage.TRIAGE
    for stage in ORDER:
        if not _applies(stage, progress):
            continue
        missing = missing_for(stage, progress)
        if missing:
            return Position(reached, missing)
        reached = stage
        if not _passed(stage, progress):
            return Position(stage, _next_missing(stage, progress))
    return Position(reached)


def missing_for(stage: Stage, progress: Progress) -> tuple[str, ...]:
    """Text keys of the guards of ``stage`` that are not met; empty where it may be entered."""
    return tuple(key for key, met in _GUARDS[stage] if not met(progress))


def may_enter(stage: Stage, progress: Progress) -> bool:
    return stage is Stage.NONE or (_applies(stage, progress) and not missing_for(stage, progress))


Guard = tuple[str, Callable[[Progress], bool]]

_CUSTOMER: Guard = ("missing.customer", lambda p: p.coverage is not Coverage.UNKNOWN)
_TRIAGE: Guard = ("missing.triage", lambda p: not p.triaged or p.verdict is not None)
_EXPECTATIONS: Guard = ("missing.expectations_set", lambda p: Done.EXPECTATIONS_SET in p.done)
_ACKNOWLEDGED: Guard = ("missing.acknowledged", lambda p: Done.ACKNOWLEDGED in p.done)
_EXPLAINED: Guard = ("missing.explained", lambda p: Done.EXPLAINED in p.done)
_CAUSE: Guard = ("missing.our_fault_or_grant", lambda p: p.concession_in_question)
_HISTORY: Guard = ("missing.history_checked", lambda p: Done.HISTORY_CHECKED in p.done)
_SUPPORT: Guard = ("missing.support_sought", lambda p: Done.ESCALATED in p.done or p.verdict is not None)
_DECLINED: Guard = ("missing.decision_decline", lambda p: p.verdict is Verdict.DECLINE)

_GUARDS: dict[Stage, tuple[Guard, ...]] = {
    Stage.NONE: (),
    Stage.TRIAGE: (),
    Stage.SET_EXPECTATIONS: (_CUSTOMER, _TRIAGE),
    Stage.ACKNOWLEDGE: (_CUSTOMER, _TRIAGE, _EXPECTATIONS),
    Stage.EXPLAIN: (_CUSTOMER, _TRIAGE, _EXPECTATIONS, _ACKNOWLEDGED),
    Stage.COMPENSATE: (_CUSTOMER, _TRIAGE, _EXPECTATIONS, _ACKNOWLEDGED, _EXPLAINED, _CAUSE, _HISTORY),
    Stage.SEEK_SUPPORT: (_CUSTOMER, _TRIAGE, _EXPECTATIONS, _ACKNOWLEDGED, _EXPLAINED),
    Stage.CLOSE: (_CUSTOMER, _TRIAGE, _EXPECTATIONS, _ACKNOWLEDGED, _EXPLAINED, _SUPPORT, _DECLINED),
}

_LOGGED_AS: dict[Stage, Done] = {
    Stage.SET_EXPECTATIONS: Done.EXPECTATIONS_SET,
    Stage.ACKNOWLEDGE: Done.ACKNOWLEDGED,
    Stage.EXPLAIN: Done.EXPLAINED,
    Stage.COMPENSATE: Done.COMPENSATED,
    Stage.SEEK_SUPPORT: Done.ESCALATED,
}


def _applies(stage: Stage, progress: Progress) -> bool:
    """Compensation is a rung only where something may be given, closing only where nothing was."""
    granted = progress.verdict in (Verdict.APPROVE, Verdict.COUNTER)
    if stage is Stage.COMPENSATE:
        return progress.concession_in_question and progress.verdict is not Verdict.DECLINE
    return not (granted and stage in (Stage.SEEK_SUPPORT, Stage.CLOSE))


def _passed(stage: Stage, progress: Progress) -> bool:
    if stage is Stage.TRIAGE:
        return not missing_for(Stage.SET_EXPECTATIONS, progress)
    if stage is Stage.SEEK_SUPPORT:
        return not missing_for(Stage.CLOSE, progress)
    done = _LOGGED_AS.get(stage)
    return done is not None and done in progress.done


def _next_missing(stage: Stage, progress: Progress) -> tuple[str, ...]:
    later = (s for s in ORDER[ORDER.index(stage) + 1 :] if _applies(s, progress))
    following = next(later, None)
    return missing_for(following, progress) if following else ()
