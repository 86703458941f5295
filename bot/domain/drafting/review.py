"""What is wrong with a playbook as a whole, and no single line of it shows.

Plays that never apply, plays whose order nobody decided, and wordings that our own lint would block everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

from bot.domain.cases import Done, Fault, Verdict
from bot.domain.drafting.drafter import Checks
from bot.domain.drafting.ladder import Progress, position
from bot.domain.drafting.model import Stage
from bot.domain.drafting.plays import Move, Play, Playbook, TakeUp, When, Wording, play_rank, take_up_rank
from bot.domain.drafting.situation import Flag
from bot.domain.drafting.slots import SLOTS
from bot.domain.drafting.standing import Coverage
from bot.domain.lint.context import Ground, LintContext
from bot.domain.lint.model import Level


@dataclass(frozen=True, slots=True)
class Flaw:
    """``section`` is that of the files: ``plays``, ``take_ups`` or ``moves``; ``name`` the id of what stands there."""

    section: str
    name: str
    field: str
    reason: str


_IMPOSSIBLE = "never applies: no case meets all its conditions at once"


def flaws_of(book: Playbook, linter: Checks) -> tuple[Flaw, ...]:
    found = (
        *_never_applying(book),
        *_unordered(book.plays),
        *_unordered_take_ups(book.take_ups),
        *_blocked_wordings(book, linter),
    )
    return tuple(dict.fromkeys(found))


def _never_applying(book: Playbook) -> Iterator[Flaw]:
    for take_up in book.take_ups:
        if _impossible(take_up.when):
            yield Flaw("take_ups", take_up.id, "when", _IMPOSSIBLE)
    ranked = sorted(book.plays, key=play_rank)
    for number, play in enumerate(ranked):
        before = (other for other in ranked[:number] if other.kind is play.kind and _implies(play.when, other.when))
        if _impossible(play.when):
            yield Flaw("plays", play.id, "when", _IMPOSSIBLE)
        elif first := next(before, None):
            yield Flaw("plays", play.id, "when", f"never applies: {first.id} comes before it wherever it could")


def _unordered(plays: tuple[Play, ...]) -> Iterator[Flaw]:
    for first, second in combinations(sorted(plays, key=play_rank), 2):
        tied = first.kind is second.kind and play_rank(first)[:-1] == play_rank(second)[:-1]
        if tied and _meet(first.when, second.when):
            yield Flaw(
                "plays", second.id, "priority", f"is that of {first.id}, and both can apply; say which comes first"
            )


def _unordered_take_ups(take_ups: tuple[TakeUp, ...]) -> Iterator[Flaw]:
    """Of two that weigh alike, what is taken up first would hang on their names."""
    for first, second in combinations(sorted(take_ups, key=take_up_rank), 2):
        tied = first.place is second.place and take_up_rank(first)[:-1] == take_up_rank(second)[:-1]
        if tied and _meet(first.when, second.when):
            yield Flaw(
                "take_ups", second.id, "weight", f"is that of {first.id}, and both can apply; say which comes first"
            )


# -- conditions ---------------------------------------------------------------------------------------------------

_CHOICES = ("stages", "states", "faults", "verdicts", "severities", "branches", "comparisons")


def _impossible(when: When) -> bool:
    return _contradicts_itself(when) or not _reachable(when)


def _contradicts_itself(when: When) -> bool:
    return bool(
        when.done & when.undone
        or when.concerns & when.unconcerned
        or when.flags & when.unflagged
        or (when.intents and Flag.ANY_INTENT in when.unflagged)
        or any(labels and labels <= when.without for labels in (when.intents, when.tactics))
    )


def _meet(first: When, second: When) -> bool:
    """Whether one case can meet both."""
    for name in _CHOICES:
        one, other = getattr(first, name), getattr(second, name)
        if one and other and not one & other:
            return False
    both = When(
        **{name: (getattr(first, name) & getattr(second, name)) or getattr(first, name) | getattr(second, name)
           for name in _CHOICES},
        intents=first.intents | second.intents,
        without=first.without | second.without,
        concerns=first.concerns | second.concerns,
        unconcerned=first.unconcerned | second.unconcerned,
        done=first.done | second.done,
        undone=first.undone | second.undone,
        flags=first.flags | second.flags,
        unflagged=first.unflagged | second.unflagged,
    )  # fmt: skip
    wanted = (first.intents, first.tactics, second.intents, second.tactics)
    unwanted = any(labels and labels <= both.without for labels in wanted)
    return not unwanted and not _impossible(both)


def _implies(narrow: When, wide: When) -> bool:
    """Whether every case that meets ``narrow`` meets ``wide`` too."""
    choices = all(
        not getattr(wide, name) or (getattr(narrow, name) and getattr(narrow, name) <= getattr(wide, name))
        for name in (*_CHOICES, "intents", "tactics", "concerns", "questions")
    )
    musts = ("without", "unconcerned", "done", "undone", "flags", "unflagged", "needs")
    return choices and all(getattr(wide, name) <= getattr(narrow, name) for name in musts)


# -- what the ladder allows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Standpoint:
    """A place that a case can be in: what holds there, and which flags cannot."""

    stage: Stage
    states: frozenset[str]
    fault: Fault
    verdict: Verdict | None
    done: frozenset[Done]
    flags: frozenset[Flag]
    barred: frozenset[Flag]

    def allows(self, when: When) -> bool:
        return bool(
            (not when.stages or self.stage in when.stages)
            and (not when.states or when.states & self.states)
            and (not when.faults or self.fault in when.faults)
            and (not when.verdicts or self.verdict in when.verdicts)
            and when.done & _STEPS <= self.done
            and not when.undone & self.done
            and not when.flags & self.barred
            and not when.unflagged & self.flags
        )


_STATES = {
    Coverage.COVERED: frozenset({"active", "expiring"}),
    Coverage.UNCOVERED: frozenset({"expired", "terminated", "upcoming", "none"}),
    Coverage.UNKNOWN: frozenset({"unknown"}),
}
_STEPS = frozenset(
    {Done.EXPECTATIONS_SET, Done.ACKNOWLEDGED, Done.EXPLAINED, Done.HISTORY_CHECKED, Done.COMPENSATED, Done.ESCALATED}
)


def _reachable(when: When) -> bool:
    return any(standpoint.allows(when) for standpoint in _standpoints())


@cache
def _standpoints() -> tuple[_Standpoint, ...]:
    """Every place the ladder can put a case in that calls for a reply: it is asked, not described again."""
    ordered = sorted(_STEPS)
    subsets = [frozenset(chosen) for size in range(len(ordered) + 1) for chosen in combinations(ordered, size)]
    triages: tuple[tuple[str, ...], ...] = ((), ("severity",))
    every = product((False, True), Coverage, triages, Fault, (None, *Verdict), subsets)
    return tuple(dict.fromkeys(_standpoint(Progress(True, *fields)) for fields in every))


def _standpoint(progress: Progress) -> _Standpoint:
    covered, known = progress.coverage is Coverage.COVERED, progress.coverage is not Coverage.UNKNOWN
    decided, granted = progress.verdict is not None, progress.verdict in (Verdict.APPROVE, Verdict.COUNTER)
    certain = {
        Flag.COVERED: covered,
        Flag.TRIAGED: not progress.triaged,
        Flag.DECIDED: decided,
        Flag.SALES_ONLY: progress.sales_only,
    }
    ruled_out = {Flag.NO_ACCOUNT: known, Flag.SEVERAL_CUSTOMERS: known, Flag.OVER_CAP: not granted}
    return _Standpoint(
        stage=position(progress).stage,
        states=_STATES[progress.coverage],
        fault=progress.fault,
        verdict=progress.verdict,
        done=progress.done,
        flags=frozenset(flag for flag, holds in certain.items() if holds),
        barred=frozenset(flag for flag, holds in certain.items() if not holds)
        | frozenset(flag for flag, holds in ruled_out.items() if holds),
    )


# -- wordings -----------------------------------------------------------------------------------------------------

_SAMPLE = dict.fromkeys(SLOTS, "ERP") | dict.fromkeys(("by_reply", "by_decision", "by_progress", "due"), "5/1 17:00")
_EVERYTHING_GRANTED = LintContext(frozenset(Ground) - {Ground.UNTRIAGED})


def _blocked_wordings(book: Playbook, linter: Checks) -> Iterator[Flaw]:
    """What is allowed on some ground counts as allowed: whether the ground is there, each draft is asked itself."""
    for move in {move.id: move for entry in _entries(book) for move in _moves(entry)}.values():
        for wording in _wordings(move):
            for finding in linter.check(wording.text.format_map(_SAMPLE), _EVERYTHING_GRANTED):
                if finding.severity is Level.BLOCK:
                    field = wording.id.removeprefix(move.id).lstrip("/.").replace("/", ".")
                    reason = f"breaks our own lint rule {finding.rule} with {finding.text!r}"
                    yield Flaw("moves", move.id, field, reason)


def _wordings(move: Move) -> Iterator[Wording]:
    """Every one that can be said, also of certain families of trouble only."""
    return (said for wordings in (move.wordings, *move.about.values()) for found in wordings.values() for said in found)


def _entries(book: Playbook) -> tuple[Play | TakeUp, ...]:
    return (*book.plays, *book.take_ups)


def _moves(entry: Play | TakeUp) -> tuple[Move, ...]:
    return (entry.move,) if isinstance(entry, TakeUp) else tuple(step.move for step in entry.steps)
