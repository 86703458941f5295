"""Puts marks together: combinations that say more than their parts, and marks that another one withdraws."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.reading.lexicon import Combination, Lexicon, Scope, Withdrawal
from bot.domain.reading.model import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found: a label, or a step towards one."""

    name: str
    span: Span
    sentence: int
    weight: float = 1.0
    source: str = ""
    """The pattern that found it; the same one twice weighs once."""


def combine(marks: list[Mark], lexicon: Lexicon) -> list[Mark]:
    """The marks that stand in the end; light ones only in company."""
    marks = _weighed(marks)
    for step in lexicon.steps:
        marks = marks + _combined(marks, step) if isinstance(step, Combination) else _withdrawn(marks, step)
    return marks


def _withdrawn(marks: list[Mark], step: Withdrawal) -> list[Mark]:
    against = [m for m in marks if m.name == step.by]
    return [m for m in marks if m.name != step.mark or not any(_near(m, other, step.scope) for other in against)]


def _weighed(marks: list[Mark]) -> list[Mark]:
    """Drops marks whose name does not reach the weight of one decisive pattern."""
    best = {(mark.name, mark.source): mark.weight for mark in marks}
    total: dict[str, float] = {}
    for (name, _), weight in best.items():
        total[name] = total.get(name, 0.0) + weight
    return [mark for mark in marks if total[mark.name] >= 1.0]


def _combined(marks: list[Mark], combination: Combination) -> list[Mark]:
    found: list[Mark] = []
    for first in marks:
        if first.name not in combination.all_of[0]:
            continue
        partners = [_partner(first, marks, names, combination.scope) for names in combination.all_of[1:]]
        if None in partners:
            continue
        if any(m.name in combination.none_of and _near(m, first, combination.scope) for m in marks):
            continue
        found.append(Mark(combination.mark, first.span, first.sentence))
    return found


def _partner(first: Mark, marks: list[Mark], names: frozenset[str], scope: Scope) -> Mark | None:
    return next((m for m in marks if m.name in names and m is not first and _near(m, first, scope)), None)


def _near(a: Mark, b: Mark, scope: Scope) -> bool:
    if scope is Scope.MESSAGE:
        return True
    return abs(a.sentence - b.sentence) <= (1 if scope is Scope.NEIGHBOURS else 0)
