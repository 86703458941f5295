"""The day, week, month or span that a matched form means.

Weeks begin on Monday. Where the words leave the year or the week open, the sentence decides: told as
something that was agreed or went wrong it lies behind, as a deadline or plan ahead.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.reading.calendar import WorkCalendar, after_workdays
from bot.domain.reading.festivals import festival_in
from bot.domain.reading.model import Precision
from bot.domain.reading.numerals import parse_number

_WEEKDAYS = {c: i for i, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天末7")) for c in chars}
_WEEKDAYS |= {"mon": 0, "tues": 1, "wednes": 2, "thurs": 3, "fri": 4, "satur": 5, "sun": 6}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2, "this ": 0, "next ": 1}
_RELATIVE = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3,
    "today": 0, "eod": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1,
}  # fmt: skip
_ROC = 1911
_SIDE_BY_SIDE = re.compile("[一二两三四五六七八九]{2}")
"""两三天内 fixes no day."""
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Day:
    """``at`` None: the words fix no day. ``moment`` is set by spans of hours, which name a time as well."""

    at: date | None
    precision: Precision = Precision.DAY
    ambiguous: bool = False
    moment: datetime | None = None
    closes: bool = False
    """A span with an end (三天內): a deadline by itself."""


@dataclass(frozen=True, slots=True)
class Context:
    """``past`` and ``deadline`` are what the words around say of the time meant."""

    now: datetime
    calendar: WorkCalendar
    past: bool
    deadline: bool

    @property
    def today(self) -> date:
        return self.now.date()


Handler = Callable[[re.Match[str], Context], Day | None]
"""Turns the match of a form (see ``day_forms``) into the day it means."""


def relative(m: re.Match[str], c: Context) -> Day:
    return Day(c.today + timedelta(days=_RELATIVE[m["rel"]]), closes=m["rel"] == "eod")


def weekday(m: re.Match[str], c: Context) -> Day:
    monday = c.today - timedelta(days=c.today.weekday())
    weekday = _WEEKDAYS[m["wd"]]
    prefix = m["pre"] or ""
    if prefix in {"今天", "今天是", "今日", "今"}:
        return Day(c.today)
    if prefix:
        weeks = _WEEKS[prefix]
        return Day(
            monday + timedelta(weeks=weeks, days=weekday), ambiguous=prefix == "下" and c.today.weekday() == _SUNDAY
        )
    day = monday + timedelta(days=weekday)
    if c.past:
        return Day(day - timedelta(weeks=1) if day >= c.today else day)
    return Day(day + timedelta(weeks=1) if day < c.today else day)


def week(m: re.Match[str], c: Context) -> Day:
    weeks = _WEEKS[m["pre"]]
    monday = c.today - timedelta(days=c.today.weekday()) + timedelta(weeks=weeks)
    return Day(monday + timedelta(days=4) if c.deadline else monday, Precision.WEEK)


def full_date(m: re.Match[str], _c: Context) -> Day | None:
    year = int(m["y"]) + (_ROC if m["roc"] or int(m["y"]) < 1000 else 0)  # noqa: PLR2004 - a three-digit year is 民國
    if m["d"] is None:
        first = _month_day(year, _int(m["mo"]), None, Precision.MONTH)
        return _part_of_month(first.at, m["part"] or "") if first and first.at else None
    return _month_day(year, _int(m["mo"]), _int(m["d"]), Precision.DAY)


def month_and_day(m: re.Match[str], c: Context) -> Day | None:
    month, day = _int(m["mo"]), _int(m["d"])
    return _nearest(month, day, c, {"去": -1, "今": 0, "明": 1}.get((m["yr"] or "")[:1]))


def slashed(m: re.Match[str], c: Context) -> Day | None:
    month, day = int(m["mo"]), int(m["d"])
    found = _nearest(month, day, c, None)
    if found is None:
        return None
    fraction = month < day and day in {2, 3, 4, 5, 8, 10} and not m["wd"]
    return Day(found.at, ambiguous=fraction or found.ambiguous)


def festival(m: re.Match[str], c: Context) -> Day | None:
    """A bare 年前 is most likely before the lunar new year."""
    years = (festival_in(year, m["day"]) for year in range(c.today.year - 1, c.today.year + 2))
    found = _nearest_of([day for day in years if day], c)
    return Day(found.at, ambiguous=True) if found and m["day"] == "年" else found


def day_of_month(m: re.Match[str], c: Context) -> Day | None:
    number, month = _int(m["d"]), {"上": -1, "上个": -1, "下": 1, "下个": 1}.get(m["pre"] or "", 0)
    first = _add_months(c.today.replace(day=1), month)
    if not m["pre"] and first.replace(day=1) and _valid(first.year, first.month, number):
        candidate = first.replace(day=number)
        if c.past and candidate > c.today:
            first = _add_months(first, -1)
        elif not c.past and candidate < c.today:
            first = _add_months(first, 1)
    return _month_day(first.year, first.month, number, Precision.DAY)


def month(m: re.Match[str], c: Context) -> Day | None:
    word, part = m["mon"], m["part"] or ""
    year_shift = {"去": -1, "今": 0, "明": 1, "前": -2}.get((m["yr"] or "")[:1])
    shift = {
        "上上个": -2,
        "上个": -1,
        "上": -1,
        "这个": 0,
        "本": 0,
        "这": 0,
        "当": 0,
        "下个": 1,
        "下": 1,
        "下下个": 2,
    }.get(word)
    if shift is not None or word == "":
        first = _add_months(c.today.replace(day=1), shift or 0)
        if word == "" and c.today.day > {"初": 10, "中": 15}.get(part, 31) and not c.past:
            first = _add_months(first, 1)
    else:
        number = _int(word)
        if not 1 <= number <= 12:  # noqa: PLR2004 - months of a year
            return None
        first = _month_near(number, c, year_shift)
    return _part_of_month(first, part)


def year(m: re.Match[str], c: Context) -> Day:
    year = c.today.year + {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}.get((m["yr"] or "今")[:1], 0)
    part = m["part"] or ""
    if part in {"底", "末", "终"}:
        return Day(date(year, 12, 31), Precision.MONTH)
    if part == "初":
        return Day(date(year + (not m["yr"] and not c.past), 1, 1), Precision.MONTH)
    if part == "中":
        return Day(date(year, 6, 30), Precision.MONTH)
    return Day(date(year, 12, 31) if c.deadline else date(year, 1, 1), Precision.YEAR)


def quarter(m: re.Match[str], c: Context) -> Day:
    word = m["q"] or m["qn"]
    year = c.today.year + {"去": -1, "今": 0, "明": 1}.get((m["yr"] or "今")[:1], 0)
    if word in {"上", "这", "本", "下"}:
        quarter = (c.today.month - 1) // 3 + {"上": -1, "这": 0, "本": 0, "下": 1}[word]
    else:
        quarter = _int(word) - 1
        if not m["yr"] and not c.past and quarter < (c.today.month - 1) // 3:
            year += 1
    first = _add_months(date(year, 1, 1), 3 * quarter)
    return Day(_part_of_month(_add_months(first, 2), "底").at if c.deadline else first, Precision.QUARTER)


def half_year(m: re.Match[str], c: Context) -> Day:
    year = c.today.year + {"去": -1, "今": 0, "明": 1}.get((m["yr"] or "今")[:1], 0)
    if m["half"] == "上" and not m["yr"] and not c.past and c.today.month > 6:  # noqa: PLR2004 - the half is over
        year += 1
    return Day(date(year, 1 if m["half"] == "上" else 7, 1), Precision.QUARTER)


def span(m: re.Match[str], c: Context) -> Day | None:
    if m["n"] and _SIDE_BY_SIDE.fullmatch(m["n"]):
        return None
    half = m["half"] is not None and m["n"] is None
    count = 0.5 if half else float(parse_number(m["n"]) or 0) + (0.5 if m["half2"] else 0)
    if not count:
        return None
    back = m["dir"] in {"前", "以前", "之前"}
    closes = m["dir"] in {"内", "之内", "以内", "里", ""}
    sign = -1 if back else 1
    unit = m["unit"]
    if unit in {"小时", "钟头", "分钟", "分", "刻钟"}:
        step = (
            timedelta(hours=count)
            if unit in {"小时", "钟头"}
            else timedelta(minutes=count * (15 if unit == "刻钟" else 1))
        )
        moment = c.now + sign * step
        return Day(
            moment.date(),
            Precision.HOUR if unit in {"小时", "钟头"} and not half else Precision.MINUTE,
            moment=moment,
            closes=closes,
        )
    if unit in {"工作天", "工作日"}:
        return Day(after_workdays(c.today, int(count), c.calendar), closes=closes)
    if half and unit == "天":
        return Day(c.today, Precision.HALF_DAY, moment=c.now + timedelta(hours=4) * sign, closes=closes)
    if unit in {"个月", "月"}:
        month = _add_months(c.today.replace(day=1), int(sign * count))
        day = min(c.today.day, monthrange(month.year, month.month)[1])
        shifted = month.replace(day=day) + timedelta(days=15 * sign if count % 1 else 0)
        return Day(shifted, Precision.MONTH if back else Precision.DAY, closes=closes)
    if unit == "年":
        return Day(_add_months(c.today.replace(day=1), int(12 * sign * count)), Precision.YEAR, closes=closes)
    days = {"天": 1, "日": 1, "周": 7, "个星期": 7, "星期": 7, "个礼拜": 7, "礼拜": 7, "个周": 7}[unit]
    return Day(
        c.today + sign * timedelta(days=round(days * count)),
        Precision.WEEK if back and days > 1 else Precision.DAY,
        closes=closes,
    )


def _month_near(number: int, c: Context, year_shift: int | None) -> date:
    if year_shift is not None:
        return date(c.today.year + year_shift, number, 1)
    this = date(c.today.year, number, 1)
    if c.past:
        return this if number <= c.today.month else date(c.today.year - 1, number, 1)
    return this if number >= c.today.month else date(c.today.year + 1, number, 1)


def _part_of_month(first: date, part: str) -> Day:
    last = monthrange(first.year, first.month)[1]
    if part in {"底", "末"}:
        return Day(first.replace(day=last))
    if part == "初":
        return Day(first, Precision.WEEK)
    if part in {"中", "中旬"}:
        return Day(first.replace(day=15), Precision.WEEK)
    if part in {"上旬", "下旬"}:
        return Day(first.replace(day=5 if part == "上旬" else 25), Precision.WEEK)
    return Day(first, Precision.MONTH)


def _nearest(month: int, day: int, c: Context, year_shift: int | None) -> Day | None:
    """The year nearest in the direction of the sentence; without one, a date just behind is ambiguous."""
    if year_shift is not None:
        return _month_day(c.today.year + year_shift, month, day, Precision.DAY)
    return _nearest_of(
        [date(y, month, day) for y in range(c.today.year - 1, c.today.year + 2) if _valid(y, month, day)], c
    )


def _nearest_of(options: list[date], c: Context) -> Day | None:
    behind = [d for d in options if d <= c.today]
    ahead = [d for d in options if d >= c.today]
    if c.past and behind:
        return Day(behind[-1])
    if c.deadline and ahead:
        return Day(ahead[0])
    if not ahead or not behind:
        return Day((ahead or behind)[0]) if options else None
    recent = (c.today - behind[-1]).days
    return Day(ahead[0], ambiguous=0 < recent < 45)  # noqa: PLR2004 - as well the date six weeks ago


def _month_day(year: int, month: int, day: int | None, precision: Precision) -> Day | None:
    return Day(date(year, month, day or 1), precision) if _valid(year, month, day or 1) else None


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]  # noqa: PLR2004 - the calendar


def _add_months(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _int(text: str) -> int:
    return int(parse_number(text) or 0)
