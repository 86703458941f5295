"""What is promised: the action of a clause and its object."""

from __future__ import annotations

import re

from bot.domain.promises.clauses import Clause
from bot.domain.promises.lexicon import Cue
from bot.domain.reading.matcher import Hit
from bot.domain.reading.model import DateMention, Span

_MOST_OBJECT = 10
_LEAST_DONE = 2
"""「我會查」 without a time is too little to hold anybody to."""


def action_of(clause: Clause, date: DateMention | None) -> Hit[Cue] | None:
    """The first action after the time that is neither the means to another nor used as a noun.

    What stands before the time is more often what the promise is about: 「完整說明我今天寄」.
    """
    actions = [hit for hit in clause.hits if hit.item is Cue.ACTION]
    means = [hit.span for hit in clause.hits if hit.item is Cue.MEANS]
    final = [a for a in actions if not any(s <= a.span[0] and a.span[1] <= e for s, e in means)]
    after = [a for a in final if date and a.span[0] >= date.span[1]]
    return next(iter(after or final), None) or _committed(clause, date)


def named(text: str, action: Span, clause: Clause) -> str:
    """The words of ``text`` for an action of one of its clauses, with its object."""
    start, end = action
    ends = [hit.span[0] for hit in clause.hits if hit.item is Cue.OBJECT_END and hit.span[0] >= end]
    limit = min([clause.span[1], end + _MOST_OBJECT, *ends])
    return re.split("[:：]", text[start:limit])[0].strip(" 「」“”，,。")


def _committed(clause: Clause, date: DateMention | None) -> Hit[Cue] | None:
    """What follows 「我們會」, or 「我」 where a time is named, whatever the verb."""
    commits = clause.first(Cue.COMMITS) or (clause.first(Cue.SUBJECT) if date else None)
    if commits is None:
        return None
    start = max(commits.span[1], date.span[1] if date else 0)
    least = 1 if date else _LEAST_DONE
    return commits._replace(span=(start, start + 1)) if start + least <= clause.span[1] else None
