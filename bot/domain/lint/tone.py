"""How a passage sounds: what no pattern of the rule book catches may still sound like a breach of one of its rules.

A linear model over short runs of characters, learnt from labelled replies (``docs/lint.md``). It is heard only
where no pattern spoke, and short of great sureness it only warns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from bot.domain.reading.model import Span
from bot.domain.reading.runs import Vocabulary
from bot.domain.reading.segments import Segments
from bot.domain.reading.weights import passages

_HARM = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Cuts:
    warned: float
    """A passage that scores above sounds wrong."""
    sure: float
    """Above this it is taken as seriously as the words of a pattern."""


@dataclass(frozen=True, slots=True)
class Breach:
    """``rule`` is the one that the passage sounds most like a breach of."""

    rule: str
    span: Span
    sure: bool


@dataclass(frozen=True, slots=True)
class Tone:
    """``runs`` gives for a run of characters, in steps of which ``scale`` make 1, first how much it speaks for any
    breach, then by turns the index of a rule and how much it speaks for that rule among the others.
    """

    rules: tuple[str, ...]
    bias: float
    rule_bias: tuple[float, ...]
    runs: Mapping[str, tuple[int, ...]]
    scale: int
    cuts: Cuts
    _vocabulary: Vocabulary = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_vocabulary", Vocabulary(self.runs))

    def breaches(self, plain: str, segments: Segments) -> Iterator[Breach]:
        """In the order of the normalised text, at most one for each passage of some thirty characters."""
        for passage in passages(plain, segments):
            known = self._known(plain[slice(*passage)])
            score = self.bias + sum(map(_HARM, known)) / self.scale
            if score > self.cuts.warned:
                yield Breach(self._rule(known), self._worst(plain, passage, segments), score > self.cuts.sure)

    def _known(self, words: str) -> list[tuple[int, ...]]:
        return [self.runs[run] for run in self._vocabulary.known(words)]

    def _rule(self, known: Sequence[tuple[int, ...]]) -> str:
        scores = [bias * self.scale for bias in self.rule_bias]
        for steps in known:
            for index, step in zip(steps[1::2], steps[2::2], strict=True):
                scores[index] += step
        return self.rules[scores.index(max(scores))]

    def _worst(self, plain: str, passage: Span, segments: Segments) -> Span:
        """The clause of the passage that speaks most against it."""
        clauses = [
            (start, end)
            for start, end in zip(segments.starts, segments.ends, strict=True)
            if passage[0] <= start and end <= passage[1] and plain[start:end].strip()
        ]
        return max(clauses or [passage], key=lambda span: sum(map(_HARM, self._known(plain[slice(*span)]))))
