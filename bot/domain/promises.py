"""Finds what our side commits itself to in a reply, and by when.

A promise is an action of ours with a time, a vague time (儘快, 稍后), or a plain 「我們會…」. None are: offers
(我可以…), questions, what hangs on a condition, what is done, what the customer is asked to do, what is
denied, told of earlier, or said of somebody else. A whole day, week or month promised ends with its last
working hour. A means without a time of its own (我請工程師看) belongs to the dated promise beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.reading.calendar import WEEKDAYS_ONLY, WorkCalendar
from bot.domain.reading.dates import find_dates
from bot.domain.reading.matcher import Hit, Matcher
from bot.domain.reading.model import DateMention, Precision, Span
from bot.domain.reading.normalise import normalise
from bot.domain.reading.pattern import Pattern
from bot.domain.reading.segments import Segments, segment

MAX_REPLY = 8000
"""Longer replies are read up to here."""
_WHOLE = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR})
_SPANS = frozenset({Precision.WEEK, Precision.MONTH, Precision.QUARTER, Precision.YEAR})
_CLOCK = frozenset({Precision.HOUR, Precision.MINUTE})
_DAY = re.compile(r"[今昨前天日周週月年號号拜期/-]")
"""Names a day; a time without one that is past today is meant for tomorrow."""
_MOST_OBJECT = 10
_LEAST_DONE = 2
"""「我會查」 without a time is too little to hold anybody to."""
_MOST_BREAK = 2
_LENGTH = re.compile(r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3}) ?个?半? ?(?:小时|钟头|分钟|工作天|工作日|天|周)")
_ITEM = re.compile(r" (?=\d{1,2}[.)、] ?[^\d])")
_MOST_BESIDE = 4
"""How much may stand beside a time in its clause for the next clause to be what it times."""


class Cue(StrEnum):
    """What a pattern of the lexicon says about its clause."""

    ACTION = "action"
    """Something that can be promised; ``what`` begins here."""
    MEANS = "means"
    """An action done before another, or named as a thing: 查清楚再回覆, 到場時間, 答應您的報告."""
    OBJECT_END = "object_end"
    """Where the object of an action ends: 給您, 後."""
    COMMITS = "commits"
    """Our side says that it will."""
    SUBJECT = "subject"
    """One of us; beside a time to come, whatever they do then is promised: 明早十點我先跟您對一次."""
    VAGUE = "vague"
    """A time that is none: 儘快."""
    OFFERS = "offers"
    CONDITION = "condition"
    """From here to the end of the sentence nothing is promised outright, save by a latest date."""
    DONE = "done"
    PLANNED = "planned"
    """Done, but for a time to come: 已安排明天到場."""
    DUTY = "duty"
    """The customer's part."""
    DENIED = "denied"
    TOLD = "told"
    """Told of another time or another mouth: 之前答應, 您希望."""
    THIRD = "third"
    """Somebody who is not ours acts."""
    ASKS = "asks"
    NOW = "now"
    """Happens while it is said: 正在查."""
    AT_LATEST = "at_latest"
    INTERVAL = "interval"
    """每兩小時, 給我半小時: due when the interval, the first of them, has passed."""
    TAG = "tag"
    """Asks for consent to the clause before it: 可以嗎？"""


@dataclass(frozen=True, slots=True)
class PromiseMention:
    """``text`` is the words at ``span``; ``due`` is None exactly where ``vague`` is true."""

    text: str
    what: str
    due: datetime | None
    vague: bool
    span: Span
    ambiguous: bool


class PromiseLexicon:
    """The cues as compiled patterns. Every cue has at least one."""

    def __init__(self, patterns: Mapping[Cue, Iterable[Pattern]]) -> None:
        self.cues: Matcher[Cue] = Matcher([(cue, pattern) for cue, found in patterns.items() for pattern in found])


def find_promises(
    text: str, *, now: datetime, lexicon: PromiseLexicon, calendar: WorkCalendar = WEEKDAYS_ONLY
) -> tuple[PromiseMention, ...]:
    """``now`` carries an offset, which every ``due`` shares. In the order of the text; never raises."""
    return tuple(_Reply(text[:MAX_REPLY], now, lexicon, calendar).promises())


