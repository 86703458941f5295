"""Finds what our side commits itself to in a reply, and by when.

A promise is an action of ours with a time, a vague time (儘快, 稍后), or a plain 「我們會…」. None are: offers
(我可以…), questions, what hangs on a condition, what is done, what the customer is asked to do, what is
denied, told of earlier, or said of somebody else. A whole day, week or month promised ends with its last
working hour. A means without a time of its own (我請工程師看) belongs to the dated promise beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.promises.actions import action_of, named
from bot.domain.promises.clauses import Clause, Clauses
from bot.domain.promises.deadlines import Deadlines
from bot.domain.promises.lexicon import Cue, PromiseLexicon
from bot.domain.promises.model import PromiseMention
from bot.domain.reading.calendar import WEEKDAYS_ONLY, WorkCalendar
from bot.domain.reading.model import DateMention

MAX_REPLY = 8000
"""Longer replies are read up to here."""
_MOST_BREAK = 2


def find_promises(
    text: str, *, now: datetime, lexicon: PromiseLexicon, calendar: WorkCalendar = WEEKDAYS_ONLY
) -> tuple[PromiseMention, ...]:
    """``now`` carries an offset, which every ``due`` shares. In the order of the text; never raises."""
    return tuple(_Reply(text[:MAX_REPLY], now, lexicon, calendar).promises())


class _Reply:
    def __init__(self, text: str, now: datetime, lexicon: PromiseLexicon, calendar: WorkCalendar) -> None:
        self._text = text
        self._clauses = Clauses(text, now, lexicon, calendar)
        self._deadlines = Deadlines(now, calendar)

    def promises(self) -> Iterator[PromiseMention]:
        for clauses in self._clauses.by_sentence():
            yield from self._of_sentence(clauses)

    def _of_sentence(self, clauses: list[Clause]) -> list[PromiseMention]:
        found: list[tuple[Clause, PromiseMention]] = []
        waiting: tuple[DateMention, ...] = ()
        conditional = arranged = False
        for clause in clauses:
            conditional = conditional or clause.has(Cue.CONDITION)
            if conditional and not clause.has(Cue.AT_LATEST):
                continue
            if clause.has(Cue.TAG):
                _take_back(found, clause)
            planned = clause.has(Cue.PLANNED)
            mention = self._promise(clause, waiting, planned=planned or arranged)
            arranged = planned and mention is None
            waiting = () if mention or clause.done else self._deadlines.left_to_the_next(clause)
            if mention is not None:
                found.append((clause, mention))
        dated = any(mention.due for _, mention in found)
        timed = dated or any(clause.has(Cue.VAGUE) for clause, _ in found)
        bounded = dated and any(clause.has(Cue.AT_LATEST) for clause in clauses)
        return [m for clause, m in found if m.due or not (bounded or (timed and not clause.has(Cue.VAGUE)))]

    def _promise(self, clause: Clause, waiting: tuple[DateMention, ...], *, planned: bool) -> PromiseMention | None:
        if not clause.has(Cue.ACTION, Cue.COMMITS, Cue.SUBJECT) or self._excluded(clause):
            return None
        date = self._deadlines.of(clause, waiting, planned=planned)
        action = action_of(clause, date)
        if action is None or (date is None and not clause.commits_openly):
            return None
        if clause.done and not (date and planned):
            return None
        vague = clause.first(Cue.VAGUE)
        starts = [action.span[0], *([date.span[0]] if date else [vague.span[0]] if vague else [])]
        span = (min(starts), max(clause.span[1], date.span[1] if date else 0))
        due = self._deadlines.due(date, planned=planned) if date else None
        words = self._text[span[0] : span[1]].rstrip()
        what = named(self._text, action.span, clause)
        return PromiseMention(
            words, what, due, due is None, (span[0], span[0] + len(words)), bool(date and date.ambiguous)
        )

    def _excluded(self, clause: Clause) -> bool:
        excluding = (Cue.OFFERS, Cue.DENIED, Cue.THIRD, Cue.DUTY, Cue.ASKS)
        return clause.has(*excluding) or clause.tells or self._clauses.followed_by_question(clause)


def _take_back(found: list[tuple[Clause, PromiseMention]], tag: Clause) -> None:
    """What a tag asks consent for: the promises right before it, 「週一測試，週二驗收，可以嗎？」."""
    start = tag.span[0]
    while found and found[-1][0].span[1] >= start - _MOST_BREAK:
        start = found.pop()[0].span[0]
