"""The fact lock: a figure, date or number that is not bound to a source cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.domain.drafting.model import Fact
from bot.domain.errors import FencunError

_CJK_DIGITS = "〇零一二兩两三四五六七八九十百千萬万億亿"
_UNITS = (
    "元|塊|块|美金|美元|天|日|號|号|週|周|星期|個月|个月|月|季|年|小時|小时|個小時|个小时|個鐘頭|个钟头|分鐘|分钟|秒|點|点"
    "|折|成|倍|%|％|％|個工作天|个工作日|工作天|工作日"
)
_FIGURE = re.compile(
    rf"[0-9０-９]+|[{_CJK_DIGITS}]+(?:多|幾|几)?(?:{_UNITS})|半(?:小時|小时|個小時|个小时|天|年|個月|个月)"
    r"|百分之|[一二兩两三四五六七八九]成|(?:NT|US|HK|S|RM)\$|[¥￥]"
)
_NO_FIGURE = re.compile(
    r"一[點点](?![半鐘钟0-9前])|有一天|一天到晚|十分(?!鐘|钟)|一成不[變变]|第一[時时][間间]|半天(?=都|也)"
)
"""Idioms that look like figures: 一點 as 'a little', 十分 as 'very'."""


class LooseFact(FencunError):
    """A text holds a figure without a source."""

    key = "error.draft.loose_fact"


def loose_figures(text: str, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Figures of ``text`` outside every fact's own words, in order."""
    masked = text
    for fact in sorted(facts, key=lambda fact: -len(fact.text)):
        if fact.text and fact.source:
            masked = masked.replace(fact.text, "\x00" * len(fact.text))
    masked = _NO_FIGURE.sub(lambda idiom: "\x00" * len(idiom.group()), masked)
    return tuple(found.group() for found in _FIGURE.finditer(masked))


def lock(text: str, facts: Iterable[Fact]) -> None:
    """Raises ``LooseFact`` naming the first loose figure."""
    loose = loose_figures(text, facts)
    if loose:
        raise LooseFact(f"{loose[0]!r} has no source", figure=loose[0])
