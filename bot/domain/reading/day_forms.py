"""The forms in which messages name a day, a week, a month or a span; each with its meaning in ``days``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.reading import days
from bot.domain.reading.festivals import NAMES

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?P<yr>去年|今年|明年|前年)?"
_MONTH_NUMBER = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY_PART = r"(?=天|日(?!志|常|后)|晚|早|晨|夜|儿|午|下午|上午)"
_WEEK = r"(?:周|星期|礼拜|拜)"
_UNIT = r"(?P<unit>工作天|工作日|天|日|周|星期|礼拜|个月|月|年|小时|钟头|分钟|刻钟)"
_MONTH_PART = "底|末|初|中旬|上旬|下旬|中(?!旬|间)"
_DIRECTION = r"(?P<dir>以内|之内|内|以后|之后|后|以前|之前|前)"


@dataclass(frozen=True, slots=True)
class Form:
    """``marks`` are characters of which each match has one: without them the pattern need not be tried."""

    marks: frozenset[str]
    pattern: re.Pattern[str]
    meaning: days.Handler


FORMS = tuple(
    Form(frozenset(marks), re.compile(pattern), meaning)
    for marks, pattern, meaning in (
        (
            "年",
            rf"(?P<roc>民国)?(?<!\d)(?P<y>\d{{2,4}})年(?P<mo>\d{{1,2}})月(?:(?P<d>\d{{1,2}})[日号]?|份?(?P<part>{_MONTH_PART}))?",
            days.full_date,
        ),
        (
            "12",
            (
                r"(?P<roc>民国)?(?<![\d/.-])(?P<y>(?:19|20)\d\d|1[012]\d)(?P<s>[/.-])(?P<mo>\d{1,2})(?P=s)(?P<d>\d{1,2})"
                r"(?![\d/.-]\d|\d)"
            ),
            days.full_date,
        ),
        ("月", rf"{_YEAR}(?P<mo>{_MONTH_NUMBER}) ?月(?:份)? ?(?P<d>{_N}) ?[日号]?(?! ?个)", days.month_and_day),
        (
            "/",
            (
                r"(?<![\d/.a-z-])(?P<mo>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/%]|\.\d)"
                r"(?P<wd> ?\(?(?:周|星期|礼拜)?[一二三四五六日]\)?)?"
            ),
            days.slashed,
        ),
        (
            "号日",
            (
                r"(?P<pre>上个|下个|上|下|本|这个|这)?月?(?<![\d第a-z.])"
                r"(?P<d>3[01]|[12]?\d|[一二三]?十[一二三四五六七八九]?)[号日](?![人楼机线门院店工库站窗台码])"
            ),
            days.day_of_month,
        ),
        (
            "周期拜",
            rf"(?P<pre>上上|下下|上|下|这|本|今天是|今天|今日)?(?<![一两每几单双])个?{_WEEK}(?P<wd>[一二三四五六日天末])(?![期家致])",
            days.weekday,
        ),
        ("周期拜", r"(?P<pre>上上|下下|上|下|这|本)个?(?:周|星期|礼拜)", days.week),
        ("旦诞劳五双节年夕宵午秋明", rf"(?P<day>{'|'.join(NAMES)})节?(?!路|品牌|上河)", days.festival),
        (
            "年",
            r"(?<![\d几数多半一二两三四五六七八九十去今明后前个青中老成])(?P<day>年)(?=之?前(?!后|一|两|几))",
            days.festival,
        ),
        ("天日晚早晨夜儿午", rf"(?P<rel>大前|大后|今|明|昨|前|后){_DAY_PART}(?:天|日|儿个?)?(?![端台])", days.relative),
        ("om", r"(?<![a-z])(?P<rel>today|tomorrow|tmrw?|eod)(?![a-z])", days.relative),
        ("y", r"(?<![a-z])(?P<pre>next |this )?(?P<wd>mon|tues|wednes|thurs|fri|satur|sun)day(?![a-z])", days.weekday),
        (
            "内后前",
            (
                r"(?:(?P<n>\d{1,3}(?:\.\d)?|[一二两三四五六七八九十]{1,3})|(?P<half>半)) ?个?(?P<half2>半)? ?"
                rf"{_UNIT} ?{_DIRECTION}"
            ),
            days.span,
        ),
        (
            "给限",
            (
                r"(?:(?<=给你)|(?<=给你们)|(?<=给贵司)|(?<=给贵公司)|(?<=限)|(?<=限你们)|(?<=限贵司))(?:最多|最后|再)?"
                r"(?:(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})|(?P<half>半)) ?个?(?P<half2>半)? ?"
                r"(?P<unit>工作天|工作日|天|日|周|星期|礼拜|小时|钟头|分钟)(?P<dir>)(?!了|的(?!时间|期限)|前|以前|之前|后|之后)"
            ),
            days.span,
        ),
        (
            "月",
            (
                rf"{_YEAR}(?P<mon>上上个|下下个|上个|下个|这个|本|这|当|{_MONTH_NUMBER})月(?:份)?"
                rf"(?P<part>{_MONTH_PART})?(?!租|费|卡|结|报|薪)"
            ),
            days.month,
        ),
        (
            "月",
            r"(?<![一二三四五六七八九十\d个每按当])(?P<yr>)(?P<mon>)月(?P<part>底|末|初|中(?=旬|左右|之?前|以前))",
            days.month,
        ),
        (
            "q季",
            r"(?P<yr>去年|今年|明年)?(?:(?<![a-z\d])q(?P<q>[1-4])(?!\d)|第?(?P<qn>[一二三四]|[上下](?=一?季)|[本这])一?季度?)",
            days.quarter,
        ),
        ("半", r"(?P<yr>去年|今年|明年)?(?P<half>上|下)半年", days.half_year),
        ("年", r"(?P<yr>去|今|明|前|后)?年(?P<part>底|末|终|初|中(?!国))(?!奖|考|盘)", days.year),
        ("年", r"(?P<yr>去|今|明|前)年(?P<part>)", days.year),
    )
)
