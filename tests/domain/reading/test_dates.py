"""Points in time: what they mean on a Monday morning in November."""

from datetime import date, datetime

import pytest

from bot.domain.reading.calendar import CountryCalendar, PlainWeek, after_workdays
from bot.domain.reading.dates import find_dates
from bot.domain.reading.model import Precision
from tests.domain.reading.conftest import MONDAY

SUNDAY = datetime.fromisoformat("2026-11-22T10:00:00+08:00")


def only(text, now=MONDAY):
    (found,) = find_dates(text, now=now)
    return found


@pytest.mark.parametrize(
    ("text", "at", "before"),
    [
        ("明天下午三點前", "2026-11-24T15:00", True), ("后天中午十二点之前", "2026-11-25T12:00", True),
        ("週三下班前", "2026-11-25T18:00", True), ("下周五前", "2026-12-04T18:00", True),
        ("月底前", "2026-11-30T18:00", True), ("三个工作日内", "2026-11-26T18:00", True),
        ("半小時內", "2026-11-23T10:30", True), ("24小时内", "2026-11-24T10:00", True),
        ("七月五日前", "2027-07-05T18:00", True), ("12/31", "2026-12-31T00:00", False),
        ("昨天", "2026-11-22T00:00", False), ("上週五", "2026-11-20T00:00", False),
        ("三天前", "2026-11-20T00:00", False), ("民國115年12月1日", "2026-12-01T00:00", False),
        ("115/12/1", "2026-12-01T00:00", False), ("今晚八点", "2026-11-23T20:00", False),
        ("15:30前", "2026-11-23T15:30", True), ("下个月15号", "2026-12-15T00:00", False),
        ("中午前", "2026-11-23T12:00", True), ("元旦前", "2027-01-01T18:00", True),
        ("下午 3 點前", "2026-11-23T15:00", True), ("晚上 8 点半", "2026-11-23T20:30", False),
        ("明早九點開門前", "2026-11-24T09:00", True), ("明天上班前", "2026-11-24T09:00", True),
        ("晚上8:30", "2026-11-23T20:30", False), ("115年12月底", "2026-12-31T00:00", False),
        ("農曆年前", "2027-02-06T18:00", True), ("除夕前", "2027-02-05T18:00", True),
        ("中秋節前", "2027-09-15T18:00", True), ("清明", "2027-04-05T00:00", False),
        ("下一季", "2027-01-01T00:00", False), ("月中前", "2026-12-15T18:00", True),
        ("eod", "2026-11-23T18:00", True), ("九點營業前", "2026-11-24T09:00", True),
    ],
)  # fmt: skip
def test_a_date_means_its_moment(text, at, before):
    found = only(text)
    assert found.at is not None
    assert found.at.isoformat()[:16] == at
    assert found.before is before
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "named", "at"),
    [
        ("給你們三天，修不好就解約", "三天", "2026-11-26T18:00"), ("限48小時答覆", "48小時", "2026-11-25T10:00"),
        ("fix it by Friday", "friday", "2026-11-27T18:00"), ("before 5pm please", "5pm", "2026-11-23T17:00"),
    ],
)  # fmt: skip
def test_a_time_that_is_given_us_is_a_deadline(text, named, at):
    found = only(text)
    assert (found.text.lower(), found.at.isoformat()[:16], found.before) == (named, at, True)


def test_the_moment_keeps_the_offset_of_now():
    assert only("明天下午三點前").at.isoformat().endswith("+08:00")


def test_a_month_in_a_complaint_lies_in_the_past():
    spring, summer = find_dates("應於三月底完工，迄今六月中仍未好", now=MONDAY)
    assert spring.at.date() == date(2026, 3, 31)
    assert summer.at.date() == date(2026, 6, 15)


def test_a_weekday_that_was_promised_lies_in_the_past():
    found = find_dates("你們禮拜二說會回電，還沒回", now=MONDAY)[0]
    assert found.at.date() == date(2026, 11, 17)


@pytest.mark.parametrize(("text", "now"), [("1/4", MONDAY), ("下周五前", SUNDAY)])
def test_what_has_two_readings_says_so(text, now):
    assert only(text, now).ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "兩三天內",
        "給你們三天了",
        "給你們兩年的單",
        "一點小事",
        "兩點建議",
        "第三點要改",
        "版本1.2",
        "24/7",
        "一周三趟",
        "前端報錯",
        "后台登不进",
        "三里屯",
        "這兩天",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert find_dates(text, now=MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("年底", Precision.MONTH),
        ("Q1", Precision.QUARTER),
        ("下周", Precision.WEEK),
        ("去年", Precision.YEAR),
        ("明天上午", Precision.HALF_DAY),
    ],
)
def test_the_precision_is_that_of_the_words(text, precision):
    assert only(text).precision is precision


def test_working_days_follow_the_public_holidays_of_the_country():
    before_new_year = date(2025, 12, 31)
    assert after_workdays(before_new_year, 1, CountryCalendar("TW")) == date(2026, 1, 2)
    assert after_workdays(before_new_year, 1, CountryCalendar("CN")) == date(2026, 1, 4), "a make-up Sunday"
    assert after_workdays(before_new_year, 1, PlainWeek()) == date(2026, 1, 1)
