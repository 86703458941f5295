"""Reads what a supervisor's answer decides about a request for an exception.

A wrong approval costs money and a wrong refusal a customer, so what is not clearly a decision is
``question`` or ``unclear``. How borderline answers are read:

    approve   可以 / OK / 👍 / 准 / 就照客服建議的給他 / 這次免費: what was asked, so no offer and no discount
    approve   可以，下不為例 / 下次照收: with ``once``; next time is not this time
    approve   可以，但要跟他說清楚: an instruction to us is no condition
    decline   不行 / 駁回 / 👎 / 照價收
    counter   給他打九折 / 只收 3000 / 只能送一個月 / 免費不行，半價可以: something else than what was asked
    counter   可以，但要先簽續約 / 如果他付清欠款就可以: a condition makes it a new offer
    question  可以嗎？ / 成本多少？ / 可以，但成本多少？
    unclear   應該可以吧 / 我再想想 / 問一下老闆 / 不是不行 / 你決定
    unclear   好啊，錢你出 (irony) / 客戶說可以 (somebody else's word)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.discounts import find_discount
from bot.domain.money import Money
from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import AmountMention, Span
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise
from bot.domain.reading.numerals import NUMBER, parse_number
from bot.domain.reading.pattern import Pattern
from bot.domain.reading.segments import Segments, segment

MAX_ANSWER = 2000
"""Longer answers are read up to here."""
_BLANK = "\x00"
_LEFT_REACH, _RIGHT_REACH = 5, 2
_LEAST_SUM = 100
_PICTOGRAPH = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_BARE = re.compile(
    rf"{NUMBER}(?![\d零一二两三四五六七八九十百千万]| ?[个天周年月日点次台人件张家%折号]|成(?!交|本)|分之)"
)


class VerdictKind(StrEnum):
    APPROVE = "approve"
    DECLINE = "decline"
    COUNTER = "counter"
    QUESTION = "question"
    UNCLEAR = "unclear"

    @property
    def decided(self) -> bool:
        return self not in (VerdictKind.QUESTION, VerdictKind.UNCLEAR)


class Mark(StrEnum):
    """What a pattern of the lexicon says about the answer."""

    IDIOMS = "idioms"
    """Means nothing here; it is blanked out before everything else: 沒什麼好說的 asks nothing."""
    NEUTRAL = "neutral"
    """Looks like a decision and is none; it is blanked out before the others are looked for."""
    APPROVES = "approves"
    DECLINES = "declines"
    COUNTERS = "counters"
    """Something else is granted, such as a month more."""
    PRICED = "priced"
    """Stands before the sum that may be charged or granted."""
    PRICED_AFTER = "priced_after"
    CONCEDES = "concedes"
    """不是不行: no refusal, and alone no grant either."""
    NEGATES = "negates"
    """Right before an approving word, it makes it none: 未便同意."""
    DEFERS = "defers"
    """Puts the decision off, hedges it or leaves it to others."""
    ASKS = "asks"
    DEMANDS = "demands"
    """Wants papers or facts of us: a question, unless something is decided beside it."""
    IRONIC = "ironic"
    REPORTED = "reported"
    """The rest of the clause is somebody else's word, an earlier one, a custom, or about another matter."""
    CONDITION = "condition"
    SUPPOSES = "supposes"
    """An if: it turns even a refusal into an offer, 「不行，除非他續約」."""
    CONDITION_END = "condition_end"
    """What follows it is no longer the condition: 就可以, 再給他."""
    FACTS = "facts"
    """The sum or share of its clause is told or judged, not granted: 成本是3000, 五折太誇張."""
    CONTRAST = "contrast"
    INSTRUCTS = "instructs"
    ONCE = "once"
    ALWAYS = "always"


_BLANKED = (Mark.IDIOMS, Mark.NEUTRAL)
_DECISIVE = (Mark.APPROVES, Mark.DECLINES, Mark.COUNTERS)


@dataclass(frozen=True, slots=True)
class VerdictReading:
    """``discount`` is the share still to be paid; ``conditions`` are words of the answer. None where not said."""

    verdict: VerdictKind
    offer: Money | None = None
    discount: Decimal | None = None
    once: bool | None = None
    conditions: str | None = None


