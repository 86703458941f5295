"""Puts marks together: combinations that say more than their parts, and marks that another one withdraws."""

from __future__ import annotations

from typing import NamedTuple

from bot.domain.reading.lexicon import Combination, Lexicon, Scope, Withdrawal
from bot.domain.reading.model import Span


class Mark(NamedTuple):
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
    if not against:
        return marks
    return [m for m in marks if m.name != step.mark or not any(_near(m, other, step.scope) for other in against)]


def _weighed(marks: list[Mark]) -> list[Mark]:
    """Drops marks whose name does not reach the weight of one decisive pattern."""
    best = {(mark.name, mark.source): mark.weight for mark in marks}
    total: dict[str, float] = {}
    for (name, _), weight in best.items():
        total[name] = total.get(name, 0.0) + weight
    return [mark for mark in marks if total[mark.name] >= 1.0]


def _combined(marks: list[Mark], step: Combination) -> list[Mark]:
    firsts, *partners = [[m for m in marks if m.name in names] for names in step.all_of]
    if not firsts or not all(partners):
        return []
    against = [m for m in marks if m.name in step.none_of]
    return [
        Mark(step.mark, first.span, first.sentence)
        for first in firsts
        if all(any(m is not first and _near(m, first, step.scope) for m in group) for group in partners)
        and not any(_near(m, first, step.scope) for m in against)
    ]


def _near(a: Mark, b: Mark, scope: Scope) -> bool:
    if scope is Scope.MESSAGE:
        return True
    return abs(a.sentence - b.sentence) <= (1 if scope is Scope.NEIGHBOURS else 0)
