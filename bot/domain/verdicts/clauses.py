"""What a clause decides by the words it is made of: 「這個免不了」 is an act and what undoes it.

Patterns know whole turns of phrase; there are always more of them. A clause that none knows may still be put
together from known words alone: acts, what negates them, and words that add nothing. A single unknown word and
nothing is decided, and so it is where two acts disagree or a negation is itself negated: 不能不給.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

MAX_CLAUSE = 24
"""Characters; a longer clause says more than these few words can."""


class Word(StrEnum):
    """What a word does within a clause."""

    GRANTS = "grants"
    """免費, 退款, 同意"""
    PERMITS = "permits"
    """Grants where no other act follows, else only carries it: 可以 (收費), 給他 (免)."""
    CHARGES = "charges"
    """收費, 照價, 自付"""
    REFUSES = "refuses"
    """駁回, 拒絕"""
    YIELDS = "yields"
    """Grants something, but not what was asked: 打折. Negated, it refuses."""
    NEGATES = "negates"
    UNDOES = "undoes"
    """Negates the act before it: 免不了."""
    ADDS_NOTHING = "adds_nothing"
    BLOCKS = "blocks"
    """Looks like words of the others and is none; nothing is put together around it: 免得, 要不."""


_SIGN = {Word.GRANTS: 1, Word.PERMITS: 1, Word.YIELDS: 1, Word.CHARGES: -1, Word.REFUSES: -1}


class _Act(NamedTuple):
    word: Word
    negations: int
    allowed: bool
    """Whether a word before it only allows it: 可以收費."""

    @property
    def grants(self) -> bool:
        return (_SIGN[self.word] > 0) == (self.negations == 0)

    @property
    def open(self) -> bool:
        """Whether more is meant, or less, than a grant or a refusal."""
        return self.negations > 1 or (self.grants and self.word is Word.YIELDS) or (self.allowed and not self.grants)


class Vocabulary:
    """``words`` maps each kind to a regular expression for its words in normalised text, the longest first."""

    def __init__(self, words: Mapping[Word, re.Pattern[str]]) -> None:
        self._words = words

    def grants(self, clause: str) -> bool | None:
        """Whether the clause grants (True) or refuses (False). None where it does neither, or says anything else."""
        acts = _acts(self._cut(clause) or [])
        told = {act.grants for act in acts}
        return told.pop() if len(told) == 1 and not any(act.open for act in acts) else None

    def _cut(self, clause: str) -> list[Word] | None:
        """The kinds of its words, cut from the left, the longest first; None where a word is unknown or blocks."""
        found: list[Word] = []
        at, text = 0, clause.replace(" ", "")
        if len(text) > MAX_CLAUSE:
            return None
        while at < len(text):
            end, known, word = max(self._at(text, at), default=(at, False, Word.BLOCKS))
            if not known:
                return None
            found.append(word)
            at = end
        return found

    def _at(self, text: str, at: int) -> Iterator[tuple[int, bool, Word]]:
        """Where the longest word of each kind ends that begins here; of equally long ones the known count last."""
        for word, expression in self._words.items():
            match = expression.match(text, at)
            if match:
                yield match.end(), word is not Word.BLOCKS, word


def _acts(words: Sequence[Word]) -> list[_Act]:
    """A negation reaches on to acts of the same sign: 不要給他免費; one of another sign is free of it: 不收免了.

    One that no act follows is of the last: 退錢沒辦法.
    """
    acts: list[_Act] = []
    negations, allowed = 0, False
    for index, word in enumerate(words):
        if word is Word.NEGATES:
            negations += 1
        elif word is Word.UNDOES and acts:
            acts[-1] = acts[-1]._replace(negations=acts[-1].negations + 1)
        elif word is Word.PERMITS and any(later in _SIGN for later in words[index + 1 :]):
            allowed = allowed or not negations
        elif word in _SIGN:
            reaching = acts[-1].negations if acts and _SIGN[acts[-1].word] == _SIGN[word] else 0
            acts.append(_Act(word, negations or reaching, allowed))
            negations, allowed = 0, False
    if acts and negations:
        acts[-1] = acts[-1]._replace(negations=acts[-1].negations + negations)
    return acts
