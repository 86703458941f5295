"""On which days festivals fall that messages name as deadlines.

The lunar ones follow the almanac, here as the ``holidays`` library gives them for Taiwan; 清明 is a solar term.
"""

from __future__ import annotations

from datetime import date, timedelta

_SOLAR = {
    "元旦": (1, 1), "圣诞": (12, 25), "劳动节": (5, 1), "五一": (5, 1), "跨年": (12, 31),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12),
}  # fmt: skip
_SPRING, _DRAGON_BOAT, _MID_AUTUMN = range(3)
_LUNAR = {
    2024: ((2, 10), (6, 10), (9, 17)), 2025: ((1, 29), (5, 31), (10, 6)), 2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)), 2028: ((1, 26), (5, 28), (10, 3)), 2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)), 2031: ((1, 23), (6, 24), (10, 1)), 2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)), 2034: ((2, 19), (6, 20), (9, 27)), 2035: ((2, 8), (6, 10), (9, 16)),
    2036: ((1, 28), (5, 30), (10, 4)), 2037: ((2, 15), (6, 18), (9, 24)), 2038: ((2, 4), (6, 7), (9, 13)),
}  # fmt: skip
_FESTIVALS = {
    "春节": (_SPRING, 0), "农历年": (_SPRING, 0), "农历新年": (_SPRING, 0), "旧历年": (_SPRING, 0),
    "过年": (_SPRING, 0), "年": (_SPRING, 0), "除夕": (_SPRING, -1), "元宵": (_SPRING, 14),
    "端午": (_DRAGON_BOAT, 0), "中秋": (_MID_AUTUMN, 0),
}  # fmt: skip
"""Days counted from the festival of the almanac."""
NAMES = sorted({*_SOLAR, *_FESTIVALS, "清明"} - {"年"}, key=len, reverse=True)


def festival_in(year: int, name: str) -> date | None:
    """None for a year that the table does not hold. Raises ``KeyError`` for a name that is not of ``NAMES``, nor 年."""
    if name == "清明":
        return date(year, 4, int(year % 100 * 0.2422 + 4.81) - year % 100 // 4)
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    which, shift = _FESTIVALS[name]
    return date(year, *_LUNAR[year][which]) + timedelta(days=shift) if year in _LUNAR else None
