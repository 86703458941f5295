"""Brings a message into the one form that patterns are matched in, without moving a character.

Traditional becomes Simplified by OpenCC's character table, applied one character at a time, so that the
length is kept by construction. Phrase-level conversion would add nothing: the lexicon passes through the
same table, and only agreement between the two matters.
"""

from __future__ import annotations

from functools import cache

import opencc

_CJK = range(0x4E00, 0xA000)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_TO_ASCII = 0xFEE0
_SAME = {
    # One word under several spellings; folding both sides spares every pattern the alternatives.
    "妳": "你", "您": "你", "她": "他", "它": "他", "牠": "他", "祂": "他",
    "帐": "账", "帳": "账", "噢": "喔", "哦": "喔", "諶": "谌", "诶": "欸", "唷": "哟",
    "著": "着", "乾": "干", "裏": "里", "裡": "里", "臺": "台", "佈": "布", "姐": "姊", "甚": "什",
    "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": "'", "’": "'",
    "\u3000": " ", "\t": " ", "\u00a0": " ", "\r": "\n", "￥": "¥", "〜": "~", "∼": "~",
}  # fmt: skip


def normalise(text: str) -> str:
    """Simplified, half-width, lower-case text of exactly the same length."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - _FULL_TO_ASCII).lower() for code in _FULL_WIDTH}
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    traditional = "".join(map(chr, _CJK))
    converted = opencc.OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    table |= {ord(old): new for old, new in zip(traditional, converted, strict=True) if old != new and len(new) == 1}
    return table | {ord(old): new for old, new in _SAME.items()}
