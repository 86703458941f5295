"""Working time: when something that takes so many working hours can be kept."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.policy import Policy
from bot.domain.reading.calendar import WorkCalendar

_HALF_HOUR = 30


def after_working_hours(now: datetime, hours: float, policy: Policy, calendar: WorkCalendar) -> datetime:
    """The moment ``hours`` working hours after ``now``, rounded up to the half hour, in the tenant's time zone."""
    moment = now.astimezone(ZoneInfo(policy.timezone))
    left = timedelta(hours=hours)
    while True:
        moment = _into_working_time(moment, policy, calendar)
        closing = _at(moment, policy.workday_end_hour)
        if moment + left <= closing:
            return _round_up(moment + left)
        left -= closing - moment
        moment = closing


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


def _round_up(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    if whole < moment:
        whole += timedelta(minutes=1)
    return whole + timedelta(minutes=-whole.minute % _HALF_HOUR)
