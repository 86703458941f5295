"""How figures, dates, times and money are written in each variant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.money import Currency, Money
from bot.domain.reading.model import Variant

_WEEKDAYS = "一二三四五六日"
_WEEK = 7
_HALF = Decimal("0.5")
_UNITS: dict[Variant, dict[Currency | None, str]] = {
    Variant.HANT: {
        Currency.TWD: "NT${}",
        Currency.CNY: "人民幣 {} 元",
        Currency.USD: "US${}",
        Currency.HKD: "HK${}",
        Currency.EUR: "{} 歐元",
        Currency.JPY: "{} 日圓",
        Currency.SGD: "S${}",
        Currency.MYR: "RM{}",
        None: "{} 元",
    },
    Variant.HANS: {
        Currency.TWD: "新台币{}元",
        Currency.CNY: "{}元",
        Currency.USD: "{}美元",
        Currency.HKD: "{}港元",
        Currency.EUR: "{}欧元",
        Currency.JPY: "{}日元",
        Currency.SGD: "{}新加坡元",
        Currency.MYR: "{}林吉特",
        None: "{}元",
    },
}


def say_money(money: Money, variant: Variant) -> str:
    amount = money.amount.normalize()
    figure = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    return _UNITS[variant][money.currency].format(figure)


def say_date(day: date, variant: Variant) -> str:
    if variant is Variant.HANT:
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day.year}年{day.month}月{day.day}日"


def say_day(day: date, variant: Variant) -> str:
    """A day of this year or the last, as one says it in passing."""
    return f"{day.month}/{day.day}" if variant is Variant.HANT else f"{day.month}月{day.day}日"


def say_time(at: datetime, now: datetime, variant: Variant) -> str:
    """As one writes it in a chat: 16:30 for today, else 明天 9:30 or 下周一10:00; both times in the tenant's zone."""
    clock = f"{at.hour}:{at.minute:02}"
    if at.date() == now.date():
        return clock
    return _say_day(at.date(), now.date(), variant) + " " * (variant is Variant.HANT) + clock


def _say_day(day: date, today: date, variant: Variant) -> str:
    hant = variant is Variant.HANT
    ahead = (day - today).days
    if ahead == 1:
        return "明天"
    week = "週" if hant else "周"
    monday = today - timedelta(days=today.weekday())
    weeks = (day - monday).days // 7
    if ahead > 1 and weeks in (0, 1):
        return ("", "下")[weeks] + week + _WEEKDAYS[day.weekday()]
    return say_day(day, variant)


def say_logged(at: datetime, now: datetime, variant: Variant) -> str:
    """When something was done: 11:16 on the same day, else the day alone; both times in the tenant's zone."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return say_day(at.date(), variant)


def say_missed(at: datetime, now: datetime, variant: Variant) -> str:
    """A time that is over, as one names it: 上週五 18:00; beyond the last week by its date."""
    blank = " " if variant is Variant.HANT else ""
    return f"{_say_past_day(at.date(), now.date(), variant)}{blank}{at:%H:%M}"


def _say_past_day(day: date, today: date, variant: Variant) -> str:
    behind = (today - day).days
    if behind <= 1:
        return ("今天", "昨天")[max(behind, 0)]
    monday = today - timedelta(days=today.weekday())
    weeks = (monday - day).days
    if weeks > _WEEK:
        return say_day(day, variant)
    this, week = ("這", "週") if variant is Variant.HANT else ("本", "周")
    return ("上" if weeks > 0 else this) + week + _WEEKDAYS[day.weekday()]


def say_hours(hours: Decimal, variant: Variant) -> str:
    """A working time such as 半小時 or 1.5 小時; days are not used, for a day means different things to people."""
    hour = "小時" if variant is Variant.HANT else "小时"
    if hours == _HALF:
        return "半" + hour
    if hours < _HALF:
        minutes = int((hours * 60).to_integral_value())
        return f"{minutes} 分鐘" if variant is Variant.HANT else f"{minutes}分钟"
    figure = f"{hours.normalize():f}"
    return f"{figure} {hour}" if variant is Variant.HANT else f"{figure}个{hour}"


def say_every(hours: int, variant: Variant) -> str:
    return f"每 {hours} 小時" if variant is Variant.HANT else f"每{hours}个小时"


def say_discount(share: Decimal, variant: Variant) -> str | None:
    """The share still to be paid as 折: 0.8 is 8 折. None where 折 cannot say it."""
    tenths = (share * 10).normalize()
    if not 0 < tenths < 10:  # noqa: PLR2004 - 折 counts tenths
        return None
    return f"{tenths:f} 折" if variant is Variant.HANT else f"{tenths:f}折"
