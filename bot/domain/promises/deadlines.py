"""By when: the times a clause names, and the moment at which each has run out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.promises.clauses import Clause
from bot.domain.promises.lexicon import Cue
from bot.domain.reading.calendar import WorkCalendar
from bot.domain.reading.dates import find_dates
from bot.domain.reading.model import DateMention, Precision

_WHOLE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR})
_SPANS = frozenset({Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR})
_CLOCK = frozenset({Precision.HOUR, Precision.MINUTE})
_DAY = re.compile(r"[今昨前天日周週月年號号拜期/-]")
"""Names a day; a time without one that is past today is meant for tomorrow."""
_MORNING = re.compile("早|晨|上午|am")
_HALF_DAY, _EVENING = 12, 18
"""Hours. Who names an hour by itself means one of the working day."""
_LENGTH = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3}) ?个?半? ?(?:小时|钟头|分钟|工作天|工作日|天|周)")
_MOST_BESIDE = 4
"""How much may stand beside a time in its clause for the next clause to be what it times."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    now: datetime
    calendar: WorkCalendar

    def of(self, clause: Clause, waiting: tuple[DateMention, ...], *, planned: bool) -> DateMention | None:
        """The first time ahead; of a day and an hour of it, the hour: 「星期一我一早就打」."""
        named = (*clause.dates, *self._intervals(clause), *waiting)
        ahead = [date for date in named if self._ahead(date, planned=planned)]
        finer = [d for d in ahead if d.at and ahead[0].at and d.at.date() == ahead[0].at.date()]
        hours = [d for d in finer if d.precision not in _WHOLE]
        return next(iter(hours if hours and ahead[0].precision is Precision.DAY else ahead), None)

    def left_to_the_next(self, clause: Clause) -> tuple[DateMention, ...]:
        """The time of a clause that says little else: 「明天上午十點，」."""
        dates = (*clause.dates, *self._intervals(clause))
        named = sum(date.span[1] - date.span[0] for date in dates)
        return dates if clause.span[1] - clause.span[0] - named <= _MOST_BESIDE else ()

    def due(self, date: DateMention, *, planned: bool) -> datetime | None:
        """The moment by which it must be done: the end of a whole day, week or month.

        Where something is planned, a moment that seems past is read again by itself: 「已約好週二」 is ahead.
        """
        if date.at is None:
            return None
        if date.at < self.now and date.precision in _CLOCK and not _DAY.search(date.text):
            return self._next(date.at, date.text)
        past = date.at.date() < self.now.date() and date.precision not in _SPANS
        whole = not date.before and date.precision in _WHOLE
        if (past and not planned) or not (past or whole):
            return date.at
        alone = find_dates(f"{date.text}前" if whole else date.text, now=self.now, calendar=self.calendar)
        return alone[0].at if alone else date.at

    def _next(self, at: datetime, text: str) -> datetime:
        """When a past hour comes again: 2:30 at ten in the morning is in the afternoon, eight o'clock tomorrow."""
        later = at + timedelta(hours=_HALF_DAY)
        afternoon = at.hour < _HALF_DAY <= later.hour <= _EVENING and later >= self.now
        return later if afternoon and not _MORNING.search(text) else at + timedelta(days=1)

    def _ahead(self, date: DateMention, *, planned: bool) -> bool:
        due = self.due(date, planned=planned)
        return due is not None and due >= self.now

    def _intervals(self, clause: Clause) -> Iterator[DateMention]:
        hit = clause.first(Cue.INTERVAL)
        if hit is None:
            return
        start = clause.span[0]
        length = _LENGTH.search(clause.plain, hit.span[0] - start, hit.span[1] - start)
        if length is None or any(hit.span[0] < date.span[1] for date in clause.dates):
            return
        interval = f"{length.group()}内"
        for first in find_dates(interval, now=self.now, calendar=self.calendar):
            yield replace(first, text=interval, span=hit.span)
