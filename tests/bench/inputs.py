"""Inputs that nobody would write and some would send: random, endless, nested, and full of trigger words."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

LONGEST = 40_000
EVERY_LONG = 100
"""One input in so many is of the greatest length that Slack lets through."""

_CJK = [chr(code) for code in range(0x4E00, 0x9FA6)]
_MARKS = list("，。！？、；：…—～（）「」『』“”‘’,.!?;:-~()[]{}<>|*_`@#$%^&=+/\\'\"")
_EMOJI = list("😀😡🙏👍🏽💢🔥❤️👨‍👩‍👧🇹🇼🆘✅❌⚠️")
_DIGITS = list("0123456789０１２一二三兩两四五六七八九十百千萬万億半")
_UNITS = [
    "元",
    "塊",
    "块",
    "万",
    "萬",
    "NT$",
    "¥",
    "%",
    "折",
    "點",
    "点",
    "日",
    "號",
    "号",
    "月",
    "年",
    "小時",
    "天",
    "/",
    ":",
    "-",
    ".",
    ",",
]
_SCRIPTS = [
    *"абвгдежз",
    *"αβγδ",
    *"あいうえおカキク",
    *"한국어",
    *"ابتثج",
    *"אבגד",
    *"กขค",
    *"abcXYZ",
    *"\u200b\u202e\u0301\ufeff\x00",
]
_DAYS = [
    "下週",
    "下周",
    "明天",
    "後天",
    "月底",
    "年底",
    "上午",
    "下午",
    "前",
    "三點",
    "1/4",
    "2026-11-",
    "個工作日",
    "内",
]


def odd_inputs(count: int, words: Sequence[str], messages: Sequence[str]) -> Iterator[str]:
    """The same ``count`` inputs each time; ``words`` are what the lexicon looks for, ``messages`` are real ones."""
    chosen = random.Random(29)
    kinds = _kinds(chosen, words, messages)
    for number in range(count):
        make = kinds[number % len(kinds)]
        length = LONGEST if number % EVERY_LONG < 1 else int(10 ** chosen.uniform(0, 3.4))
        yield make(length)[:length]


def _kinds(chosen: random.Random, words: Sequence[str], messages: Sequence[str]) -> list[Callable[[int], str]]:
    def of(alphabet: Sequence[str]) -> Callable[[int], str]:
        return lambda length: "".join(chosen.choices(alphabet, k=length))

    def repeated(alphabet: Sequence[str], most: int) -> Callable[[int], str]:
        def make(length: int) -> str:
            unit = "".join(chosen.choices(alphabet, k=chosen.randint(1, most)))
            return unit * (length // len(unit) + 1)

        return make

    def nested(length: int) -> str:
        opening, closing = chosen.choice(["「」", "『』", "“”", "()", "（）", '""', "[]", "{}"])
        half = length // 2
        return opening * half + chosen.choice(words) + closing * half

    def joined(length: int) -> str:
        joint = chosen.choice(["", ",", "。", "\n", " ", "不", "如果"])
        return joint.join(chosen.choices(words, k=length // 2 + 1))

    def shuffled(length: int) -> str:
        text = list("".join(chosen.choices(messages, k=length // 200 + 1)))
        chosen.shuffle(text)
        return "".join(text)

    def pasted(length: int) -> str:
        return "".join(chosen.choices(messages, k=length // 200 + 1))

    return [
        of(_CJK), of(_MARKS), of(_EMOJI), of(_DIGITS), of([*_DIGITS, *_UNITS]), of([*_DIGITS, *_DAYS]), of(_SCRIPTS),
        of([*_CJK[:500], *_MARKS, *_EMOJI, *_DIGITS, *_SCRIPTS]), of(words), repeated(_DIGITS, 3), repeated(_MARKS, 2),
        repeated(words, 3), repeated([*_UNITS, *_DIGITS], 4), repeated([*_DAYS, *_DIGITS], 4), repeated([" ", "\n", "\u3000"], 2),
        nested, joined, shuffled, pasted,
    ]  # fmt: skip
