"""Reads numbers as they are written in Chinese messages: 19万, 三万五, 1万5千, 45,600, 两千八."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    c: v
    for v, chars in enumerate(("零〇", "一壹", "二贰两", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in chars
}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
SECTIONS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}

ROUGH = "[多几来余]"
"""Between a figure and its unit: 二十多万 is some more than 20."""
_APPROXIMATE = re.compile("[一二两三四五六七八九]{2}[十百千万亿]")
"""两三万, 七八千: two figures side by side name neither."""
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?"
HAN = "(?:[零〇一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]|参(?=[万仟佰拾亿]))"
NUMBER = (
    rf"(?:(?:{ARABIC})(?: ?{ROUGH}?[十百千万亿]{{1,2}}(?: ?\d{{1,4}}(?![\d.]|,\d)|{HAN}{{1,6}})?(?:[千百]\d?)?)?"
    rf"|{HAN}{{1,14}}(?:{ROUGH}[百千万亿]{{1,2}})?)"
)
"""Matches a number in normalised text, its unit characters included."""

_TOKEN = re.compile(rf"(?P<arabic>{ARABIC})|(?P<han>.)")
_TEN = 10


def parse_number(text: str) -> Decimal | None:
    """The value, or None where the characters make no number.

    A trailing digit takes the next unit: 三万五 is 35,000. What is some more than a figure (二十多万) counts as the
    figure; 两三万 is none.
    """
    if _APPROXIMATE.search(text):
        return None
    total, section = Decimal(0), Decimal(0)
    pending: Decimal | None = None
    unit, zero = 1, False
    for token in _TOKEN.finditer(re.sub(f" |{ROUGH}", "", text)):
        word = token.group()
        if token.group("arabic"):
            pending = Decimal(word.replace(",", ""))
        elif word in DIGITS:
            pending = Decimal(DIGITS[word]) if pending is None else pending * _TEN + DIGITS[word]
            zero = zero or DIGITS[word] == 0
        elif word in UNITS:
            unit = UNITS[word]
            section += (Decimal(1) if pending is None else pending) * unit
            pending = None
        elif word in SECTIONS:
            unit = SECTIONS[word]
            total += (section + (pending or 0) or 1) * unit
            section, pending = Decimal(0), None
        else:
            return None
    if pending is not None and unit > _TEN and pending < _TEN and not zero:
        pending *= Decimal(unit) / _TEN
    return total + section + (pending or 0)
