"""Reads one message: labels with the words that show them, variant, money and dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.domain.reading.calendar import WEEKDAYS_ONLY, WorkCalendar
from bot.domain.reading.combine import Mark, combine
from bot.domain.reading.dates import dates_in
from bot.domain.reading.lexicon import Lexicon, Rule
from bot.domain.reading.matcher import Candidate, Hit, Matcher, blanked, matches
from bot.domain.reading.model import AmountMention, DateMention, Evidence, Intent, Reading, Span, Tactic, Variant
from bot.domain.reading.money import amounts_in
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern
from bot.domain.reading.segments import Segments, segment
from bot.domain.reading.stance import Stances
from bot.domain.reading.variant import detect_variant
from bot.domain.reading.weights import LABELS, Weights

_HEAD, _TAIL = 1200, 600
"""How much of a long text is read: what is wanted stands at its beginning or at its end."""
_NEUTRAL = "neutral"
"""Stands among the contexts: innocent compounds, blanked out before anything else is looked for."""
_MAX_EVIDENCE = 4


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules alone make of a message."""

    plain: str
    """Normalised, with innocent compounds blanked out."""
    segments: Segments
    heard: frozenset[str]
    """Names of all marks that a decisive pattern spoke for, those included that were set aside."""
    marks: list[Mark]
    retracted: bool
    """Something was taken back, so that wording is no guide."""


class Reader:
    """Pure and reusable; building one takes about as long as reading a hundred messages."""

    def __init__(self, lexicon: Lexicon, *, calendar: WorkCalendar = WEEKDAYS_ONLY) -> None:
        self._lexicon = lexicon
        self._calendar = calendar
        contexts = {**lexicon.contexts, _NEUTRAL: lexicon.neutral}
        cues = [(name, pattern) for name, patterns in contexts.items() for pattern in patterns]
        self._patterns: Matcher[Rule | str] = Matcher([*cues, *((rule, rule.pattern) for rule in lexicon.rules)])

    @property
    def patterns(self) -> list[Pattern]:
        """All that reading may need compiled."""
        return self._patterns.patterns

    def read(self, text: str, *, now: datetime, fallback: Variant = Variant.HANT) -> Reading:
        """``fallback`` is the variant of a message that does not tell. Spans are offsets into ``text``."""
        if len(text) > _HEAD + _TAIL:
            return self._read_ends(text, now, fallback)
        plain = normalise(text)
        evidence = self._evidence(plain, text)
        labels = dict.fromkeys(item.label for item in evidence)
        return Reading(
            variant=detect_variant(text) or fallback,
            intents=tuple([label for label in labels if isinstance(label, Intent)]),
            tactics=tuple([label for label in labels if isinstance(label, Tactic)]),
            amounts=amounts_in(plain),
            dates=dates_in(plain, text, now=now, calendar=self._calendar),
            evidence=evidence,
        )

    def _read_ends(self, text: str, now: datetime, fallback: Variant) -> Reading:
        cut = self.read(text[:_HEAD] + "\n" + text[1 - _TAIL :], now=now, fallback=fallback)
        shift = len(text) - _HEAD - _TAIL
        return replace(
            cut,
            amounts=tuple(_shifted(mention, shift) for mention in cut.amounts),
            dates=tuple(_shifted(mention, shift) for mention in cut.dates),
            evidence=tuple(_shifted(item, shift) for item in cut.evidence),
        )

    def by_rules(self, plain: str) -> Ruled:
        """``plain`` is a normalised text."""
        segments = segment(plain)
        rules: list[Candidate[Rule]] = []
        cues: list[Candidate[str]] = []
        innocent: list[Candidate[str]] = []
        for item, pattern, sentence in self._patterns.candidates(plain, segments):
            if isinstance(item, Rule):
                rules.append((item, pattern, sentence))
            else:
                (innocent if item == _NEUTRAL else cues).append((item, pattern, sentence))
        if blanks := [hit.span for hit in matches(plain, segments, innocent)]:
            plain = blanked(plain, blanks)
        hits = list(matches(plain, segments, rules))
        contexts = list(matches(plain, segments, cues))
        stances = Stances(plain, segments, contexts)
        marks = [
            Mark(hit.item.mark, hit.span, hit.sentence, hit.item.weight, hit.item.pattern.source)
            for hit in hits
            if not stances.against(hit, hit.item.guards)
        ]
        return Ruled(
            plain=plain,
            segments=segments,
            heard=frozenset(hit.item.mark for hit in hits if hit.item.weight >= 1),
            marks=combine(_after_retraction(marks, contexts), self._lexicon),
            retracted=any(hit.item == "retracted" for hit in contexts),
        )

    def _evidence(self, plain: str, text: str) -> tuple[Evidence, ...]:
        ruled = self.by_rules(plain)
        spans: dict[str, list[Span]] = {}
        for mark in ruled.marks:
            spans.setdefault(mark.name, []).append(mark.span)
        if self._lexicon.weights and not ruled.retracted:
            spans = _weighed(spans, ruled, self._lexicon.weights)
        return _as_evidence(spans, text)


_Placed = TypeVar("_Placed", AmountMention, DateMention, Evidence)


def _shifted(found: _Placed, shift: int) -> _Placed:
    """``found`` where it stands in the whole text, if it was found behind the cut."""
    start, end = found.span
    return replace(found, span=(start + shift, end + shift)) if start > _HEAD else found


def _after_retraction(marks: list[Mark], cues: list[Hit[str]]) -> list[Mark]:
    """「我攔下來了」, 「是我們自己弄錯」 take back what was said before them."""
    retracted = [hit.span[1] for hit in cues if hit.item == "retracted"]
    if not retracted:
        return marks
    return [mark for mark in marks if mark.span[0] >= max(retracted)]


def _weighed(spans: dict[str, list[Span]], ruled: Ruled, weights: Weights) -> dict[str, list[Span]]:
    """Rules first: the wording withdraws what it speaks against, and adds what it speaks for clearly."""
    labels = weights.labels(ruled.plain, ruled.segments, heard=ruled.heard, found=frozenset(spans))
    unseen = {label: passage for label, passage in labels.items() if label not in spans}
    windows = weights.windows(ruled.plain, unseen, ruled.segments)
    return {label: spans.get(label) or [windows[label]] for label in labels}


def _as_evidence(spans: dict[str, list[Span]], text: str) -> tuple[Evidence, ...]:
    """A few spans for each label, labels in taxonomy order, no span inside another."""
    return tuple(
        [
            Evidence(label, span, text[span[0] : span[1]])
            for label in LABELS
            if label in spans
            for span in _apart(spans[label])
        ]
    )


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept[:_MAX_EVIDENCE]
