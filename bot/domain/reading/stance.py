"""How a matched phrase is meant: denied, supposed, past, asked, or said of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from bot.domain.reading.lexicon import Guard
from bot.domain.reading.matcher import Hit
from bot.domain.reading.model import Span
from bot.domain.reading.segments import Segments

_DENIAL = re.compile(
    r"(?:不是|没有|没|别|不用|不必|不需要|无需|无须|不要|不会|不想|不打算|没打算|没想|无意|并非|并不是|并没|不至于|哪敢|不敢"
    r"|懒得|从没|从来没|从未|未曾|不曾|绝不|绝非|谁说|甭|犯不着|用不着|不可能|未)"
    r"(?:要|想|去|会|再|来|真|的|是|在|说|打算|人|到|说要|想要|真的|特别|故意|急着|提|为了|因为|跟你们|跟你|给你们|对你们|给你){0,3}$"
)
_RHETORICAL = re.compile(r"(?:不是|难道|不就是).{0,20}[吗嘛么?]")
_ASKS = re.compile(r"吗|嘛\?|\?|呢|么$|有没有|是不是|能不能|可不可以|可以不|怎么|如何|多少|哪")
LEFT_WINDOW = 14
_NEGATED, _QUESTION, _PAST = Guard.NEGATED, Guard.QUESTION, Guard.PAST
"""By name here: looking a member up in its enumeration costs more than what is done with it."""
_OF_WHAT_FOLLOWS = frozenset({Guard.CONDITIONAL, Guard.THIRD_PARTY})

T = TypeVar("T")


class Stances:
    """Answers, for one message, which guards stand against a match."""

    def __init__(self, text: str, segments: Segments, cues: Iterable[Hit[str]]) -> None:
        self._text = text
        self._segments = segments
        self._cues: dict[tuple[str, int], list[Span]] = {}
        for hit in cues:
            self._cues.setdefault((hit.item, hit.sentence), []).append(hit.span)

    def against(self, hit: Hit[T], guards: frozenset[Guard]) -> bool:
        """Whether any of ``guards`` takes this match back."""
        for guard in guards:  # noqa: SIM110 - asked of every match: any() would take as long again
            if self._holds(guard, hit):
                return True
        return False

    def _holds(self, guard: Guard, hit: Hit[T]) -> bool:
        if guard is _NEGATED:
            return self._denied(hit.span)
        if guard is _QUESTION:
            left, right = self._segments.clause_at(hit.span[0])
            return bool(_ASKS.search(self._text, left, min(len(self._text), max(right, hit.span[1]) + 1)))
        cues = self._cues.get((guard, hit.sentence), ())
        if guard in _OF_WHAT_FOLLOWS:
            return any(cue[0] <= hit.span[0] or _overlap(cue, hit.span) for cue in cues)
        if guard is _PAST and ("present", hit.sentence) in self._cues:
            return False
        return bool(cues)

    def _denied(self, span: Span) -> bool:
        clause_start, clause_end = self._segments.clause_at(span[0])
        left = self._text[max(clause_start, span[0] - LEFT_WINDOW) : span[0]]
        if not _DENIAL.search(left):
            return False
        return not _RHETORICAL.search(self._text, clause_start, min(len(self._text), clause_end + 1))


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
