"""Which written form a message uses.

The evidence is characters that exist in only one of the two national sets, GB 2312 and Big5, by majority,
because quoted text mixes them. Words of one side alone decide where no character does.
"""

from __future__ import annotations

import re
from functools import cache

from bot.domain.reading.model import Variant

_HANT_CUES = re.compile(
    r"[「」『』喔欸囉啦嘸齁ㄅ-ㄩ]|QQ|NT\$|LINE|PTT|Dcard|存證|台幣|工程師|伺服器|資安|客訴|一下下|安捏|蛤"
)
_HANS_CUES = re.compile(
    r"[“”啥咋甭咱俩仨呗哈嘛]|玩意|推倒|推翻|12315|微信|人民币|RMB|¥|￥|支付宝|抖音|整改|倒是|早点儿"
)


def detect_variant(text: str) -> Variant | None:
    """None where the text does not tell; the caller then falls back to what it knows of the customer."""
    leaning = sum(filter(None, map(_leanings().get, text)))
    if leaning == 0:
        leaning = len(_HANT_CUES.findall(text)) - len(_HANS_CUES.findall(text))
    if leaning == 0:
        return None
    return Variant.HANT if leaning > 0 else Variant.HANS


@cache
def _leanings() -> dict[str, int]:
    """1 for the ideographs of Big5 alone and -1 for those of GB 2312 alone, read from Python's own codecs."""
    big5 = bytes(
        b for lead in range(0xA4, 0xFA) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for b in (lead, trail)
    )
    gb2312 = bytes(b for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    hant = set(big5.decode("big5", "ignore"))
    hans = set(gb2312.decode("gb2312", "ignore"))
    ideographs = {chr(code) for code in range(0x4E00, 0xA000)}
    return dict.fromkeys((hant - hans) & ideographs, 1) | dict.fromkeys((hans - hant) & ideographs, -1)
