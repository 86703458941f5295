"""Days and times as a letter writes them: in full, for it is read on another day than it was written."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.reading.model import Variant


def long_date(day: date, variant: Variant) -> str:
    if variant is Variant.HANT:
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.year}年{day.month}月{day.day}日"


def long_time(at: datetime, variant: Variant) -> str:
    """``at`` in the zone in which it is to be read."""
    join = " " if variant is Variant.HANT else ""
    return f"{long_date(at.date(), variant)}{join}{at:%H:%M}"
