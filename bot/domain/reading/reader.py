"""Reads one message: labels with the words that show them, variant, money and dates."""

from __future__ import annotations

from datetime import datetime

from bot.domain.reading.calendar import WorkCalendar, WEEKDAYS_ONLY
from bot.domain.reading.combine import Mark, combine
from bot.domain.reading.dates import find_dates
from bot.domain.reading.lexicon import Lexicon, Rule
from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import Evidence, Intent, Reading, Tactic, Variant
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import Segments, segment
from bot.domain.reading.stance import Stances
from bot.domain.reading.variant import detect_variant

MAX_READ = 4000
"""What is wanted stands in the first characters; the rest of a longer text is not read."""
_BLANK = "\x00"
_MAX_EVIDENCE = 4


class Reader:
    """Pure and reusable; building one takes about as long as reading a hundred messages."""

    def __init__(self, lexicon: Lexicon, *, calendar: WorkCalendar = WEEKDAYS_ONLY) -> None:
        self._lexicon = lexicon
        self._calendar = calendar
        self._neutral = Matcher([("neutral", pattern) for pattern in lexicon.neutral])
        self._cues = Matcher([(name, p) for name, patterns in lexicon.contexts.items() for p in patterns])
        self._rules = Matcher([(rule, rule.pattern) for rule in lexicon.rules])

    def read(self, text: str, *, now: datetime, fallback: Variant = Variant.HANT) -> Reading:
        """``fallback`` is the variant of a message that does not tell. Spans are offsets into ``text``."""
        text = text[:MAX_READ]
        plain = normalise(text)
        evidence = self._evidence(text, plain)
        labels = {item.label for item in evidence}
        return Reading(
            variant=detect_variant(text) or fallback,
            intents=tuple(label for label in Intent if label in labels),
            tactics=tuple(label for label in Tactic if label in labels),
            amounts=find_amounts(plain),
            dates=find_dates(text, now=now, calendar=self._calendar),
            evidence=evidence,
        )

    def _evidence(self, text: str, plain: str) -> tuple[Evidence, ...]:
        segments = segment(plain)
        plain = self._blanked(plain, segments)
        cues = list(self._cues.find(plain, segments))
        stances = Stances(plain, segments, cues)
        marks = [
            Mark(hit.item.mark, hit.span, hit.sentence, hit.item.weight, hit.item.pattern.source)
            for hit in self._rules.find(plain, segments)
            if not stances.against(hit, hit.item.guards)
        ]
        marks = _after_retraction(marks, cues)
        return _as_evidence(combine(marks, self._lexicon), text)

    def _blanked(self, plain: str, segments: Segments) -> str:
        for hit in list(self._neutral.find(plain, segments)):
            start, end = hit.span
            plain = plain[:start] + _BLANK * (end - start) + plain[end:]
        return plain


def _after_retraction(marks: list[Mark], cues: list[Hit[str]]) -> list[Mark]:
    """「我攔下來了」, 「是我們自己弄錯」 take back what was said before them."""
    retracted = [hit.span[1] for hit in cues if hit.item == "retracted"]
    if not retracted:
        return marks
    return [mark for mark in marks if mark.span[0] >= max(retracted)]


def _as_evidence(marks: list[Mark], text: str) -> tuple[Evidence, ...]:
    """A few spans for each label, in the order of the text, none inside another."""
    found: list[Evidence] = []
    for label in (*Intent, *Tactic):
        spans = sorted({m.span for m in marks if m.name == label.value}, key=lambda s: (s[0], -s[1]))
        kept: list[tuple[int, int]] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        found += [Evidence(label, span, text[span[0] : span[1]]) for span in kept[:_MAX_EVIDENCE]]
    return tuple(found)