class VerdictLexicon:
    """The marks as compiled patterns. Every mark has at least one pattern."""

    def __init__(self, patterns: Mapping[Mark, Iterable[Pattern]]) -> None:
        self.idioms: Matcher[Mark] = Matcher([(Mark.IDIOMS, pattern) for pattern in patterns[Mark.IDIOMS]])
        self.neutral: Matcher[Mark] = Matcher([(Mark.NEUTRAL, pattern) for pattern in patterns[Mark.NEUTRAL]])
        self.marks: Matcher[Mark] = Matcher(
            [(m, p) for m, found in patterns.items() if m not in _BLANKED for p in found]
        )
        sources = "".join(p.source for found in patterns.values() for p in found)
        self._telling = frozenset(_PICTOGRAPH.findall(sources))

    def undecorated(self, plain: str) -> str:
        """Emoji that no pattern knows end a clause and say nothing else: 「可以喔😊 辛苦了」."""
        return _PICTOGRAPH.sub(lambda m: m.group() if m.group() in self._telling else ",", plain)


def read_verdict(text: str, lexicon: VerdictLexicon) -> VerdictReading:
    """Never raises. An empty answer is unclear."""
    return _Answer(text[:MAX_ANSWER], lexicon).reading()


class _Answer:
    def __init__(self, text: str, lexicon: VerdictLexicon) -> None:
        self._text = text
        plain = lexicon.undecorated(normalise(text))
        self._segments: Segments = segment(plain)
        self._plain = self._blanked(plain, lexicon.idioms)
        self._hits = _meant(list(lexicon.marks.find(self._plain, self._segments)))
        blanked = self._blanked(self._plain, lexicon.neutral)
        self._decisive = list(self._counting(list(lexicon.marks.find(blanked, self._segments))))

    def _blanked(self, plain: str, matcher: Matcher[Mark]) -> str:
        for hit in list(matcher.find(plain, self._segments)):
            start, end = hit.span
            plain = plain[:start] + _BLANK * (end - start) + plain[end:]
        return plain

    def reading(self) -> VerdictReading:
        if self._has(Mark.IRONIC):
            return VerdictReading(VerdictKind.UNCLEAR)
        if self._has(Mark.DEFERS):
            return VerdictReading(VerdictKind.QUESTION if self._asks_beside_hedging() else VerdictKind.UNCLEAR)
        if self._asks():
            return VerdictReading(VerdictKind.QUESTION)
        offer, discount = self._offer(), self._discount()
        conditions = self._conditions()
        kind = self._kind(bool(offer or discount is not None), bool(conditions))
        if kind is VerdictKind.UNCLEAR and self._has(Mark.DEMANDS):
            return VerdictReading(VerdictKind.QUESTION)
        if not kind.decided or kind is VerdictKind.DECLINE:
            return VerdictReading(kind)
        if kind is VerdictKind.COUNTER and not conditions and not offer and discount is None:
            conditions = self._terms()
        return VerdictReading(kind, offer, discount, self._once(), conditions)

    def _kind(self, priced: bool, conditional: bool) -> VerdictKind:
        approves, declines = self._first(Mark.APPROVES), self._first(Mark.DECLINES)
        if priced or self._first(Mark.COUNTERS):
            return VerdictKind.COUNTER
        if conditional:
            return self._kind_of_conditional(approves, declines)
        if approves and declines:
            return VerdictKind.COUNTER if self._contrast_between(approves, declines) else VerdictKind.UNCLEAR
        if approves:
            return VerdictKind.UNCLEAR if self._open_contrast(approves) else VerdictKind.APPROVE
        return VerdictKind.DECLINE if declines and not self._has(Mark.CONCEDES) else VerdictKind.UNCLEAR

    def _kind_of_conditional(self, approves: Hit[Mark] | None, declines: Hit[Mark] | None) -> VerdictKind:
        """「駁回。請客戶先續約」 refuses, 「不續約就不給」 offers."""
        if approves or self._has(Mark.CONDITION_END):
            return VerdictKind.COUNTER
        if declines is None:
            return VerdictKind.UNCLEAR
        first = min(hit.span for hit in self._hits if hit.item is Mark.CONDITION)
        return VerdictKind.COUNTER if first < declines.span or self._has(Mark.SUPPOSES) else VerdictKind.DECLINE

    # -- which words count ------------------------------------------------------------------------------------

    def _counting(self, hits: list[Hit[Mark]]) -> Iterator[Hit[Mark]]:
        """Decisive words that are meant; 「同意」 within 「不同意」 is not, nor 「要收」 within 「不要收」."""
        decisive = [h for h in hits if h.item in _DECISIVE and self._counts(h)]
        granted = [h.span for h in decisive if h.item is not Mark.DECLINES]
        refusals = [h for h in decisive if h.item is Mark.DECLINES and not any(_within(h.span, g) for g in granted)]
        negated = {h.span[1] for h in (*hits, *self._hits) if h.item is Mark.NEGATES}
        yield from refusals
        for hit in decisive:
            refused = any(r.span[0] < hit.span[1] and hit.span[0] <= r.span[1] for r in refusals)
            grants = hit.item is Mark.COUNTERS or (hit.item is Mark.APPROVES and not refused)
            if grants and hit.span[0] not in negated:
                yield hit

    def _counts(self, hit: Hit[Mark]) -> bool:
        """Not asked, and not somebody else's word."""
        start, _ = self._segments.clause_at(hit.span[0])
        reported = any(h.item is Mark.REPORTED and start <= h.span[0] <= hit.span[0] for h in self._hits)
        return not reported and not self._asked(hit.span)

    def _asked(self, span: Span) -> bool:
        """Whether the clause asks: it ends in a question mark, or a word of asking stands in it."""
        start, end = self._segments.clause_at(span[0])
        if self._plain[end : end + 2].lstrip(' "').startswith("?"):
            return True
        return any(h.item is Mark.ASKS and start <= h.span[0] < end for h in self._hits)

    def _asks(self) -> bool:
        """A refusal after the last question answers it: 「他說答應過？我不批」."""
        asked = [h.span[0] for h in self._hits if h.item is Mark.ASKS]
        asked += [at for at, char in enumerate(self._plain) if char == "?"]
        refusal = self._first(Mark.DECLINES)
        return bool(asked) and not (refusal and not self._first(Mark.APPROVES) and refusal.span[0] > max(asked))

    def _asks_beside_hedging(self) -> bool:
        """「我想想，成本多少？」 wants an answer; 「應該可以吧？」 does not."""
        hedged = {self._segments.clause_at(h.span[0]) for h in self._hits if h.item is Mark.DEFERS}
        asked = {self._segments.clause_at(h.span[0]) for h in self._hits if h.item is Mark.ASKS}
        return not self._decisive and bool({clause for clause in asked if clause[0] < clause[1]} - hedged)

    def _has(self, mark: Mark) -> bool:
        return any(hit.item is mark for hit in self._hits)

    def _first(self, mark: Mark) -> Hit[Mark] | None:
        return next((hit for hit in sorted(self._decisive, key=lambda h: h.span) if hit.item is mark), None)

    # -- 可以，但… --------------------------------------------------------------------------------------------

    def _contrast_between(self, approves: Hit[Mark], declines: Hit[Mark]) -> bool:
        """「出勤費可以免，但零件不行」, 「免費不行，半價可以」: part is granted."""
        different = self._segments.clause_at(approves.span[0]) != self._segments.clause_at(declines.span[0])
        return different and (self._has(Mark.CONTRAST) or declines.span < approves.span)

    def _open_contrast(self, approves: Hit[Mark]) -> bool:
        """「可以，但是…」 with a remark that is neither instruction nor word about next time."""
        contrast = next((h for h in self._hits if h.item is Mark.CONTRAST and h.span[0] >= approves.span[0]), None)
        if contrast is None:
            return False
        settled = (Mark.INSTRUCTS, Mark.ONCE)
        return not any(h.item in settled and h.span[1] > contrast.span[0] for h in self._hits)

    # -- terms ------------------------------------------------------------------------------------------------

    def _offer(self) -> Money | None:
        """The last sum that the answer says is to be charged or granted."""
        named = find_amounts(self._text) or self._bare_sums()
        sums = [found for found in named if self._granted(found.span) or self._alone(found)]
        return sums[-1].money if sums else None

    def _bare_sums(self) -> tuple[AmountMention, ...]:
        """「5000 可以」: in an answer, a bare number is money where a cue of price stands at it."""
        found = ((parse_number(match.group()), match.span()) for match in _BARE.finditer(self._plain))
        return tuple(AmountMention(Money(value), span) for value, span in found if value and value >= _LEAST_SUM)

    def _alone(self, found: AmountMention) -> bool:
        """「NT$3,000。」 is an answer where the currency says that it is money."""
        start, end = self._segments.clause_at(found.span[0])
        return found.money.currency is not None and (start, end) == found.span and not self._denied(found.span)

    def _granted(self, span: Span) -> bool:
        if self._denied(span):
            return False
        before = any(h.item is Mark.PRICED and 0 <= span[0] - h.span[1] <= _LEFT_REACH for h in self._hits)
        after = any(h.item is Mark.PRICED_AFTER and 0 <= h.span[0] - span[1] <= _RIGHT_REACH for h in self._hits)
        return before or after

    def _discount(self) -> Decimal | None:
        found = [d for d in find_discount(self._plain) if not self._denied(d.span)]
        return found[-1].share if found else None

    def _denied(self, span: Span) -> bool:
        """Its clause is asked, reported, refused or only tells."""
        start, end = self._segments.clause_at(span[0])
        refused = any(h.item is Mark.DECLINES and start <= h.span[0] < end for h in self._decisive)
        reported = any(h.item is Mark.REPORTED and start <= h.span[0] <= span[0] for h in self._hits)
        told = any(h.item is Mark.FACTS and start <= h.span[0] < end for h in self._hits)
        return refused or reported or told or self._asked(span)

    def _once(self) -> bool | None:
        if self._has(Mark.ALWAYS):
            return False
        return True if self._has(Mark.ONCE) else None

    def _conditions(self) -> str | None:
        """The customer's part, in the answer's own words."""
        cues = sorted((h for h in self._hits if h.item is Mark.CONDITION), key=lambda h: (h.span[0], -h.span[1]))
        for cue in cues:
            if self._instructed(cue):
                continue
            start, end = cue.span[0], self._segments.clause_at(max(cue.span[0], cue.span[1] - 1))[1]
            ends = [h.span[0] for h in self._hits if h.item is Mark.CONDITION_END and start < h.span[0] <= end]
            words = self._without_lead(start, min([end, *ends]))
            if words:
                return words
        return None

    def _instructed(self, cue: Hit[Mark]) -> bool:
        """「但要跟他說清楚」 asks something of us, not of the customer."""
        clause = self._segments.clause_at(cue.span[0])
        return any(h.item is Mark.INSTRUCTS and self._segments.clause_at(h.span[0]) == clause for h in self._hits)

    def _terms(self) -> str | None:
        """The clause that says what is granted instead."""
        hit = self._first(Mark.COUNTERS) or self._first(Mark.APPROVES)
        if hit is None:
            return None
        start, end = self._segments.clause_at(hit.span[0])
        return self._without_lead(start, end) or None

    def _without_lead(self, start: int, end: int) -> str:
        return self._text[start + _lead_length(self._plain[start:end]) : end].strip(" ，,。；;：:、")