@dataclass(frozen=True, slots=True)
class _Clause:
    span: Span
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

    def _beside(self, cue: Cue, *outer: Cue, apart: Collection[int] = ()) -> bool:
        """Whether ``cue`` stands anywhere but within a longer hit of ``outer``, and begins outside ``apart``."""
        around = [hit.span for hit in self.hits if hit.item in outer]
        found = [hit.span for hit in self.hits if hit.item is cue and hit.span[0] not in apart]
        return any(not any(a <= start and end <= b for a, b in around) for start, end in found)

    def first(self, cue: Cue) -> Hit[Cue] | None:
        return next((hit for hit in self.hits if hit.item is cue), None)


class _Reply:
    def __init__(self, text: str, now: datetime, lexicon: PromiseLexicon, calendar: WorkCalendar) -> None:
        self._text = text
        self._plain = _ITEM.sub("\n", normalise(text))
        self._now = now
        self._calendar = calendar
        self._segments: Segments = segment(self._plain)
        self._dates = find_dates(text, now=now, calendar=calendar)
        hits = sorted(lexicon.cues.find(self._plain, self._segments), key=lambda h: (h.span[0], -h.span[1]))
        self._clauses = tuple(self._announced(list(self._cut(hits))))

    def promises(self) -> Iterator[PromiseMention]:
        for index in range(len(self._segments.sentences)):
            yield from self._of_sentence([clause for clause in self._clauses if clause.sentence == index])

    def _of_sentence(self, clauses: list[_Clause]) -> list[PromiseMention]:
        found: list[tuple[_Clause, PromiseMention]] = []
        waiting: tuple[DateMention, ...] = ()
        conditional = arranged = False
        for clause in clauses:
            conditional = conditional or clause.has(Cue.CONDITION)
            if conditional and not clause.has(Cue.AT_LATEST):
                continue
            if clause.has(Cue.TAG) and found and found[-1][0].span[1] >= clause.span[0] - _MOST_BREAK:
                found.pop()
            planned = clause.has(Cue.PLANNED)
            mention = self._promise(clause, waiting, planned=planned or arranged)
            arranged = planned and mention is None
            waiting = () if mention or clause.done else self._timing(clause)
            if mention is not None:
                found.append((clause, mention))
        dated = any(mention.due for _, mention in found)
        timed = dated or any(clause.has(Cue.VAGUE) for clause, _ in found)
        bounded = dated and any(clause.has(Cue.AT_LATEST) for clause in clauses)
        return [m for clause, m in found if m.due or not (bounded or (timed and not clause.has(Cue.VAGUE)))]

    def _timing(self, clause: _Clause) -> tuple[DateMention, ...]:
        """The time of a clause that says little else: 「明天上午十點，」."""
        dates = (*clause.dates, *self._intervals(clause))
        named = sum(date.span[1] - date.span[0] for date in dates)
        return dates if clause.span[1] - clause.span[0] - named <= _MOST_BESIDE else ()

    def _promise(self, clause: _Clause, waiting: tuple[DateMention, ...], *, planned: bool) -> PromiseMention | None:
        if not clause.has(Cue.ACTION, Cue.COMMITS, Cue.SUBJECT) or self._excluded(clause):
            return None
        date = self._time_of(clause, waiting, planned)
        action = self._action(clause, date)
        if action is None:
            return None
        if date is None and not self._open_commitment(clause):
            return None
        if clause.done and not (date and planned):
            return None
        vague = clause.first(Cue.VAGUE)
        starts = [action.span[0], *([date.span[0]] if date else [vague.span[0]] if vague else [])]
        span = (min(starts), max(clause.span[1], date.span[1] if date else 0))
        due = self._due(date, planned) if date else None
        words = self._text[span[0] : span[1]].rstrip()
        span = (span[0], span[0] + len(words))
        return PromiseMention(words, self._what(action, clause), due, due is None, span, bool(date and date.ambiguous))

    def _excluded(self, clause: _Clause) -> bool:
        if clause.has(Cue.OFFERS, Cue.DENIED, Cue.THIRD, Cue.DUTY, Cue.ASKS) or clause.tells:
            return True
        after = self._plain[clause.span[1] : clause.span[1] + 2].lstrip(' "')
        return after.startswith("?")

    def _open_commitment(self, clause: _Clause) -> bool:
        """Committed without a time; what happens while it is said is not, but 馬上 is."""
        return not clause.dates and (clause.has(Cue.VAGUE) or (clause.has(Cue.COMMITS) and not clause.has(Cue.NOW)))

    def _time_of(self, clause: _Clause, waiting: tuple[DateMention, ...], planned: bool) -> DateMention | None:
        """The first time ahead; of a day and an hour of it, the hour: 「星期一我一早就打」."""
        ahead = [d for d in (*clause.dates, *self._intervals(clause), *waiting) if self._ahead(d, planned)]
        finer = [d for d in ahead if d.at and ahead[0].at and d.at.date() == ahead[0].at.date()]
        hours = [d for d in finer if d.precision not in _WHOLE]
        return next(iter(hours if hours and ahead[0].precision is Precision.DAY else ahead), None)

    # -- when ---------------------------------------------------------------------------------------------------

    def _ahead(self, date: DateMention, planned: bool) -> bool:
        due = self._due(date, planned)
        return due is not None and due >= self._now

    def _due(self, date: DateMention, planned: bool) -> datetime | None:
        """The moment by which it must be done: the end of a whole day, week or month.

        Where something is planned, a moment that seems past is read again by itself: 「已約好週二」 is ahead.
        """
        if date.at is None:
            return None
        if date.at < self._now and date.precision in _CLOCK and not _DAY.search(date.text):
            return date.at + timedelta(days=1)
        past = date.at.date() < self._now.date() and date.precision not in _SPANS
        whole = not date.before and date.precision in _WHOLE
        if (past and not planned) or not (past or whole):
            return date.at
        alone = find_dates(f"{date.text}前" if whole else date.text, now=self._now, calendar=self._calendar)
        return alone[0].at if alone else date.at

    def _intervals(self, clause: _Clause) -> Iterator[DateMention]:
        hit = clause.first(Cue.INTERVAL)
        length = _LENGTH.search(self._plain, *hit.span) if hit else None
        if hit is None or length is None or any(hit.span[0] < date.span[1] for date in clause.dates):
            return
        interval = f"{length.group()}内"
        for first in find_dates(interval, now=self._now, calendar=self._calendar):
            yield replace(first, text=interval, span=hit.span)

    # -- what ---------------------------------------------------------------------------------------------------

    def _action(self, clause: _Clause, date: DateMention | None) -> Hit[Cue] | None:
        """The first action after the time that is neither the means to another nor used as a noun.

        What stands before the time is more often what the promise is about: 「完整說明我今天寄」.
        """
        actions = [hit for hit in clause.hits if hit.item is Cue.ACTION]
        means = [hit.span for hit in clause.hits if hit.item is Cue.MEANS]
        final = [a for a in actions if not any(s <= a.span[0] and a.span[1] <= e for s, e in means)]
        after = [a for a in final if date and a.span[0] >= date.span[1]]
        return next(iter(after or final), None) or self._committed(clause, date)

    def _committed(self, clause: _Clause, date: DateMention | None) -> Hit[Cue] | None:
        """What follows 「我們會」, or 「我」 where a time is named, whatever the verb."""
        commits = clause.first(Cue.COMMITS) or (clause.first(Cue.SUBJECT) if date else None)
        if commits is None:
            return None
        start = max(commits.span[1], date.span[1] if date else 0)
        least = 1 if date else _LEAST_DONE
        return commits._replace(span=(start, start + 1)) if start + least <= clause.span[1] else None

    def _what(self, action: Hit[Cue], clause: _Clause) -> str:
        start, end = action.span
        ends = [h.span[0] for h in clause.hits if h.item is Cue.OBJECT_END and h.span[0] >= end]
        limit = min([clause.span[1], end + _MOST_OBJECT, *ends])
        return re.split("[:：]", self._text[start:limit])[0].strip(" 「」“”，,。")

    # -- clauses ------------------------------------------------------------------------------------------------

    def _cut(self, hits: list[Hit[Cue]]) -> Iterator[_Clause]:
        for index, (first, last) in enumerate(self._segments.sentences):
            for start, end in zip(self._segments.starts, self._segments.ends, strict=True):
                span = (max(start, first), min(end, last))
                if span[0] >= span[1]:
                    continue
                inside = tuple(hit for hit in hits if span[0] <= hit.span[0] < span[1])
                yield _Clause(span, index, inside, tuple(self._named(span, inside)))

    def _announced(self, clauses: list[_Clause]) -> Iterator[_Clause]:
        """「下次更新：週五五點」 is one clause: what is done, a colon, and when."""
        waiting: _Clause | None = None
        for clause in clauses:
            if waiting and clause.dates and not clause.has(Cue.ACTION):
                span, hits = (waiting.span[0], clause.span[1]), (*waiting.hits, *clause.hits)
                yield _Clause(span, clause.sentence, hits, clause.dates)
                waiting = None
                continue
            if waiting:
                yield waiting
            ends = self._plain[clause.span[1] : clause.span[1] + 1]
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
