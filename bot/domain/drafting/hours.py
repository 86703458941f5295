"""The hours ahead that matter to a customer: the deadline, the noon peak, the visit at five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.domain.reading.model import DateMention, Precision, Reading
from bot.domain.reading.normalise import normalise

_NUMBERS = {word: number for number, word in enumerate("一二三四五六七八九", 1)} | {"十": 10, "两": 2}
_NUMBERS |= {"十一": 11, "十二": 12}
_HOUR = re.compile(
    r"(?P<other>明天|后天|明[早晚]|昨[天晚]|前天|(?:周|星期|礼拜)[一二三四五六日天末])?"
    r"(?<![有这那几快差第每一二三四五六七八九十两0-9])(?P<part>早上|上午|中午|下午|傍晚|晚上|今晚)?"
    r"(?P<hour>1[0-2]|[1-9]|十[一二]?|[一二两三四五六七八九])[点點](?P<half>半)?(?![意建想问原个名数击餐开名都一以])"
)
_NOON = re.compile(r"(?<!昨天)(?<!前天)(?<!明天)(?<!后天)(?:中午|午餐|午市|午高峰|尖峰)(?!后|过后|以后|休)")
_LATE_PARTS = ("下午", "傍晚", "晚上", "今晚")
_TWELVE, _AFTERNOON = 12, 13
_LONGEST = 2000
_HALF_DAY = timedelta(hours=12)


def hours_ahead(text: str, reading: Reading, now: datetime) -> list[datetime]:
    """In no order; ``now`` is in the tenant's zone. Rather too many than too few: each only makes us speak sooner."""
    named = (*_of_dates(reading.dates), *_of_words(normalise(text[:_LONGEST]), now))
    return [hour for hour in named if hour > now]


def _of_dates(dates: tuple[DateMention, ...]) -> Iterator[datetime]:
    for mention in dates:
        if mention.at is None or mention.ambiguous:
            continue
        if mention.precision in (Precision.MINUTE, Precision.HOUR):
            yield mention.at
        elif mention.precision is Precision.HALF_DAY:  # an afternoon's business may begin right after noon
            yield mention.at if mention.at.hour < _TWELVE else mention.at.replace(hour=_AFTERNOON, minute=0)


def _of_words(plain: str, now: datetime) -> Iterator[datetime]:
    today = datetime.combine(now.date(), time.min, tzinfo=now.tzinfo)
    for found in _HOUR.finditer(plain):
        if found["other"]:
            continue
        hour = int(found["hour"]) if found["hour"].isdigit() else _NUMBERS[found["hour"]]
        at = today + timedelta(hours=hour, minutes=30 if found["half"] else 0)
        late = found["part"] in _LATE_PARTS and hour < _TWELVE
        yield at + _HALF_DAY if late or (found["part"] is None and at <= now and hour < _TWELVE) else at
    if _NOON.search(plain):
        yield today + timedelta(hours=_TWELVE)
