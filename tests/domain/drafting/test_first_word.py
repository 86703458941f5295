"""When the customer hears from us first."""

from datetime import datetime, timedelta

import pytest

from bot.domain.drafting.hours import hours_ahead
from bot.domain.drafting.worktime import first_word_at
from bot.domain.policy import Policy
from bot.domain.reading.calendar import WEEKDAYS_ONLY
from bot.domain.reading.model import Reading, Variant
from tests.casebook import both, draft


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}:00+08:00")


@pytest.mark.parametrize(
    ("now", "minutes", "hours", "word"),
    [
        ("23T10:12", 30, [], "23T10:30"),
        ("23T09:35", 60, [], "23T10:30"),
        ("23T10:40", 60, ["23T12:00"], "23T11:30"),
        ("23T10:00", 120, ["23T11:00"], "23T10:30"),
        ("23T11:20", 60, ["23T11:30"], "23T11:30"),
        ("23T11:28", 60, ["23T11:30"], "23T12:15"),
        ("23T17:30", 60, [], "23T18:00"),
        ("23T17:50", 60, [], "24T09:45"),
        ("23T20:00", 60, ["23T21:00"], "24T10:00"),
        ("27T18:30", 60, [], "30T10:00"),
    ],
)
def test_the_first_word_comes_in_time_and_in_working_time(now, minutes, hours, word):
    ahead = [at(hour) for hour in hours]
    assert first_word_at(at(now), timedelta(minutes=minutes), ahead, Policy(), WEEKDAYS_ONLY) == at(word)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("董事長五點要帶客戶來參觀", ["23T17:00"]),
        ("快中午了拜託快點", ["23T12:00"]),
        ("晚上8点半直播", ["23T20:30"]),
        ("我有三點意見", []),
        ("明天九點要開會", []),
        ("快一點好嗎", []),
    ],
)
def test_hours_are_heard_in_passing(text, hours):
    assert hours_ahead(text, Reading(Variant.HANT), at("23T10:20")) == [at(hour) for hour in hours]


def test_an_hour_that_we_cannot_come_before_is_said():
    text = "簽核流程卡住，今晚八點股東會要用"
    told = both(draft(text, {"support_request": "簽核流程卡住"}, state="active", now="2026-11-23T17:55:00+08:00"))
    assert "20:00 前" in told
    assert "不敢先答應" in told
