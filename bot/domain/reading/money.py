"""Finds sums of money in a message, and leaves counts, sizes, versions and places alone.

A number is money when a currency stands at it, when it is followed by a word for units of money, or when
words of paying stand close by and nothing says that something else is counted. What is some more than a figure
(二十多萬, 一萬出頭) is found as the figure; what names none (好幾千, 上萬, 兩三萬) is not found at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.domain.money import Currency, Money
from bot.domain.reading.model import AmountMention
from bot.domain.reading.normalise import normalise
from bot.domain.reading.numerals import HAN, NUMBER, ROUGH, parse_number

_SIGNS: tuple[tuple[str, Currency | None], ...] = (
    (r"nt\$|ntd\$?|twd|新台币|台币|nt(?=\d)", Currency.TWD),
    (r"rmb|cny|cn¥|人民币|¥", Currency.CNY),
    (r"us\$|usd\$?|美金|美元|美刀", Currency.USD),
    (r"hk\$|hkd|港币|港元|港纸", Currency.HKD),
    (r"eur|€|欧元", Currency.EUR),
    (r"jpy|日元|日币|日圆", Currency.JPY),
    (r"sgd|s\$|新加坡币|坡币", Currency.SGD),
    (r"myr|rm(?=\d)|令吉|马币", Currency.MYR),
    (r"\$", None),
)
_SIGN = "|".join(pattern for pattern, _ in _SIGNS)
_UNIT = r"(?:块钱|块|元|圆|大洋|刀)"
_BEGINS = rf"(?=[\da-z$¥€新台人美港欧日坡令马]|{HAN})"
"""Where neither a number nor a sign begins, none of the many signs is tried."""
_TENTHS = r"(?P<tenths>(?<=块)[一二三四五六七八九\d](?=[,。!?;、\n ]|$|钱|一[个台份张杯]))"
_MENTION = re.compile(
    rf"{_BEGINS}(?P<sign>(?<![a-z])(?:{_SIGN}))?(?P<gap> ?)(?P<number>{NUMBER})(?P<slang>[kw](?![a-z0-9]))?"
    rf"(?P<more>{ROUGH}|出头|上下|左右)?(?: ?(?P<unit>{_UNIT}))?{_TENTHS}?"
    rf"(?: ?(?P<after>(?:{_SIGN})(?!\d)))?"
)
_SHARED = re.compile("[百千万亿kw]{1,2}$")
_LOW_END = re.compile(r"(?<![\d.a-z第])(?P<number>\d{1,4}(?:\.\d)?|[一二两三四五六七八九]) ?[-~—–到至]{1,2} ?$")
"""The lower end of 3-5万 and 一到两万, which shares the unit of the upper."""
_UNIT_FIRST = re.compile("[百千万亿]")
_VAGUE_BEFORE = re.compile("[几数上成好多来余]$")
_UNITS_ALONE = re.compile("[百千]万(?![别不要记请得勿注小])|百[块元]")
"""What may stand for one of its kind without a figure: 近百万."""
_SMALL = frozenset("0123456789零〇一二三四五六七八九两十")
"""Alone these count something else."""
_NOT_UNIT = re.compile(
    r"元(?:里|旦|宵|素|件|老|月|组|气|首|数据|宇)|刀(?:片|具|架|口|法)|圆(?:形|桌|满|圈)"
    r"|块(?:硬|板|卡|屏|牌|地|网|主|显|内|电|区|功|ssd|盘|表|看板|面|肉|蛋|砖|布|模|磁|控|业|市)"
)
_COUNTED = re.compile(
    r"^ ?(?:来|多|几|余)?(?:号人|人|条|张|家|个|台|套|次|笔|单|件|份|户|名|位|支|只|颗|米|公里|度|字|行|页"
    r"|倍|步|秒|分|小时|钟头|天|周|礼拜|星期|年(?!费|约|租|服务|的维|维保)|月(?!费|租)|日|号|点|时|gb?|mb?|tb?|k|p|kb|mbps|qps|hz|ms"
    r"|fps|v|w|a|%|折|成|版|楼|层|区|期|级|代|轮|排|间|店|厂|站|箱|包(?!含|括)|批|趟|回|遍|组|字节|像素|并发"
    r"|用户|会员|坐席|门店|粉丝|订阅|[-:/.]\d|[a-z])"
)
_COUNT_BEFORE = re.compile(
    r"(?:第|分之|百分|粉丝|会员|用户|人数|员工|数量|编号|单号|工单|型号|版本|端口|错误码|代码|报|电话|分机|密码|并发|序号|房号|门牌|尾号|手机|订单号|统编|限|共有|民国|公元|v|#|no\.?|ip|[a-z]-?|[./:@_])$"
)
_MONEY_NEAR = re.compile(
    r"钱|款|费|价|押金|订金|定金|保证金|赔|损失|亏|罚|账|付|缴|收|支票|汇|打给|打过去|转账|报销|预算|成本|薪|工资|奖金|营业额|营收|利润|租金|年租|月租"
    r"|退|扣|花|贵|便宜|折让|抵|给你们|开(?=[^发机])|卖|买|少了|少赚|多收|签|牌价|优惠|折扣|续|合约金|总额|金额|货款|发票|一次|单次|上门|出勤|标的|差额|欠|垫|补|每[台套个人席位月年]|单价"
)
_LEFT, _RIGHT = 14, 8
_PHONE_DIGITS = 8
_YEARS = range(1990, 2041)
_SHORT = 3


def find_amounts(text: str) -> tuple[AmountMention, ...]:
    """``text`` as given. An amount's currency is None where the words do not say it (元, 塊, $)."""
    return amounts_in(normalise(text))


