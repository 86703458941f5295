"""What the wording itself says for each label: a linear model over short runs of characters.

The rules know families of phrases; the weights, learnt from labelled messages, know how such messages sound.
Neither is enough alone: what no rule speaks for has to sound much like a label, and what the rules read has to
sound quite unlike it before it is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf
from operator import mul
from struct import Struct

from bot.domain.reading.model import Intent, Span, Tactic
from bot.domain.reading.runs import Vocabulary, folded
from bot.domain.reading.segments import Segments

Label = Intent | Tactic
LABELS: tuple[Label, ...] = (*Intent, *Tactic)
LONGEST_PASSAGE = 30
LONGEST_WINDOW = 24
MOST_WANTING = 1.0
_BITS = 32
_MIDDLE = 1 << _BITS - 1
_PLACES = [1 << _BITS * index for index in range(len(LABELS) + 1)]
_MIDDLES = _MIDDLE * sum(_PLACES)
_FIELDS = Struct(f"<{len(LABELS) + 1}i")


def packed(indexes: Iterable[int], steps: Iterable[int]) -> int:
    """Whole numbers by index into ``bias``, side by side in one: adding two such adds all of them at once."""
    return sum(map(mul, steps, map(_PLACES.__getitem__, indexes)))


def unpacked(total: int) -> tuple[int, ...]:
    """One for each number of ``bias``; right as long as none has left 32 bits."""
    return _FIELDS.unpack((total + _MIDDLES ^ _MIDDLES).to_bytes(_FIELDS.size, "little"))


def unpacked_one(total: int, index: int) -> int:
    """``unpacked(total)[index]`` without the others."""
    return ((total + _MIDDLES) >> _BITS * index & (1 << _BITS) - 1) - _MIDDLE


@dataclass(frozen=True, slots=True)
class Cuts:
    added: float
    """A label that no rule spoke for is read above this score."""
    kept: float
    """A label that the rules read is dropped at or below it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``bias`` has one number for each of ``LABELS`` and a last one for whether the message wants anything at all.

    ``runs`` gives the weights of a run of characters, as ``packed``, in steps of which ``scale`` make 1.
    """

    bias: tuple[float, ...]
    runs: Mapping[str, int]
    scale: int
    cuts: Cuts
    _vocabulary: Vocabulary = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_vocabulary", Vocabulary(self.runs))

    def labels(
        self, plain: str, segments: Segments, *, heard: frozenset[str], found: frozenset[str]
    ) -> dict[Label, Span]:
        """The labels of a normalised text and the passage that speaks most for each.

        ``heard`` are the marks that rules spoke for at all, ``found`` those that they read. What the rules heard
        and set aside, for a guard or a stronger mark, stays aside.
        """
        if not plain.strip():
            return {}
        cuts = dict.fromkeys(heard, inf) | dict.fromkeys(found, self.cuts.kept)
        return {
            label: passage
            for label, (score, passage) in zip(LABELS, self.best(plain, segments), strict=True)
            if score > cuts.get(label, self.cuts.added)
        }

    def best(self, plain: str, segments: Segments) -> list[tuple[float, Span]]:
        """For each of ``LABELS`` the highest score and the passage that has it, the last of several."""
        spans = passages(plain, segments)[::-1]
        found = zip(*[self.scores(plain[slice(*span)]) for span in spans], strict=True)
        return [(top := max(scores), spans[scores.index(top)]) for scores in found]

    def scores(self, passage: str) -> list[float]:
        """One for each of ``LABELS``; a run counts once, however often it is there.

        What sounds like nothing but news or thanks lowers them all, so that such messages stay quiet.
        """
        *steps, wanting = unpacked(sum(map(self.runs.__getitem__, self._vocabulary.known(passage))))
        *biases, bias_of_wanting = self.bias
        raised = min(bias_of_wanting + wanting / self.scale, MOST_WANTING)
        scale = self.scale
        return [bias + step / scale + raised for bias, step in zip(biases, steps, strict=True)]

    def windows(self, plain: str, passages: Mapping[Label, Span], segments: Segments) -> dict[Label, Span]:
        """For each label the clause of its passage that speaks most for it; of a long one the part that does."""
        sums = {passage: self._sums(plain[slice(*passage)]) for passage in set(passages.values())}
        spans = {passage: list(_windows(plain, passage, segments)) or [passage] for passage in sums}
        return {
            label: self._best(LABELS.index(label), passage[0], sums[passage], spans[passage])
            for label, passage in passages.items()
        }

    def _best(self, index: int, begin: int, sums: Sequence[int], spans: Sequence[Span]) -> Span:
        return max(spans, key=lambda span: unpacked_one(sums[span[1] - begin] - sums[span[0] - begin], index))

    def _sums(self, passage: str) -> list[int]:
        """Of all weights from the beginning of a passage up to each of its characters."""
        said = folded(passage)
        edges = [0] * (len(said) + 1)
        for run in self._vocabulary.known(said):
            weights, start = self.runs[run], said.find(run)
            while start >= 0:
                edges[start] += weights
                edges[start + len(run)] -= weights
                start = said.find(run, start + 1)
        return [0, *accumulate(accumulate(edges))]


def passages(plain: str, segments: Segments) -> list[Span]:
    """Neighbouring clauses put together up to some length, so that long messages are scored like short ones."""
    found: list[Span] = []
    for start, stop in zip(segments.starts, segments.ends, strict=True):
        end = min(len(plain), stop + 1)  # the mark at its end tells a question
        if found and end - found[-1][0] <= LONGEST_PASSAGE:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _windows(plain: str, passage: Span, segments: Segments) -> Iterator[Span]:
    for start, end in zip(segments.starts, segments.ends, strict=True):
        if passage[0] <= start and end <= passage[1] and plain[start:end].strip():
            for left in range(start, max(start, end - LONGEST_WINDOW) + 1):
                yield left, min(end, left + LONGEST_WINDOW)
