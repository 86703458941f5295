"""Finds what may break a rule: the words of a pattern, of a whole group of them, or the tone of a passage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.domain.lint.rules import LintRule, Role, RuleBook
from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import Span
from bot.domain.reading.pattern import Pattern
from bot.domain.reading.segments import Segments

BREAKING = (Role.HIT, Role.CASE_HIT)
MOST_APART = 30
"""How many characters the words of a group may take up, first to last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One pattern's place in a rule; ``group`` and ``place`` are told apart for ``Role.PART`` only."""

    rule: LintRule
    role: Role
    group: int = 0
    place: int = 0
    tone: bool = False
    """Whether it is the sound of a clause, which no pattern spoke for; ``sure`` of what."""
    sure: bool = True


class Finder:
    """What excuses a hit is looked for only where there is one, which is seldom."""

    def __init__(self, book: RuleBook) -> None:
        self._rules = {rule.id: rule for rule in book.rules}
        self._breaking: Matcher[Part] = Matcher([*_of_roles(book.rules, BREAKING), *_of_groups(book.rules)])
        excusing = [role for role in Role if role not in (*BREAKING, Role.PART, Role.CUSTOMER)]
        self._excusing: Matcher[Part] = Matcher(_of_roles(book.rules, excusing))
        self._tone = book.tone

    def find(self, plain: str, segments: Segments) -> dict[str, list[Hit[Part]]]:
        """Hits by rule, with those that excuse; empty for a reply that nothing speaks against."""
        found = list(_whole(self._breaking.find(plain, segments)))
        spoken = {hit.sentence for hit in found if hit.item.role is Role.HIT}
        found += [hit for hit in self._sounding(plain, segments) if hit.sentence not in spoken]
        hits: dict[str, list[Hit[Part]]] = {}
        for hit in found:
            hits.setdefault(hit.item.rule.id, []).append(hit)
        if hits:
            for hit in self._excusing.find(plain, segments):
                if hit.item.rule.id in hits:
                    hits[hit.item.rule.id].append(hit)
        return hits

    def _sounding(self, plain: str, segments: Segments) -> Iterator[Hit[Part]]:
        if self._tone is None:
            return
        starts = [start for start, _ in segments.sentences]
        for breach in self._tone.breaches(plain, segments):
            sentence = max(0, bisect_right(starts, breach.span[0]) - 1)
            yield Hit(Part(self._rules[breach.rule], Role.HIT, tone=True, sure=breach.sure), breach.span, sentence)


def _of_roles(rules: Sequence[LintRule], roles: Sequence[Role]) -> list[tuple[Part, Pattern]]:
    return [(Part(rule, role), pattern) for rule in rules for role in roles for pattern in rule.patterns.get(role, ())]


def _of_groups(rules: Sequence[LintRule]) -> Iterator[tuple[Part, Pattern]]:
    """Each pattern needs what the others of its group need: alone it would be looked for in vain."""
    for rule in rules:
        for number, group in enumerate(rule.together):
            needs = tuple(dict.fromkeys(need for pattern in group for need in pattern.needs))
            for place, pattern in enumerate(group):
                yield Part(rule, Role.PART, number, place), replace(pattern, needs=needs)


def _whole(hits: Iterator[Hit[Part]]) -> Iterator[Hit[Part]]:
    """Single hits, and one for each group that stands together in a sentence: from its first word to its last."""
    groups: dict[tuple[str, int, int], dict[int, list[Hit[Part]]]] = {}
    for hit in hits:
        if hit.item.role is Role.PART:
            key = (hit.item.rule.id, hit.item.group, hit.sentence)
            groups.setdefault(key, {}).setdefault(hit.item.place, []).append(hit)
        else:
            yield hit
    for (_, number, sentence), places in groups.items():
        rule = next(iter(places.values()))[0].item.rule
        if len(places) == len(rule.together[number]):
            span = min(map(_around, product(*places.values())), key=lambda span: span[1] - span[0])
            if span[1] - span[0] <= MOST_APART:
                yield Hit(Part(rule, Role.HIT), span, sentence)


def _around(hits: Sequence[Hit[Part]]) -> Span:
    return min(hit.span[0] for hit in hits), max(hit.span[1] for hit in hits)
