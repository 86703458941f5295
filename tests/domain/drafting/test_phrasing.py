from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.domain.drafting.phrasing import say_date, say_discount, say_hours, say_money, say_time
from bot.domain.drafting.worktime import after_working_hours
from bot.domain.money import Currency, Money
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WEEKDAYS_ONLY
from bot.domain.reading.model import Variant

HANT, HANS = Variant.HANT, Variant.HANS
MONDAY = datetime.fromisoformat("2026-11-23T10:20:00+08:00")


@pytest.mark.parametrize(
    ("amount", "currency", "hant", "hans"),
    [
        (3000, Currency.TWD, "NT$3,000", "新台币3,000元"),
        (88, Currency.CNY, "人民幣 88 元", "88元"),
        ("1200.5", Currency.USD, "US$1,200.50", "1,200.50美元"),
        (500, None, "500 元", "500元"),
    ],
)
def test_money_is_written_as_people_on_each_side_write_it(amount, currency, hant, hans):
    money = Money(Decimal(amount), currency)
    assert (say_money(money, HANT), say_money(money, HANS)) == (hant, hans)


def test_dates():
    day = date(2026, 1, 4)
    assert (say_date(day, HANT), say_date(day, HANS)) == ("2026/1/4", "2026年1月4日")


@pytest.mark.parametrize(
    ("at", "hant", "hans"),
    [
        ("2026-11-23T17:00", "17:00", "17:00"),
        ("2026-11-24T12:30", "明天 12:30", "明天12:30"),
        ("2026-11-27T09:15", "週五 9:15", "周五9:15"),
        ("2026-11-30T18:00", "下週一 18:00", "下周一18:00"),
        ("2026-12-25T10:00", "12/25 10:00", "12月25日10:00"),
    ],
)
def test_times_are_said_from_today(at, hant, hans):
    moment = datetime.fromisoformat(at + ":00+08:00")
    assert (say_time(moment, MONDAY, HANT), say_time(moment, MONDAY, HANS)) == (hant, hans)


@pytest.mark.parametrize(
    ("hours", "hant"),
    [("0.5", "半小時"), ("0.25", "15 分鐘"), ("1.5", "1.5 小時"), ("2.0", "2 小時"), ("20", "20 小時")],
)
def test_hours(hours, hant):
    assert say_hours(Decimal(hours), HANT) == hant


def test_a_discount_is_the_share_still_to_be_paid():
    assert say_discount(Decimal("0.8"), HANT) == "8 折"
    assert say_discount(Decimal("0.85"), HANS) == "8.5折"
    assert say_discount(Decimal(1), HANT) is None


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        ("2026-11-23T10:20", 2, "2026-11-23T12:30"),
        ("2026-11-23T16:40", 4, "2026-11-24T12:00"),
        ("2026-11-23T07:00", 2, "2026-11-23T11:00"),
        ("2026-11-27T17:30", 1, "2026-11-30T09:30"),
        ("2026-11-22T10:00", 4, "2026-11-23T13:00"),
        ("2026-11-23T09:00", 9, "2026-11-23T18:00"),
        ("2026-11-23T09:00", 10, "2026-11-24T10:00"),
    ],
)
def test_working_hours_run_only_while_people_work(now, hours, then):
    start, end = (datetime.fromisoformat(f"{text}:00+08:00") for text in (now, then))
    assert after_working_hours(start, hours, Policy(), WEEKDAYS_ONLY) == end


def test_a_time_in_another_zone_is_taken_into_the_tenants():
    utc = datetime.fromisoformat("2026-11-23T02:20:00+00:00")
    assert after_working_hours(utc, 2, Policy(), WEEKDAYS_ONLY) - MONDAY == timedelta(hours=2, minutes=10)
