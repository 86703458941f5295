"""Values as databases hand them over."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.crm.sql import values
from bot.domain.money import Currency, Money
from bot.domain.text import one_line

TAIPEI = ZoneInfo("Asia/Taipei")
ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.decimals() | st.dates()
)


@given(st.dates(date(1902, 1, 1), date(2190, 1, 1)))
def test_a_day_survives_every_way_of_writing_it(day: date) -> None:
    forms = (
        day,
        day.isoformat(),
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f" {day.isoformat()} 00:00:00 ",
        f"{day.isoformat()}T23:59:59.999999",
        datetime(day.year, day.month, day.day),
        datetime(day.year, day.month, day.day, 23, tzinfo=TAIPEI).astimezone(UTC),
    )
    assert {values.day(form, TAIPEI) for form in forms} == {day}


@pytest.mark.parametrize("written", ["115/10/31", "115-10-31", "1151031", 1151031])
def test_minguo_years(written: object) -> None:
    assert values.day(written, TAIPEI) == date(2026, 10, 31)


@given(ANYTHING)
def test_whatever_comes_is_read_or_refused_by_name(value: object) -> None:
    for read in (values.day, values.moment):
        with suppress(values.Unreadable):
            read(value, TAIPEI)
    values.flag(value)
    values.names(value)
    values.money(value, value)
    found = values.text(value)
    assert found is None or found == one_line(found) != ""


@pytest.mark.parametrize(
    ("amount", "currency", "money"),
    [
        (Decimal("3500.00"), "TWD", Money(Decimal(3500), Currency.TWD)),
        ("3,500", "ntd", Money(Decimal(3500), Currency.TWD)),
        ("NT$3,500.5", None, Money(Decimal("3500.5"))),
        (26800.0, " RMB ", Money(Decimal(26800), Currency.CNY)),
        (12.5, "USD", Money(Decimal("12.5"), Currency.USD)),
        ("1,200元", "人民币", Money(Decimal(1200), Currency.CNY)),
        (0, "XYZ", Money(Decimal(0))),
        ("面議", "TWD", None),
        ("1e5", "TWD", None),
        ("3萬", "TWD", None),
        ("3000-5000", "TWD", None),
        (float("nan"), "TWD", None),
        (Decimal("Infinity"), "TWD", None),
        ("", "TWD", None),
        (None, "TWD", None),
    ],
)
def test_money_is_read_exactly_or_not_at_all(amount: object, currency: object, money: Money | None) -> None:
    assert values.money(amount, currency) == money


@pytest.mark.parametrize(
    ("amount", "stated"), [("4,500", True), (0, False), (Decimal("0.00"), False), (-1, False), (None, False)]
)
def test_what_stands_for_no_price_is_none(amount: object, stated: bool) -> None:
    assert (values.price(amount, "TWD") is not None) == stated


@pytest.mark.parametrize(
    ("value", "meaning"),
    [(1, True), (0, False), ("Y", True), ("n", False), ("t", True), ("是", True), (b"\x01", True), (b"\x00", False),
     (True, True), ("", None), (None, None), ("maybe", None), (2, None), (Decimal("1.0"), True)],
)  # fmt: skip
def test_flags(value: object, meaning: bool | None) -> None:
    assert values.flag(value) is meaning


@given(st.text())
def test_one_line_is_printable_and_settled(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line
    assert "\0" not in line
    assert one_line(line) == line
