"""Checks a reply of our side, sentence by sentence, against the rule book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.lint.context import Ground, LintContext
from bot.domain.lint.finder import BREAKING, Finder, Part
from bot.domain.lint.model import Finding, Level
from bot.domain.lint.quoting import Cue, Mentions
from bot.domain.lint.rules import LintRule, Role, RuleBook
from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import Span, Variant
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import Segments, segment
from bot.domain.reading.variant import detect_variant
from bot.domain.text import ends_of

_NOTHING_KNOWN = LintContext()


class Linter:
    """Pure and reusable."""

    def __init__(self, rules: RuleBook) -> None:
        self._rules = rules.rules
        self._finder = Finder(rules)
        self._cues: Matcher[Cue] = Matcher(
            [(Cue.REPORTED, pattern) for pattern in rules.reported]
            + [(Cue.CONDEMNED, pattern) for pattern in rules.condemned]
            + [(Cue.CONDEMNED_AFTER, pattern) for pattern in rules.condemned_after]
            + [(Cue.DENIED, pattern) for pattern in rules.denials]
        )
        self._by_customer: Matcher[str] = Matcher(
            [(rule.id, pattern) for rule in rules.rules for pattern in rule.patterns.get(Role.CUSTOMER, ())]
        )
        self._liftable = frozenset(rule.id for rule in rules.rules if rule.patterns.get(Role.CUSTOMER))

    def check(self, text: str, context: LintContext = _NOTHING_KNOWN) -> tuple[Finding, ...]:
        """Findings in the order of the text. Spans are offsets into ``text``; never raises."""
        plain = normalise(text)
        segments = segment(plain)
        hits = self._finder.find(plain, segments)
        if not hits:
            return ()
        reply = _Reply(text, plain, segments, context, Mentions(plain, segments, context.customer_texts, self._cues))
        lifted = self._lifted_by_customer(context) if self._liftable & hits.keys() else set()
        found = [
            finding
            for rule in self._rules
            if rule.id in hits and rule.id not in lifted and _in_force(rule, context)
            for finding in reply.findings(rule, hits[rule.id])
        ]
        return tuple(sorted(found, key=lambda finding: finding.span))

    def _lifted_by_customer(self, context: LintContext) -> set[str]:
        texts = [normalise(ends_of(text)) for text in context.customer_texts]
        return {hit.item for text in texts for hit in self._by_customer.find(text, segment(text))}


def _in_force(rule: LintRule, context: LintContext) -> bool:
    return not (rule.allowed_by & context.grounds) and rule.only_on <= context.grounds


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    plain: str
    segments: Segments
    context: LintContext
    mentions: Mentions

    def findings(self, rule: LintRule, hits: Sequence[Hit[Part]]) -> Iterator[Finding]:
        """At most one finding for each sentence: the first that nothing takes back."""
        by_role: dict[Role, list[Hit[Part]]] = {}
        for hit in hits:
            by_role.setdefault(hit.item.role, []).append(hit)
        if Role.REPLY in by_role or not self._alone(rule, hits):
            return
        seen: set[int] = set()
        for hit in self._breaking(by_role):
            if hit.sentence not in seen and not self._excused(rule, hit, by_role):
                seen.add(hit.sentence)
                yield self._finding(rule, hit)

    def _breaking(self, by_role: dict[Role, list[Hit[Part]]]) -> list[Hit[Part]]:
        known = Ground.CASE_KNOWN in self.context.grounds
        roles = BREAKING if known else (Role.HIT,)
        return sorted((hit for role in roles for hit in by_role.get(role, ())), key=lambda h: (h.span[0], -h.span[1]))

    def _excused(self, rule: LintRule, hit: Hit[Part], by_role: dict[Role, list[Hit[Part]]]) -> bool:
        if any(_overlap(other.span, hit.span) for other in by_role.get(Role.INNOCENT, ())):
            return True
        if any(other.sentence == hit.sentence for other in by_role.get(Role.SENTENCE, ())):
            return True
        if not _OF_CONCESSIONS.isdisjoint(rule.numbers) and self._granted(hit.span):
            return True
        following = by_role.get(Role.FOLLOWING, ())
        if any(o.span[0] >= hit.span[1] and o.sentence - hit.sentence <= 1 for o in following):
            return True
        if hit.item.tone:
            return self.mentions.excuse_clause(hit.span)
        return self.mentions.excuse(hit.span, negatable=rule.negatable)

    def _granted(self, span: Span) -> bool:
        """Whether the words stand in terms that were decided, told as they were decided."""
        clauses = (clause for terms in self.context.granted for clause in _CLAUSE.split(normalise(terms)) if clause)
        places = ((at, at + len(clause)) for clause in clauses if (at := self.plain.find(clause)) >= 0)
        return any(start <= span[0] and span[1] <= end for start, end in places)

    def _alone(self, rule: LintRule, hits: Sequence[Hit[Part]]) -> bool:
        if rule.alone_under is None:
            return True
        said = [char.isalnum() for char in self.plain]
        for hit in hits:
            if hit.item.role in (*BREAKING, Role.FILLER):
                said[hit.span[0] : hit.span[1]] = [False] * (hit.span[1] - hit.span[0])
        return sum(said) < rule.alone_under

    def _finding(self, rule: LintRule, hit: Hit[Part]) -> Finding:
        advice, span = rule.advice[self._variant()], hit.span
        level = self._level(rule) if hit.item.sure else Level.WARN
        words = self.text[span[0] : span[1]]
        return Finding(rule.id, level, span, words, advice.why, advice.suggestion, rule.english)

    def _level(self, rule: LintRule) -> Level:
        if Ground.CASE_KNOWN in self.context.grounds:
            return rule.severity
        return rule.severity_without_case or rule.severity

    def _variant(self) -> Variant:
        """Of the reply itself; where it does not tell, of what the customer wrote."""
        texts = (self.text, *reversed(self.context.customer_texts))
        return next((variant for variant in map(detect_variant, texts) if variant), Variant.HANT)


_CLAUSE = re.compile(r"[,;]")
_OF_CONCESSIONS = frozenset({41, 42, 43})
"""The rules of the trade on what may be given, and how."""


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
