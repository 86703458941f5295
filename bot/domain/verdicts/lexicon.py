"""What the words of an answer say, as data: marks that patterns set, and the words that clauses are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.domain.reading.matcher import Matcher
from bot.domain.reading.pattern import Pattern
from bot.domain.verdicts.clauses import Vocabulary

_PICTOGRAPH = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_STOP = re.compile(r"(?<=[a-z])\.(?= |$|[^\0-\x7f])")


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
    HEDGES = "hedges"
    """Takes the decision of its clause back, and all before it: 應該可以. What is decided after it stands."""
    DEFERS = "defers"
    """Puts the decision off or leaves it to others."""
    ASKS = "asks"
    DEMANDS = "demands"
    """Wants papers or facts of us: a question, unless something is decided beside it."""
    IRONIC = "ironic"
    """Nothing granted beside it is meant; a refusal is."""
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
    PARTS = "parts"
    """A part of the work or of its price, which may be granted without the rest: 工費."""
    ONCE = "once"
    ALWAYS = "always"


BLANKED = (Mark.IDIOMS, Mark.NEUTRAL)
DECISIVE = (Mark.APPROVES, Mark.DECLINES, Mark.COUNTERS)


class VerdictLexicon:
    """The marks as compiled patterns, each with at least one, and the ``words`` of clauses that none marks."""

    def __init__(self, patterns: Mapping[Mark, Iterable[Pattern]], words: Vocabulary) -> None:
        self.idioms: Matcher[Mark] = Matcher([(Mark.IDIOMS, pattern) for pattern in patterns[Mark.IDIOMS]])
        self.neutral: Matcher[Mark] = Matcher([(Mark.NEUTRAL, pattern) for pattern in patterns[Mark.NEUTRAL]])
        self.marks: Matcher[Mark] = Matcher(
            [(m, p) for m, found in patterns.items() if m not in BLANKED for p in found]
        )
        self.words = words
        sources = "".join(p.source for found in patterns.values() for p in found)
        self._telling = frozenset(_PICTOGRAPH.findall(sources))

    def undecorated(self, plain: str) -> str:
        """Emoji that no pattern knows end a clause and say no more: 「可以喔😊 辛苦了」; so do English full stops."""
        plain = _STOP.sub(",", plain)
        return _PICTOGRAPH.sub(lambda m: m.group() if m.group() in self._telling else ",", plain)
