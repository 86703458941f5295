"""On what terms an answer grants: a sum, a share, once, and the customer's part."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.domain.discounts import find_discount
from bot.domain.money import Money
from bot.domain.reading.matcher import Hit
from bot.domain.reading.model import AmountMention, Span
from bot.domain.reading.money import find_amounts
from bot.domain.reading.numerals import NUMBER, parse_number
from bot.domain.verdicts.answer import Answer
from bot.domain.verdicts.lexicon import Mark

_LEFT_REACH, _RIGHT_REACH = 5, 2
_LEAST_SUM = 100
_BARE = re.compile(
    rf"{NUMBER}(?![\d零一二两三四五六七八九十百千万]| ?[个天周年月日点次台人件张家%折号]|成(?!交|本)|分之)"
)
_LEAD = re.compile(
    r"^(?:[,:. ]|(?:但是?|不过|可是|只是|惟|唯)?(?:(?:前提|条件)(?:是|为)?|必须|需要|只要|得(?=.{3})"
    r"|要(?!求|是)|需(?!要|求))"
    r"|但是?|不过|可是|只是|如果|若是|若|要是|假如|倘若|除非)+"
)


class Terms:
    """What ``answer`` names; whether it grants anything at all is not asked here."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def offer(self) -> Money | None:
        """The last sum that the answer says is to be charged or granted."""
        named = find_amounts(self._answer.text) or self._bare_sums()
        sums = [found for found in named if self._granted(found.span) or self._alone(found)]
        return sums[-1].money if sums else None

    def discount(self) -> Decimal | None:
        found = [d for d in find_discount(self._answer.plain) if not self._denied(d.span)]
        return found[-1].share if found else None

    def once(self) -> bool | None:
        if self._answer.has(Mark.ALWAYS):
            return False
        return True if self._answer.has(Mark.ONCE) else None

    def conditions(self) -> str | None:
        """The customer's part, in the answer's own words."""
        hits = self._answer.hits
        cues = sorted((h for h in hits if h.item is Mark.CONDITION), key=lambda h: (h.span[0], -h.span[1]))
        for cue in cues:
            if self._answer.marked(Mark.INSTRUCTS, self._answer.clause(cue)):
                continue  # 「但要跟他說清楚」 asks something of us, not of the customer
            start, end = cue.span[0], self._answer.segments.clause_at(max(cue.span[0], cue.span[1] - 1))[1]
            ends = [h.span[0] for h in hits if h.item is Mark.CONDITION_END and start < h.span[0] <= end]
            words = self._without_lead(start, min([end, *ends]))
            if words:
                return words
        return None

    def granted_instead(self, hit: Hit[Mark]) -> str | None:
        """The clause that says what is granted instead."""
        return self._without_lead(*self._answer.clause(hit)) or None

    def _bare_sums(self) -> tuple[AmountMention, ...]:
        """「5000 可以」: in an answer, a bare number is money where a cue of price stands at it."""
        found = ((parse_number(match.group()), match.span()) for match in _BARE.finditer(self._answer.plain))
        return tuple(AmountMention(Money(value), span) for value, span in found if value and value >= _LEAST_SUM)

    def _alone(self, found: AmountMention) -> bool:
        """「NT$3,000。」 is an answer where the currency says that it is money."""
        alone = self._answer.segments.clause_at(found.span[0]) == found.span
        return found.money.currency is not None and alone and not self._denied(found.span)

    def _granted(self, span: Span) -> bool:
        if self._denied(span):
            return False
        hits = self._answer.hits
        before = any(h.item is Mark.PRICED and 0 <= span[0] - h.span[1] <= _LEFT_REACH for h in hits)
        after = any(h.item is Mark.PRICED_AFTER and 0 <= h.span[0] - span[1] <= _RIGHT_REACH for h in hits)
        return before or after

    def _denied(self, span: Span) -> bool:
        """Its clause is asked, reported, refused, hedged or only tells."""
        answer, (start, end) = self._answer, self._answer.segments.clause_at(span[0])
        refused = any(h.item is Mark.DECLINES and start <= h.span[0] < end for h in answer.decisive)
        told = answer.reported(span) or answer.marked(Mark.FACTS, (start, end))
        return refused or told or answer.asked(span) or answer.hedged(span)

    def _without_lead(self, start: int, end: int) -> str:
        """Without what only introduces it: 「但前提是」, 「如果」."""
        lead = _LEAD.match(self._answer.plain[start:end])
        return self._answer.text[start + (lead.end() if lead else 0) : end].strip(" ，,。；;：:、")
