"""Finds discounts and gives the share that is still to be paid: 打八折, 七五折, 減免20%, 半價."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.reading.model import Span
from bot.domain.reading.numerals import DIGITS, parse_number

_DIGIT = "零一二两三四五六七八九"
_PERCENT = (
    r"(?:(?P<n>\d{1,3}(?:\.\d)?) ?(?:%|趴|啪|个百分点|percent)|百分之(?P<spelt>\d{1,2}|[一二三四五六七八九十]{1,3}))"
)
_CUT = r"(?:减[免收少]?|免[掉收]?|退[款费还]?|降价?|折让?|优惠|便宜|让利?|扣掉?|少收?|打掉|off|discount|折扣)"
_OURS = r"(?:我们|公司|我方|咱们)(?:来|自己)?(?:出|付|负担|吸收|承担|认)"
_CHARGE = r"(?:收|付|出|算|按|照|以|缴|支付|负担|给付)"


@dataclass(frozen=True, slots=True)
class Discount:
    """``share`` is what is still to be paid, between 0 and 1."""

    share: Decimal
    span: Span


def find_discount(plain: str) -> tuple[Discount, ...]:
    """``plain`` is normalised text. Overlapping forms count once, the one that begins first."""
    found: list[Discount] = []
    for pattern, share in _FORMS:
        for match in pattern.finditer(plain):
            value = share(match)
            if value is not None and 0 < value < 1 and not any(_overlap(d.span, match.span()) for d in found):
                found.append(Discount(value, match.span()))
    return tuple(sorted(found, key=lambda discount: discount.span))


def _fold(match: re.Match[str]) -> Decimal | None:
    """The n of n折: 九 is 0.9, 八五 and 85 and 8.5 are 0.85."""
    digits = "".join(str(DIGITS.get(char, char)) for char in match["n"] if char not in ". 点")
    return Decimal(digits) / 10 ** len(digits) if digits.isdigit() else None


def _percent_off(match: re.Match[str]) -> Decimal:
    return 1 - _percent_kept(match)


def _percent_kept(match: re.Match[str]) -> Decimal:
    value = Decimal(match["n"]) if match["n"] else parse_number(match["spelt"])
    return (value or Decimal(0)) / 100


def _tenths(match: re.Match[str]) -> Decimal:
    tens, half = match["n"], match["half"]
    value = Decimal(DIGITS[tens] if tens in DIGITS else int(tens)) / 10
    return value + (Decimal("0.05") if half == "半" else Decimal(DIGITS[half]) / 100 if half else 0)


def _tenths_off(match: re.Match[str]) -> Decimal:
    return 1 - _tenths(match)


def _fraction(match: re.Match[str]) -> Decimal:
    whole, part = (Decimal(DIGITS[match[name]]) for name in ("whole", "part"))
    return round(part / whole, 4)


def _fraction_off(match: re.Match[str]) -> Decimal:
    return 1 - _fraction(match)


def _half(_: re.Match[str]) -> Decimal:
    return Decimal("0.5")


_TENTHS = rf"(?P<n>[{_DIGIT}\d])成(?P<half>半|[{_DIGIT}])?"
_FRACTION = rf"(?P<whole>[{_DIGIT}])分之(?P<part>[{_DIGIT}])"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Decimal | None]], ...] = (
    (
        re.compile(
            r"对折|半价|打半|减半|折半|对半|五五分|half (?:price|off|the price|of it)|50/50|[各负]担?一半|一人一半|砍半"
            r"|[收算付退赔给出减免砍](?:他|他们|个|掉)?一半(?! ?的?(?:订|定|头|预|尾|货|工|时))"
            r"|一半(?:就好|费用|的费用|价|的钱)"
        ),
        _half,
    ),
    (re.compile(rf"(?P<n>\d(?:\.\d)?|\d\d|[{_DIGIT}](?:点?[{_DIGIT}])?) ?折(?!腾|磨|旧|衷|返|叠|扣|让|抵|现)"), _fold),
    (re.compile(rf"{_CUT}(?:他|掉|个|了|到)? ?{_PERCENT}"), _percent_off),
    (re.compile(rf"{_PERCENT} ?(?:off|discount|的?折扣|的?优惠|的?减免)"), _percent_off),
    (re.compile(rf"{_CHARGE}(?:他|个|原价的?|牌价的?)? ?{_PERCENT}"), _percent_kept),
    (re.compile(rf"{_CUT}(?:他|掉|个|了)?{_TENTHS}"), _tenths_off),
    (re.compile(rf"{_OURS}{_TENTHS}"), _tenths_off),
    (re.compile(rf"{_CHARGE}(?:他|个|原价的?|牌价的?)?{_TENTHS}"), _tenths),
    (re.compile(rf"{_CUT}(?:他|掉|个|了)?{_FRACTION}"), _fraction_off),
    (re.compile(rf"{_CHARGE}(?:他|个|原价的?|牌价的?)?{_FRACTION}"), _fraction),
)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
