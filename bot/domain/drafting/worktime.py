"""Working time: when something that takes so long can be kept, and when the customer hears from us first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.policy import Policy
from bot.domain.reading.calendar import WorkCalendar

_HALF_HOUR, _QUARTER, _FIVE = 30, 15, 5
_AT_ONCE = timedelta(minutes=10)
"""The least time in which something can be looked at and told."""
_WORTH_IT = timedelta(minutes=20)
"""So much left of the day is time enough for a first word today."""
_MARGIN = timedelta(minutes=30)
"""So long before the hour that matters a word can still change something."""


def after_working_hours(now: datetime, hours: float, policy: Policy, calendar: WorkCalendar) -> datetime:
    """The moment ``hours`` working hours after ``now``, rounded up to the half hour, in the tenant's time zone."""
    return _round_up(_after(now, timedelta(hours=hours), policy, calendar), _HALF_HOUR)


def first_word_at(
    now: datetime, within: timedelta, hours: Iterable[datetime], policy: Policy, calendar: WorkCalendar
) -> datetime:
    """When we can say something first: within so much working time, today rather than tomorrow, and before the
    first of ``hours`` ahead where that falls into working time. On a quarter of an hour, in the tenant's zone.
    """
    local = now.astimezone(ZoneInfo(policy.timezone))
    soonest = _round_up(local + _AT_ONCE, _FIVE)
    word = _round_down(_after(local, within, policy, calendar))
    closing = _at(local, policy.workday_end_hour)
    if word > closing and closing - local >= _WORTH_IT and _working(local, policy, calendar):
        word = closing
    ahead = [hour for hour in hours if hour > local]
    if ahead:
        hour = min(ahead)
        before = max(_round_down(hour - min(_MARGIN, (hour - local) / 2)), soonest)
        if before < word and before <= hour and _working(before, policy, calendar):
            word = before
    return max(word, soonest) if _working(local, policy, calendar) else word


def _after(now: datetime, left: timedelta, policy: Policy, calendar: WorkCalendar) -> datetime:
    moment = now.astimezone(ZoneInfo(policy.timezone))
    while True:
        moment = _into_working_time(moment, policy, calendar)
        closing = _at(moment, policy.workday_end_hour)
        if moment + left <= closing:
            return moment + left
        left -= closing - moment
        moment = closing


def _working(moment: datetime, policy: Policy, calendar: WorkCalendar) -> bool:
    opening, closing = _at(moment, policy.workday_start_hour), _at(moment, policy.workday_end_hour)
    return calendar.is_workday(moment.date()) and opening <= moment <= closing


def _into_working_time(moment: datetime, policy: Policy, calendar: WorkCalendar) -> datetime:
    if calendar.is_workday(moment.date()):
        if moment < _at(moment, policy.workday_start_hour):
            return _at(moment, policy.workday_start_hour)
        if moment < _at(moment, policy.workday_end_hour):
            return moment
    day = moment + timedelta(days=1)
    while not calendar.is_workday(day.date()):
        day += timedelta(days=1)
    return _at(day, policy.workday_start_hour)


def _at(moment: datetime, hour: int) -> datetime:
    midnight = datetime.combine(moment.date(), time.min, tzinfo=moment.tzinfo)
    return midnight + timedelta(hours=hour)


def _round_up(moment: datetime, minutes: int) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    if whole < moment:
        whole += timedelta(minutes=1)
    return whole + timedelta(minutes=-whole.minute % minutes)


def _round_down(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0) - timedelta(minutes=moment.minute % _QUARTER)
