"""What the words of a clause say about a promise in it, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.domain.reading.matcher import Matcher
from bot.domain.reading.pattern import Pattern


class Cue(StrEnum):
    """What a pattern of the lexicon says about its clause."""

    IDIOMS = "idioms"
    """Means nothing here; it is blanked out before everything else: 不管如何 neither denies nor asks."""
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


class PromiseLexicon:
    """The cues as compiled patterns. Every cue has at least one."""

    def __init__(self, patterns: Mapping[Cue, Iterable[Pattern]]) -> None:
        self.idioms: Matcher[Cue] = Matcher([(Cue.IDIOMS, pattern) for pattern in patterns[Cue.IDIOMS]])
        self.cues: Matcher[Cue] = Matcher(
            [(cue, pattern) for cue, found in patterns.items() if cue is not Cue.IDIOMS for pattern in found]
        )
