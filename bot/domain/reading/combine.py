"""Puts marks together: combinations that say more than their parts, and marks that another one withdraws."""

from __future__ import annotations

from sys import maxsize
from typing import NamedTuple

from bot.domain.reading.lexicon import Combination, Lexicon, Scope, Withdrawal
from bot.domain.reading.model import Span

_REACH = {Scope.SENTENCE: 0, Scope.NEIGHBOURS: 1, Scope.MESSAGE: maxsize}
"""Sentences between two marks that see each other."""


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
    names = {mark.name for mark in marks}
    for step in lexicon.steps:
        if isinstance(step, Withdrawal):
            if step.mark in names and step.by in names:
                marks = _withdrawn(marks, step)
        elif not any(map(names.isdisjoint, step.all_of)) and (found := _combined(marks, step)):
            marks = marks + found
            names.add(step.mark)
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


def _combined(marks: list[Mark], step: Combination) -> list[Mark]:
    firsts, *partners = [[m for m in marks if m.name in names] for names in step.all_of]
    against = [m for m in marks if m.name in step.none_of]
    return [
        Mark(step.mark, first.span, first.sentence)
        for first in firsts
        if all(any(m is not first and _near(m, first, step.scope) for m in group) for group in partners)
        and not any(_near(m, first, step.scope) for m in against)
    ]


def _near(a: Mark, b: Mark, scope: Scope) -> bool:
    return abs(a.sentence - b.sentence) <= _REACH[scope]
