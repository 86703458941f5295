"""Finds the points in time that a message names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.domain.reading.calendar import WEEKDAYS_ONLY, WorkCalendar
from bot.domain.reading.day_forms import FORMS
from bot.domain.reading.days import Context, Day, Handler
from bot.domain.reading.model import DateMention, Precision
from bot.domain.reading.normalise import normalise
from bot.domain.reading.numerals import parse_number

_TRIGGER = re.compile(
    r"[天日周月年号季晚早午晨夜点时分钟节夕宵秋]|清明|星期|礼拜|下班|元旦|圣诞|劳动节|五一|双1|双十|\d[/:.-]\d|q[1-4]|儿"
    r"|day|tomorrow|tmr|eod|\d ?[ap]m"
)
_PIECE = re.compile(r"[^,。!?;、…~]+")
"""Neither a day nor a time reaches across these marks; a time may look at the one that follows."""
_PART = r"凌晨|清晨|一早|一大早|早上|上午|早晨|早|中午|正午|下午|傍晚|晚上|晚间|晚|半夜|夜里|午夜|今晚"
_TIME = re.compile(
    rf"(?:天|日)?[ ,]?(?:\(?(?:周|星期|礼拜)[一二三四五六日天]\)?[ ,]?)?"
    rf"(?P<part>{_PART})? ?(?:(?P<h>\d{{1,2}}|十[一二]?|[一二两三四五六七八九]|二十[一二三四]?)"
    r"(?: ?[点时](?!数|候|差|限)(?:(?P<half>半)|(?P<quarter>[一三]刻)"
    r"|(?P<m>\d{1,2}|[零一二三四五][一二三四五六七八九十]{1,2}|[一二三四五]十)分?)?"
    r"|:(?P<m2>\d\d)(?: ?(?P<half_day>[ap]m))?| ?(?P<ampm>[ap]m)))?(?:整|钟)?"
)
_CLOSE = re.compile(r"(?:天|日)?[ ,]?下班")
_OPENS = "(?:开门|开店|开张|营业|开市|开工|上班|开会)"
_OPENING = re.compile(r"(?:天|日)?[ ,]?(?:早上)?一?(?=(?:开门|开店|营业|上班|开工)(?:之前|以前|前))")
_HOUR = r"(?:\d{1,2}|十[一二]?|[二两三四五六七八九])"
_ALONE = re.compile(
    r"今晚|今早|(?:中午|下班)(?= ?之?前| ?以前)"
    r"|(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|半夜) ?\d{1,2}:\d\d(?![:\da-z])"
    r"|(?<![\d.])(?<!\d:)\d{1,2}:\d\d(?: ?[ap]m)?(?![:\da-z])|(?<![\d.:])\d{1,2} ?[ap]m(?![a-z])"
    r"|(?<![今明昨后前天日早])(?:一早|一大早|上午|中午|下午|傍晚|晚上|晚间)"
    r"(?=我|会|再|就|给|回[你复覆电报]|跟|打给|寄|发[给你]|传|把|请|安排|派|到府|到场|到贵|过去|联|先)"
    rf"|(?:凌晨|早上|上午|中午|下午|傍晚|晚上|半夜) ?(?:{_HOUR}|一) ?点(?:半|整|钟|\d{{1,2}}分?)?"
    rf"|(?<![第每有这那几\d.])(?:{_HOUR} ?点(?=[,。!?;到开见来给交打寄传准]|[跟和与]你[说讲回报对同更确联]"
    r"|回(?!馈|应|顾)|发(?!现|生)|左右"
    r"|我(?:准时|会?打|会?回|上线|再(?:打|来|跟|回|看)|来(?!补|说)|给你|跟你|到|过去|去|亲自|这边会)"
    r"|(?:工程师|技术|师傅|同事|专人)(?:会|到|来|过|准|打|给|跟)|恢复|切换|停机|开工|上线|$)"
    rf"|(?:{_HOUR}|一) ?点(?:半|整|钟|\d{{1,2}}分?|(?={_OPENS}?(?:之前|以前|前))))"
)
"""A time of day without a day. A bare 一點 is “a little”, 兩點 often “two remarks”."""
_HAS_TIME = re.compile("[晚早午班点:m]")
"""What every time of day without a day has one of."""
_DEADLINE = re.compile(
    rf"^ ?(?:{_OPENS}?(?:之前|以前)|{_OPENS}前|前(?!面|台|端|后|天|年|任|期|一(?!定|并|起|律)|两|几)"
    r"|内|之内|以内|为止|截止|到期前)"
)
_BY = re.compile(r"(?<![a-z])(?:by|before) ?(?:the )?$")
_BY_REACH = 11
_PAST = re.compile(
    r"说好|答应|承诺|原订|原定|原本|应于|约好|讲好|说要|就说|说会|说当天|迄今|至今|到现在|到今天|拖到|已经|还没|才|曾|当时|那次"
    r"|那天|那时|报修|签了|买的|上线到|了[,。!]|[一-鿿]了$|过了|掉了|收到|来过|修了|打了|发生|没[回修到来给]|以来|就[开坏断]"
    r"|从[一-鿿\d]{1,6}(?:开始|到|一路|就)"
)
_DEFAULT_HOUR = {
    word: hour
    for hour, words in {
        0: ("半夜", "夜里", "午夜"),
        2: ("凌晨",),
        6: ("清晨",),
        9: ("一早", "一大早", "早上", "早晨", "早"),
        12: ("上午", "中午", "正午"),
        18: ("下午", "傍晚"),
        20: ("晚上", "晚间", "晚", "今晚"),
    }.items()
    for word in words
}
"""Half days end at their last working hour; nights and mornings begin at a usual one."""
_AFTERNOON = {"下午", "傍晚", "晚上", "晚间", "晚", "今晚"}
_EVENING = _AFTERNOON - {"下午", "傍晚"}
_NOON = 12
_LATE = 11
_MORNING = ("凌晨", "早上", "上午", "今早")
_AROUND = 16
_MARKS = "。!?;\n"
_SENTENCE_END = re.compile(f"[{_MARKS}]")
_MOST = 40
"""No message has more dates to keep; a list of hundreds is pasted data."""
_PLANNED = re.compile(r"[^,。]{0,4}(?:到期|上线就|交货)")


def find_dates(text: str, *, now: datetime, calendar: WorkCalendar = WEEKDAYS_ONLY) -> tuple[DateMention, ...]:
    """``now`` carries an offset and gives every mention the same one.

    A whole day that is a deadline ends with its working hours; any other whole day begins at midnight.
    """
    return dates_in(normalise(text), text, now=now, calendar=calendar)


def dates_in(plain: str, text: str, *, now: datetime, calendar: WorkCalendar) -> tuple[DateMention, ...]:
    """``find_dates`` where ``text`` is normalised already."""
    if not _TRIGGER.search(plain):
        return ()
    mentions = [_mention(plain, text, m, handler, now, calendar) for m, handler in _days(plain)]
    found = [m for m in mentions if m is not None]
    taken = bytearray(len(plain))
    for mention in found:
        taken[slice(*mention.span)] = b"\x01" * (mention.span[1] - mention.span[0])
    alone = [m for m in _times(plain) if not any(taken[m.start() : m.end()])]
    found += [_time_alone(plain, text, m, now, calendar, found) for m in alone[:_MOST]]
    return tuple(sorted(found, key=lambda m: m.span))


def _days(plain: str) -> list[tuple[re.Match[str], Handler]]:
    """The matches of all forms, the longer of overlapping ones, earlier forms first."""
    matches = [found for piece in _PIECE.finditer(plain) for found in _matches(plain, piece)]
    taken = bytearray(len(plain))
    kept: list[tuple[re.Match[str], Handler]] = []
    for match, handler in sorted(matches, key=lambda pair: (pair[0].start() - pair[0].end(), pair[0].start())):
        start, end = match.span()
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append((match, handler))
    return sorted(kept, key=lambda pair: pair[0].start())[:_MOST]


def _matches(plain: str, piece: re.Match[str]) -> Iterator[tuple[re.Match[str], Handler]]:
    said = set(piece.group())
    for form in FORMS:
        if not form.marks.isdisjoint(said):
            for match in form.pattern.finditer(plain, *piece.span()):
                if match.group():
                    yield match, form.meaning


def _times(plain: str) -> Iterator[re.Match[str]]:
    """The matches of times of day, also those that belong to a day."""
    for piece in _PIECE.finditer(plain):
        start, end = piece.span()
        if _HAS_TIME.search(plain, start, end):
            yield from _ALONE.finditer(plain, start, end + 1)


def _mention(
    plain: str, text: str, match: re.Match[str], handler: Handler, now: datetime, calendar: WorkCalendar
) -> DateMention | None:
    end, clock = _clock(plain, match.end(), calendar)
    mark = _DEADLINE.match(plain[end : end + 6])
    deadline = mark is not None or _after_by(plain, match.start())
    past = not deadline and _is_past(plain, match.start(), end)
    day = handler(match, Context(now, calendar, past=past, deadline=deadline))
    if day is None:
        return None
    before = deadline or day.closes
    end += mark.end() if mark else 0
    at, precision = _moment(day, clock, before, now, calendar)
    return DateMention(text[match.start() : end], at, precision, before, (match.start(), end), day.ambiguous)


def _moment(
    day: Day, clock: tuple[time, Precision] | None, before: bool, now: datetime, calendar: WorkCalendar
) -> tuple[datetime | None, Precision]:
    if day.moment is not None:
        return day.moment, day.precision
    if day.at is None:
        return None, day.precision
    if clock is not None and day.precision is Precision.DAY:
        return datetime.combine(day.at, clock[0], now.tzinfo), clock[1]
    hour = calendar.closes_at if before else 0
    return datetime.combine(day.at, time(hour), now.tzinfo), day.precision


def _clock(plain: str, at: int, calendar: WorkCalendar) -> tuple[int, tuple[time, Precision] | None]:
    """The time that follows a day, and where it ends."""
    closing = _CLOSE.match(plain, at)
    if closing and _DEADLINE.match(plain[closing.end() : closing.end() + 6]):
        return closing.end(), (time(calendar.closes_at), Precision.HOUR)
    opening = _OPENING.match(plain, at)
    if opening:
        return opening.end(), (time(_DEFAULT_HOUR["早"]), Precision.HOUR)
    match = _TIME.match(plain, at)
    if match is None or not (match["part"] or match["h"]):
        return at, None
    clock = _time_of(match)
    return (match.end(), clock) if clock else (at, None)


def _time_of(match: re.Match[str]) -> tuple[time, Precision] | None:
    part = match["part"] or ""
    if not match["h"]:
        precise = Precision.HOUR if part in {"中午", "正午"} else Precision.HALF_DAY
        return time(_DEFAULT_HOUR[part]), precise
    hour = int(parse_number(match["h"]) or 0)
    minute = 30 if match["half"] else int(parse_number(match["m"] or match["m2"] or "0") or 0)
    if match["quarter"]:
        minute = 15 if match["quarter"][0] == "一" else 45
    half_day = match["ampm"] or match["half_day"] or ""
    if (part in _AFTERNOON or half_day == "pm") and hour < _NOON:
        hour += _NOON
    if not part and not half_day and 1 <= hour <= 6 and not match["m2"]:  # noqa: PLR2004 - 三點 without more is the afternoon
        hour += _NOON
    if part in _EVENING and hour == _NOON:
        hour = 24
    if hour == 24:  # noqa: PLR2004 - midnight at the end of a day
        hour, minute = 23, 59
    return (time(hour, minute), Precision.MINUTE) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock


def _time_alone(
    plain: str, text: str, match: re.Match[str], now: datetime, calendar: WorkCalendar, days: list[DateMention]
) -> DateMention:
    """The day is that of the last one named in the sentence: 「明天十點先回報，五點前給報告」; else today."""
    start, end = match.span()
    _, clock = _clock(plain, start, calendar)
    mark = _DEADLINE.match(plain[end : end + 6])
    deadline = mark is not None or _after_by(plain, start)
    end += mark.end() if mark else 0
    named = next((d.at for d in reversed(days) if d.span[1] <= start and _same_sentence(plain, d.span[1], start)), None)
    day = named.date() if named else now.date()
    at = datetime.combine(day, clock[0], now.tzinfo) if clock else None
    if at is not None and deadline and at < (named or now):
        later = at + timedelta(hours=_NOON)
        opening = re.search(_OPENS, plain[match.end() : end]) is not None
        evening = at.hour <= _LATE and not opening and not match.group().startswith(_MORNING)
        at = later if evening and later >= (named or now) else at if named else at + timedelta(days=1)
    precision = clock[1] if clock else Precision.HOUR
    return DateMention(text[start:end], at, precision, deadline, (start, end), ambiguous=False)


def _after_by(plain: str, start: int) -> bool:
    return _BY.search(plain, max(0, start - _BY_REACH), start) is not None


def _same_sentence(plain: str, start: int, end: int) -> bool:
    return not _SENTENCE_END.search(plain, start, end)


def _is_past(plain: str, start: int, end: int) -> bool:
    """Whether the words around tell of something that was."""
    first = max(0, start - _AROUND)
    left = max(first, *(plain.rfind(mark, first, start) + 1 for mark in _MARKS))
    stop = _SENTENCE_END.search(plain, end, end + _AROUND)
    right = stop.start() if stop else end + _AROUND
    return not _PLANNED.match(plain, end, right) and _PAST.search(plain[left:right]) is not None