_LEAD = re.compile(
    r"^(?:[,:. ]|(?:但是?|不过|可是|只是|惟|唯)?(?:(?:前提|条件)(?:是|为)?|必须|需要|只要|得(?=.{3})"
    r"|要(?!求|是)|需(?!要|求))"
    r"|但是?|不过|可是|只是|如果|若是|若|要是|假如|倘若|除非)+"
)


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and inner != outer


def _meant(hits: list[Hit[Mark]]) -> list[Hit[Mark]]:
    """Without what a longer hit explains: 門都沒有 asks nothing, 不考慮 puts nothing off, 跟他說 tells nothing."""
    spans = {mark: [h.span for h in hits if h.item is mark] for mark in (*_DECISIVE, Mark.INSTRUCTS, Mark.ONCE)}
    decisive = [span for mark in _DECISIVE for span in spans[mark]]
    outer = {
        Mark.ASKS: decisive,
        Mark.DEFERS: decisive,
        Mark.REPORTED: spans[Mark.INSTRUCTS],
        Mark.CONDITION: spans[Mark.ONCE],
    }
    return [h for h in hits if not any(_within(h.span, span) for span in outer.get(h.item, ()))]


def _lead_length(words: str) -> int:
    """How much of a condition in normalised form only introduces it: 「但前提是」, 「如果」."""
    match = _LEAD.match(words)
    return match.end() if match else 0
