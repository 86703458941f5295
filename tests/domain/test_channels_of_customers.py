"""Modes by their names, quiet hours over midnight, turns on the duty list: pure rules."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from bot.domain.channels import ChannelMode, NudgeRecord, QuietHours, Rotation, mode_named, on_duty

NAMES = {ChannelMode.OFF: ("關閉", "关闭"), ChannelMode.NUDGE: ("卡片+提醒",)}
NOON = datetime.fromisoformat("2026-11-22T12:00:00+08:00")


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("off", ChannelMode.OFF),
        ("关闭", ChannelMode.OFF),
        ("Card + Nudge", ChannelMode.NUDGE),
        ("卡片 + 提醒", ChannelMode.NUDGE),
        ("安靜", None),
        ("", None),
    ],
)
def test_a_mode_answers_to_its_own_name_and_to_what_people_call_it(word: str, mode: ChannelMode | None) -> None:
    assert mode_named(word, NAMES) is mode


@pytest.mark.parametrize(
    ("start", "end", "at", "until"),
    [
        (21, 8, "2026-11-22T22:30:00+08:00", "2026-11-23T08:00:00+08:00"),
        (21, 8, "2026-11-23T07:59:00+08:00", "2026-11-23T08:00:00+08:00"),
        (21, 8, "2026-11-23T08:00:00+08:00", None),
        (21, 8, "2026-11-22T20:59:00+08:00", None),
        (12, 14, "2026-11-22T13:00:00+08:00", "2026-11-22T14:00:00+08:00"),
        (12, 14, "2026-11-22T14:00:00+08:00", None),
        (9, 9, "2026-11-22T09:00:00+08:00", None),
    ],
)
def test_quiet_hours_say_when_they_end(start: int, end: int, at: str, until: str | None) -> None:
    ends = QuietHours(time(start), time(end)).until(datetime.fromisoformat(at))
    assert ends == (datetime.fromisoformat(until) if until else None)


def test_an_empty_list_has_nobody_on_duty_and_a_single_one_always_is() -> None:
    for rotation in Rotation:
        assert on_duty([], rotation, NOON) is None
        assert on_duty(["U1"], rotation, NOON) == "U1"


def test_everybody_on_the_list_has_a_turn() -> None:
    names = ["U1", "U2", "U3"]
    days = {on_duty(names, Rotation.DAY, NOON + timedelta(days=day)) for day in range(3)}
    hours = {on_duty(names, Rotation.HOUR, NOON + timedelta(hours=hour)) for hour in range(3)}
    assert days == hours == set(names)
    assert {on_duty(names, Rotation.FIRST, NOON + timedelta(days=day)) for day in range(3)} == {"U1"}


def test_ten_minutes_lie_between_two_nudges() -> None:
    told = NudgeRecord("case_1", sent_at=NOON)
    assert NudgeRecord("case_1").may_go(NOON)
    assert not told.may_go(NOON + timedelta(minutes=9, seconds=59))
    assert told.may_go(NOON + timedelta(minutes=10))
