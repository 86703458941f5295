"""Values as they are found in the wild, read into what the core works with.

Seen behind such views: CHAR(8) days (鼎新), Minguo years, ``0000-00-00`` (MySQL), 1900-01-01 and
9999-12-31 for "none", flags as Y/N, t/f, 0/1 and BIT bytes, prices with signs and thousands commas.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from bot.domain.money import Money, currency_of
from bot.domain.text import one_line

_MINGUO_OFFSET = 1911
_EXACT = 10**15
_YEARS_MEANT = range(1901, 2200)  # systems write "no date" as 1753, 1900, 2999 or 9999
_DAY = re.compile(r"(\d{3,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?![\d:])")
_COMPACT_DAY = re.compile(r"(\d{3,4})(\d\d)(\d\d)")
_ZERO_DAY = re.compile(r"[0\s:./TZ-]+")
_NUMBER = re.compile(r"[A-Z$¥￥\s]*([-+]?\d+(?:\.\d+)?)\s*(?:[A-Z]{3}|[元圓]整?)?", re.IGNORECASE)
_TRUE = frozenset({"1", "t", "true", "y", "yes", "on", "是", "x"})
_FALSE = frozenset({"0", "f", "false", "n", "no", "off", "否"})


class Unreadable(ValueError):
    """The value is there, but nobody can say what it means."""


def text(value: object) -> str | None:
    """One line of text; None for nothing or blanks."""
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float | Decimal):
        exact = Decimal(str(value))
        if exact.is_finite() and abs(exact) < _EXACT and exact % 1 == 0:
            value = int(exact)  # an id kept as NUMERIC is 1001, not 1001.0
    return one_line(str(value)) or None


def names(value: object) -> tuple[str, ...]:
    """Names separated by ``|``."""
    parts = (one_line(part) for part in (text(value) or "").split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def day(value: object, zone: tzinfo) -> date | None:
    """The tenant's day; an instant falls on the day it has in ``zone``. Raises ``Unreadable``."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return _meant(value)
    found = moment(value, zone)
    return _meant(found.date()) if found else None


def moment(value: object, zone: tzinfo) -> datetime | None:
    """The time with an offset; one without is the tenant's. Raises ``Unreadable``."""
    if isinstance(value, datetime):
        return _placed(value, zone)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    written = text(value)
    if written is None or _ZERO_DAY.fullmatch(written):
        return None
    try:
        return _placed(datetime.fromisoformat(_iso(written)), zone)
    except ValueError as error:
        raise Unreadable(f"{written!r} is not a date") from error


def number(value: object) -> Decimal | None:
    """The amount, or None where there is none or it cannot be read: an unknown price is never stated."""
    found = _NUMBER.fullmatch((text(value) or "").replace(",", "").replace("，", ""))
    return Decimal(found[1]) if found else None


def flag(value: object) -> bool | None:
    if isinstance(value, bytes):
        value = int.from_bytes(value, "big")
    written = (text(value) or "").lower()
    return True if written in _TRUE else False if written in _FALSE else None


def price(amount: object, currency: object) -> Money | None:
    """What something costs; zero and less stand for "none" in systems that cannot leave a column empty."""
    found = money(amount, currency)
    return found if found and found.amount > 0 else None


def money(amount: object, currency: object) -> Money | None:
    value = number(amount)
    return None if value is None else Money(value, currency_of(text(currency) or ""))


def _meant(found: date) -> date | None:
    return found if found.year in _YEARS_MEANT else None


def _placed(found: datetime, zone: tzinfo) -> datetime:
    if found.tzinfo is None:
        return found.replace(tzinfo=zone)
    try:
        return found.astimezone(zone)
    except OverflowError:  # infinity in PostgreSQL arrives as the first or last instant there is
        return found.astimezone(UTC) if found.tzinfo is not UTC else found


def _iso(written: str) -> str:
    """``written`` in the form that ``fromisoformat`` reads, as far as it is one of ours."""
    found = _COMPACT_DAY.fullmatch(written) or _DAY.match(written)
    if found is None:
        return written
    year, month, dom = (int(part) for part in found.groups())
    if len(found[1]) == 3:  # noqa: PLR2004 - three digits are a Minguo year
        year += _MINGUO_OFFSET
    time = written[found.end() :].strip().removeprefix("T").strip()
    hour = f"T{time.zfill(len(time) + 1) if time[1:2] == ':' else time}" if time else ""
    return f"{year:04}-{month:02}-{dom:02}{hour}"
