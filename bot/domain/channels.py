"""Channels with customers: what the desk does in each, who is on duty, and when it keeps quiet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum


class ChannelMode(StrEnum):
    OFF = "off"
    """Nothing is kept and nothing is said."""
    SHADOW = "shadow"
    """Cases are kept and nobody is told; drafts are there for whoever asks."""
    CARD = "card"
    """The desk gets a card of each case."""
    NUDGE = "card+nudge"
    """The card, and the agent on duty is told in private."""

    @property
    def keeps(self) -> bool:
        return self is not ChannelMode.OFF

    @property
    def tells(self) -> bool:
        """Whether the desk, sales or anybody else hears of a case without asking."""
        return self in (ChannelMode.CARD, ChannelMode.NUDGE)


def mode_named(word: str, names: Mapping[ChannelMode, Sequence[str]]) -> ChannelMode | None:
    """The mode that ``word`` means: by its own name or by one of the ``names`` people use for it."""
    wanted = "".join(word.split()).casefold()
    for mode in ChannelMode:
        if wanted == mode.value or wanted in (name.casefold() for name in names.get(mode, ())):
            return mode
    return None


@dataclass(frozen=True, slots=True)
class ChannelRecord:
    """What was set for a channel, and since when it is known to be shared though it must not be."""

    channel: str
    mode: ChannelMode | None = None
    """None: as the settings say."""
    by: str | None = None
    at: datetime | None = None
    shared_since: datetime | None = None

    def shared(self, since: datetime | None) -> ChannelRecord:
        return replace(self, shared_since=since)


class Rotation(StrEnum):
    """Whose turn it is on the duty list."""

    FIRST = "first"
    """The first on the list, always."""
    DAY = "day"
    """The next one each day."""
    HOUR = "hour"
    """The next one each hour."""


def on_duty(names: Sequence[str], rotation: Rotation, at: datetime) -> str | None:
    """Who answers what nobody has taken up. ``at`` is in the desk's time zone; None for an empty list."""
    if not names:
        return None
    if rotation is Rotation.FIRST:
        return names[0]
    turn = at.toordinal() if rotation is Rotation.DAY else at.toordinal() * 24 + at.hour
    return names[turn % len(names)]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` to ``end`` each day, over midnight where ``end`` is not after it; none where they are equal."""

    start: time
    end: time

    def until(self, at: datetime) -> datetime | None:
        """When the quiet that holds ``at`` (in the desk's time zone) ends; None where nudges may go out."""
        now = at.time()
        if self.start <= self.end:
            return self._ending(at) if self.start <= now < self.end else None
        if now >= self.start:
            return self._ending(at) + timedelta(days=1)
        return self._ending(at) if now < self.end else None

    def _ending(self, at: datetime) -> datetime:
        return datetime.combine(at.date(), self.end, at.tzinfo)


NUDGE_EVERY = timedelta(minutes=10)
"""At most one nudge per case within this time."""


@dataclass(frozen=True, slots=True)
class NudgeRecord:
    """When an agent was last told of a case, and until when the next telling is held back."""

    case_id: str
    sent_at: datetime | None = None
    held_until: datetime | None = None

    def may_go(self, now: datetime) -> bool:
        return self.sent_at is None or now - self.sent_at >= NUDGE_EVERY
