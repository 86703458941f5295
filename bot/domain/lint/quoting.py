"""Words that a reply mentions without saying them: the customer's, somebody else's, or ones it warns against."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import Span
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import Segments

_QUOTED = re.compile(r'"([^"\n]{1,80})"')
_MIN_QUOTE = 2
_MIN_ECHO = 4
_REACH = 16
"""How many characters may stand between a cue and what it speaks of."""
_DENIAL_REACH = 6


class Cue(StrEnum):
    REPORTED = "reported"
    """「您提到…」, 「之前的同事跟您說…」"""
    CONDEMNED = "condemned"
    """「我們不會用…」"""
    CONDEMNED_AFTER = "condemned_after"
    """「…來搪塞您」"""
    DENIED = "denied"
    """「無法…」, 「不敢…」: counts for rules that may be denied."""


class Mentions:
    """Answers, for one reply in normalised form, whether a span is mention rather than use."""

    def __init__(self, plain: str, segments: Segments, customer_texts: Sequence[str], cues: Matcher[Cue]) -> None:
        self._plain = plain
        self._segments = segments
        self._customer = "\n".join(map(normalise, customer_texts))
        self._cues: list[Hit[Cue]] = list(cues.find(plain, segments))
        self._quotes = [match.span(1) for match in _QUOTED.finditer(plain)]

    def excuse(self, span: Span, *, negatable: bool) -> bool:
        quote = next((q for q in self._quotes if q[0] <= span[0] and span[1] <= q[1]), None)
        if quote is not None and self._customers(quote):
            return True
        subject = quote or span
        if self._before(subject, Cue.REPORTED) or self._before(subject, Cue.CONDEMNED):
            return True
        if self._after(subject, Cue.CONDEMNED_AFTER):
            return True
        return negatable and self._before(span, Cue.DENIED, _DENIAL_REACH)

    def excuse_clause(self, clause: Span) -> bool:
        """Whether anything in a clause shows that it mentions: where its tone alone is blamed, no words of it are."""
        start, end = clause
        told = any(hit.item is not Cue.DENIED and start <= hit.span[0] < end for hit in self._cues)
        quoted = any(start <= quote[0] < end and self._customers(quote) for quote in self._quotes)
        return told or quoted or self._echoes(self._plain[start:end])

    def _echoes(self, words: str) -> bool:
        """Whether at least half of a clause is what the customer wrote, such as their trouble told again."""
        half = max(_MIN_ECHO, len(words) // 2)
        return any(words[at : at + half] in self._customer for at in range(len(words) - half + 1))

    def _customers(self, quote: Span) -> bool:
        """Whether these words stand in what the customer wrote."""
        words = self._plain[quote[0] : quote[1]].strip(" ,.!?。、")
        return len(words) >= _MIN_QUOTE and words in self._customer

    def _before(self, span: Span, kind: Cue, reach: int = _REACH) -> bool:
        """A cue to the left, with no comma in between."""
        start = self._segments.clause_at(span[0])[0]
        return any(
            hit.item is kind and hit.span[0] >= start and hit.span[0] < span[0] and span[0] - hit.span[1] <= reach
            for hit in self._cues
        )

    def _after(self, span: Span, kind: Cue) -> bool:
        end = self._segments.clause_at(span[0])[1]
        return any(
            hit.item is kind and span[1] <= hit.span[1] and hit.span[0] <= max(end, span[1]) for hit in self._cues
        )
