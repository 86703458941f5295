"""What a customer asks, bids and whom they ask for by name, in their own words where those read well."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Speaker
from bot.domain.drafting.dialogue import QUESTION
from bot.domain.drafting.naming import name_of
from bot.domain.drafting.quoting import MARKS, TAIL, clean, fits_variant, quote_words
from bot.domain.drafting.sources import Found, Sources
from bot.domain.money import Money
from bot.domain.reading.model import Variant
from bot.domain.reading.money import find_amounts
from bot.domain.reading.normalise import normalise

_CUSTOMER = "customer:message"
_MAX_ASKING = 18
_MIN_ASKING = 5
_LONGEST = 600
_YES_OR_NO = re.compile(r"[嗎吗]|[會会]不[會会]|有[沒没]有|是不是|[要能]不[要能]")


def words(sources: Sources) -> Found:
    """The slots ``asking``, ``bid`` and ``colleague``."""
    variant = sources.reading.variant
    newest = [message.text for message in reversed(sources.case.unanswered)]
    yield "asking", next((told for text in newest if (told := quote_asking(text, variant))), None), _CUSTOMER
    contract = sources.situation.standing.contract
    usual = contract.renewal_price if contract else None
    yield "bid", next((told for text in newest if (told := quote_bid(text, variant, usual))), None), _CUSTOMER
    yield "colleague", colleague_in(sources.case, variant), _CUSTOMER


_CLAUSES = re.compile(r"[^，。！？；：,!?;:～~\n\r]+[?？]?")
_UNFIT = re.compile(
    r"[你妳您我咱]|[貴贵]司|[破爛烂鬼屁靠幹操媽妈蠢]|到底|他[媽妈]|「|“|[想請请][請请]?[問问]|免[費费]|什[麼么]意思|怎[麼么]回事"
)
_OPENS = re.compile(
    r"^(?:那|所以|可是|但是?|而且|[還还]有|另外|[請请][問问](?:一下)?|想[問问](?:一下)?|[欸唉啊]|不然)+"
)


def quote_asking(text: str, variant: Variant) -> str | None:
    """A short question that addresses nobody, fit to be set in quotation marks: the last to be said yes or no to."""
    asked = [clause for clause in _CLAUSES.findall(text[:_LONGEST]) if QUESTION.search(clause)]
    asked.sort(key=lambda words: bool(_YES_OR_NO.search(words)))
    for clause in reversed(asked):
        told = clean(TAIL.sub("", _OPENS.sub("", clause.strip(" ?？"))), _MAX_ASKING)
        if told and len(told) >= _MIN_ASKING and not _UNFIT.search(told) and fits_variant(told, variant):
            return told.translate(MARKS[variant])
    return None


_SHARE = re.compile(r"(?:打|[給给]|算|做)?[個个]?(?P<share>(?:[一二三四五六七八九]|[1-9])(?:[.點点]?[\d五])?折)")
_BID_BEFORE = re.compile(
    r"(?:做到|降到|[壓压]到|[談谈]到|少到|算(?:到|我|我[們们])?|能不能|可不可以|[給给](?:我|到)?|收|要是|只要|最多(?:出)?)\s*$"
)
_BID_AFTER = re.compile(
    r"\s*[元塊块]?(?:以[內内下])?[，,]?(?:的[話话])?(?:我[們们]?)?(?:就|可以|能不能|行不行|行[嗎吗]|能做|成交|可不可以|好不好)"
)


def quote_bid(text: str, variant: Variant, usual: Money | None) -> str | None:
    """The price that the customer would pay, as they wrote it: 四万五, 八折; never the ``usual`` one."""
    text = text[:_LONGEST]
    for mention in find_amounts(normalise(text)):
        start, end = mention.span
        near = _BID_BEFORE.search(text, max(0, start - 8), start) or _BID_AFTER.match(text, end)
        if near and not (usual and mention.money.amount == usual.amount):
            return quote_words(text, mention.span, variant)
    share = _SHARE.search(text)
    return share["share"] if share else None


_SURNAME = (
    "赵趙陈陳王李张張刘劉林黄黃吴吳周徐孙孫马馬朱胡郭何高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭蔡潘田董袁于余叶葉杜苏蘇魏程吕呂丁沈任姚卢盧姜崔钟鐘谭譚"
    "陆陸汪范金石廖贾賈夏韦韋方白邹鄒孟熊秦邱江尹薛阎閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔汤湯赖賴洪庄莊游柯简簡翁"
)
_TITLE = r"工程[師师]|[師师]傅|先生|小姐|[經经]理|[顧顾][問问]|哥|姐|工(?!作|程|[單单]|地|[廠厂])"
_NAMED = re.compile(
    rf"(?P<name>小[{_SURNAME}](?:工(?!作|程))?|老[{_SURNAME}](?:工(?!作|程))?|阿(?![姨伯里])[一-龥](?=[啦吧，,。！!？?、\s幫帮來来看直以之上接弄處处就那他])"
    rf"|[{_SURNAME}](?:{_TITLE}))"
)


def colleague_in(case: Case, variant: Variant) -> str | None:
    """The one of our people whom the customer calls by name; never the customer's own name."""
    own = name_of(case) or ""
    for message in reversed(case.messages):
        if message.speaker is Speaker.CUSTOMER:
            for found in _NAMED.finditer(message.text[:_LONGEST]):
                name = found["name"]
                theirs = re.search(
                    r"我(?:是|叫).{0,8}$|我[們们]?(?:公司|家|[這这那][邊边裡里])?的?$", message.text[: found.start()]
                )
                if not theirs and not (own and (name in own or own in name)):
                    return name if fits_variant(name, variant) else None
    return None
