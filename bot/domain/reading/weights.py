"""What the wording itself says for each label: a linear model over short runs of characters.

The rules know families of phrases; the weights, learnt from labelled messages, know how such messages sound.
Neither is enough alone, so a score is measured against a different cut according to what the rules said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from bot.domain.reading.model import Intent, Span, Tactic
from bot.domain.reading.segments import Segments

Label = Intent | Tactic
LABELS: tuple[Label, ...] = (*Intent, *Tactic)
LONGEST_GRAM = 4
LONGEST_WINDOW = 24
_DIGITS = str.maketrans("123456789", "000000000")


def grams(plain: str) -> Iterator[tuple[str, int]]:
    """Every run of up to four characters of a normalised text and where it starts; figures look alike."""
    folded = plain.translate(_DIGITS)
    for length in range(1, LONGEST_GRAM + 1):
        for start in range(len(folded) - length + 1):
            yield folded[start : start + length], start


@dataclass(frozen=True, slots=True)
class Cuts:
    """Scores above which a label is read, by what the rules found of it."""

    silent: float
    """No rule spoke for it."""
    doubted: float
    """One did, but a guard, a lack of company or a stronger mark set it aside."""
    found: float
    """The rules read it: below this the wording speaks against them."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``bias`` has one number for each of ``LABELS``; ``grams`` the weights of a run, by index into them."""

    bias: tuple[float, ...]
    grams: Mapping[str, tuple[tuple[int, float], ...]]
    cuts: Cuts

    def labels(self, plain: str, *, heard: frozenset[str], found: frozenset[str]) -> tuple[Label, ...]:
        """The labels of a normalised text, given the marks that rules ``heard`` and those that they ``found``."""
        if not plain.strip():
            return ()
        return tuple(
            label
            for label, score in zip(LABELS, self.scores(plain), strict=True)
            if score > self._cut(label.value, heard, found)
        )

    def scores(self, plain: str) -> list[float]:
        """One for each of ``LABELS``; a run counts once, however often it is there."""
        scores = list(self.bias)
        for gram in {gram for gram, _ in grams(plain)} & self.grams.keys():
            for index, weight in self.grams[gram]:
                scores[index] += weight
        return scores

    def window(self, plain: str, label: Label, segments: Segments) -> Span:
        """The clause that speaks most for ``label``; of a long one the part that does."""
        index = LABELS.index(label)
        gains = [0.0] * len(plain)
        for gram, start in grams(plain):
            for at, weight in self.grams.get(gram, ()):
                if at == index:
                    gains[start + len(gram) // 2] += weight
        sums = [0.0, *accumulate(gains)]
        spans = _windows(plain, segments)
        return max(spans, key=lambda span: sums[span[1]] - sums[span[0]], default=(0, len(plain)))

    def _cut(self, name: str, heard: frozenset[str], found: frozenset[str]) -> float:
        if name in found:
            return self.cuts.found
        return self.cuts.doubted if name in heard else self.cuts.silent


def _windows(plain: str, segments: Segments) -> Iterator[Span]:
    for start, end in zip(segments.starts, segments.ends, strict=True):
        if plain[start:end].strip():
            for left in range(start, max(start, end - LONGEST_WINDOW) + 1):
                yield left, min(end, left + LONGEST_WINDOW)
