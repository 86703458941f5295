"""A reply cut into clauses, each with its cues and the times it names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.promises.lexicon import Cue, PromiseLexicon
from bot.domain.reading.calendar import WorkCalendar
from bot.domain.reading.dates import find_dates
from bot.domain.reading.matcher import Hit, blanked
from bot.domain.reading.model import DateMention, Span
from bot.domain.reading.normalise import normalise
from bot.domain.reading.segments import Segments, segment

_ITEM = re.compile(r" (?=\d{1,2}[.)、] ?[^\d])")


@dataclass(frozen=True, slots=True)
class Clause:
    """``plain`` is its normalised text."""

    span: Span
    plain: str
    sentence: int
    hits: tuple[Hit[Cue], ...]
    dates: tuple[DateMention, ...]

    def has(self, *cues: Cue) -> bool:
        return any(hit.item in cues for hit in self.hits)

    @property
    def tells(self) -> bool:
        """「您說」, but not within 「跟您說」."""
        return self._beside(Cue.TOLD, Cue.ACTION, Cue.MEANS)

    @property
    def done(self) -> bool:
        """「確認好了」, but not within 「確認好了立刻」, nor 「早就」 within 「一早就」."""
        timed = {at for date in self.dates for at in range(*date.span)}
        return self._beside(Cue.DONE, Cue.MEANS, apart=timed)

    @property
    def commits_openly(self) -> bool:
        """Without a time; what happens while it is said is no promise, but 馬上 is."""
        return not self.dates and (self.has(Cue.VAGUE) or (self.has(Cue.COMMITS) and not self.has(Cue.NOW)))

    def _beside(self, cue: Cue, *outer: Cue, apart: Collection[int] = ()) -> bool:
        """Whether ``cue`` stands anywhere but within a longer hit of ``outer``, and begins outside ``apart``."""
        around = [hit.span for hit in self.hits if hit.item in outer]
        found = [hit.span for hit in self.hits if hit.item is cue and hit.span[0] not in apart]
        return any(not any(a <= start and end <= b for a, b in around) for start, end in found)

    def first(self, cue: Cue) -> Hit[Cue] | None:
        return next((hit for hit in self.hits if hit.item is cue), None)


class Clauses:
    """The clauses of ``text``; ``plain`` is its normalised form, in which the items of a list are lines."""

    def __init__(self, text: str, now: datetime, lexicon: PromiseLexicon, calendar: WorkCalendar) -> None:
        self.plain = _ITEM.sub("\n", normalise(text))
        self._segments: Segments = segment(self.plain)
        self._dates = find_dates(text, now=now, calendar=calendar)
        meant = blanked(self.plain, [hit.span for hit in lexicon.idioms.find(self.plain, self._segments)])
        hits = sorted(lexicon.cues.find(meant, self._segments), key=lambda h: (h.span[0], -h.span[1]))
        self._clauses = tuple(self._announced(list(self._cut(hits))))

    def by_sentence(self) -> Iterator[list[Clause]]:
        for index in range(len(self._segments.sentences)):
            yield [clause for clause in self._clauses if clause.sentence == index]

    def followed_by_question(self, clause: Clause) -> bool:
        return self.plain[clause.span[1] : clause.span[1] + 2].lstrip(' "').startswith("?")

    def _cut(self, hits: list[Hit[Cue]]) -> Iterator[Clause]:
        for index, (first, last) in enumerate(self._segments.sentences):
            for start, end in zip(self._segments.starts, self._segments.ends, strict=True):
                span = (max(start, first), min(end, last))
                if span[0] >= span[1]:
                    continue
                inside = tuple(hit for hit in hits if span[0] <= hit.span[0] < span[1])
                yield Clause(span, self.plain[slice(*span)], index, inside, tuple(self._named(span, inside)))

    def _announced(self, clauses: list[Clause]) -> Iterator[Clause]:
        """「下次更新：週五五點」 is one clause: what is done, a colon, and when."""
        waiting: Clause | None = None
        for clause in clauses:
            if waiting and clause.dates and not clause.has(Cue.ACTION):
                span, hits = (waiting.span[0], clause.span[1]), (*waiting.hits, *clause.hits)
                yield Clause(span, self.plain[slice(*span)], clause.sentence, hits, clause.dates)
                waiting = None
                continue
            if waiting:
                yield waiting
            ends = self.plain[clause.span[1] : clause.span[1] + 1]
            announces = ends == ":" and clause.has(Cue.ACTION) and not clause.dates
            waiting = clause if announces else None
            if not announces:
                yield clause
        if waiting:
            yield waiting

    def _named(self, span: Span, inside: tuple[Hit[Cue], ...]) -> Iterator[DateMention]:
        """The times of a clause; within 「明後天」 there is none."""
        vague = [hit.span for hit in inside if hit.item is Cue.VAGUE]
        for date in self._dates:
            if span[0] <= date.span[0] < span[1] and not any(a < date.span[1] and date.span[0] < b for a, b in vague):
                yield date