def amounts_in(plain: str) -> tuple[AmountMention, ...]:
    """``find_amounts`` of a text that is normalised already."""
    return tuple([mention for match in _MENTION.finditer(plain) for mention in _mentions(plain, match)])


def _mentions(plain: str, match: re.Match[str]) -> Iterator[AmountMention]:
    """None, one, or both ends of a range."""
    found = _amount(plain, match)
    unit = _SHARED.search(match["number"] + (match["slang"] or ""))
    low = _LOW_END.search(plain, max(0, match.start() - _LEFT), match.start()) if found and unit else None
    if found and unit and low:
        value = parse_number(low["number"] + unit.group())
        if value and value < found.money.amount:
            yield AmountMention(replace(found.money, amount=value), low.span("number"))
    if found:
        yield found


def _amount(plain: str, match: re.Match[str]) -> AmountMention | None:
    number = match["number"] + (match["slang"] or "")
    if number in _SMALL and not (match["sign"] or match["unit"] or match["after"]):
        return None
    value = parse_number(number)
    if value is None or value == 0 or _names_no_figure(plain, match):
        return None
    unit = match["unit"] if not _NOT_UNIT.match(plain, match.start("unit")) else None
    end = match.end() if unit or not match["unit"] else match.end("number")
    signs = [s for s in (match["sign"], match["after"]) if s]
    if not signs and not unit and not _by_context(plain, match, number, value):
        return None
    if unit and not signs and _part_of_word(plain, match):
        return None
    if match["tenths"]:
        value += (parse_number(match["tenths"]) or 0) / Decimal(10)
    start = match.start("sign") if match["sign"] else match.start("number")
    return AmountMention(Money(value, _currency(signs)), (start, end))


def _names_no_figure(plain: str, match: re.Match[str]) -> bool:
    """好几千, 上万, 大几千: a unit alone, and 千万 and 万一, which are adverbs."""
    number, start = match["number"], match.start("number")
    if not _UNIT_FIRST.match(number):
        return False
    return bool(_VAGUE_BEFORE.search(plain, max(0, start - 2), start)) or not _UNITS_ALONE.match(plain, start)


def _currency(signs: list[str]) -> Currency | None:
    for pattern, currency in _SIGNS:
        if any(re.fullmatch(pattern.replace(r"(?=\d)", ""), sign) for sign in signs):
            return currency
    return None


def _part_of_word(plain: str, match: re.Match[str]) -> bool:
    """「一块」 meaning together, 「百元店」 and the like: a lone Chinese digit before 块 wants more."""
    return (
        match["number"] == "一"
        and match["unit"] == "块"
        and not re.match(r"(?:钱|五|二|[,。]|$)", plain[match.end() :][:1])
    )


def _by_context(plain: str, match: re.Match[str], number: str, value: Decimal) -> bool:
    left = plain[max(0, match.start("number") - _LEFT) : match.start("number")]
    right = plain[match.end("number") : match.end("number") + _RIGHT]
    if match["slang"]:
        right = plain[match.end("slang") : match.end("slang") + _RIGHT]
    if _COUNTED.match(right) or _COUNT_BEFORE.search(left.rstrip()):
        return False
    if number.isdigit() and (len(number) >= _PHONE_DIGITS or len(number) < _SHORT or number[0] == "0"):
        return False
    if "." in number and not re.search(r"[万千百亿kw]", number):
        return False
    if re.fullmatch(r"[\d.]+", number) and (
        not number.isdigit() or _is_year(value, right) or number in {"12315", "12345", "12348", "12377"}
    ):
        return False
    if not re.search(r"[十百千万亿kw\d]", number) or value < 100:  # noqa: PLR2004 - small bare numbers are counts
        return False
    compact = number.replace(" ", "")
    elliptic = re.search(r"[万千][一二三四五六七八九\d]$|万$|万.+[百千]$", compact) is not None
    near = re.split(r"[。!?;\n]", left)[-1] + "|" + re.split(r"[。!?;\n]", right)[0]
    return elliptic or bool(_MONEY_NEAR.search(near))


def _is_year(value: Decimal, right: str) -> bool:
    if right.startswith("年"):
        return not right.startswith(("年费", "年约", "年租"))
    return value in _YEARS and right.startswith(("/", "-"))
