"""Which days are worked, behind a small protocol so that nothing here depends on where holidays come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Protocol

_SATURDAY = 5
_MOST_DAYS = 3660


@cache
def _year_of(country: str, year: int) -> Callable[[date], bool]:
    import holidays  # noqa: PLC0415 - takes a quarter of a second, and most messages name no working days

    days = holidays.country_holidays(country, years=year)
    return cache(days.is_working_day)


class WorkCalendar(Protocol):
    """``closes_at`` is the hour at which a working day ends: the time meant by 下班前."""

    @property
    def closes_at(self) -> int: ...

    def is_workday(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class PlainWeek:
    """Monday to Friday, no holidays."""

    closes_at: int = 18

    def is_workday(self, day: date) -> bool:
        return day.weekday() < _SATURDAY


@dataclass(frozen=True, slots=True)
class CountryCalendar:
    """The public holidays of a country (``TW``, ``CN``), make-up working weekends included.

    Source: the ``holidays`` library, loaded on the first question about a year, never before.
    """

    country: str
    closes_at: int = 18

    def is_workday(self, day: date) -> bool:
        return _year_of(self.country, day.year)(day)


WEEKDAYS_ONLY = PlainWeek()


def after_workdays(start: date, count: int, calendar: WorkCalendar) -> date:
    """The ``count``-th working day after ``start``; ``start`` itself does not count."""
    day = start
    for _ in range(_MOST_DAYS):
        if count <= 0:
            break
        day += timedelta(days=1)
        count -= calendar.is_workday(day)
    return day
