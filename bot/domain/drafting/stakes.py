"""What hangs on the trouble, in the customer's own clause: who waits, who presses them, what is due today."""

from __future__ import annotations

import re

from bot.domain.drafting.quoting import CLAUSES, MARKS, MIN_QUOTE, TAIL, clean, fits_variant, polite
from bot.domain.reading.model import Variant

MAX_STAKE = 16
_WHO = (
    r"[督][導导]|[廠厂][長长]|院[長长]|校[長长]|[運运][營营]|[業业]助|客人|客[戶户]|[顧顾]客|[會会][員员]|[學学][員员]|家[長长]|病人|病患|[員员]工|同事|司機|司机|[業业][務务]|[會会][計计]|[財财][務务]|店[長长員员]|班[長长]|[廠厂]商|供[應应]商|住[戶户]"
    r"|老[闆板]|主管|[領领][導导]|[總总]?[經经]理|[區区][經经]理|董事[長长]|[總总][監监]|[買买]家|[電电][話话]|[車车][隊队子]|[貨货][櫃柜]?[車车]|[產产][線线]|[現现][場场]|[門门]市|[門门]口|[櫃柜][台檯]|前[台檯]"
    r"|[總总]部|集[團团]|[倉仓][庫库管]|大家|全店|全公司|整[條条]|整[個个](?:部[門门]|[辦办]公室|公司|[廠厂]|[團团][隊队])|[師师]傅|工人|作[業业][員员]|醫生|医生|[護护]士|[審审][計计]|[國国]?[稅税][局務务]"
)
_HELD = re.compile(
    rf"(?:{_WHO}).{{0,7}}(?:等|催|[罵骂]|[鬧闹]|吵|[問问]|抱怨|白眼|[盯瞪]|[圍围]|退[費费單单貨货訂订]|[進进]不|出不|上不|下不|用不|刷不|收不|付不|打不|看不|走不|[動动]不|不能|沒辦法|没办法|[沒没]法|停|空[轉转]|[乾干]坐"
    rf"|[寫写][紙纸]|手[寫写]|[爆炸]|拍桌|[發发]火|跳[腳脚])"
    r"|(?:[一二三四五六七八九十兩两几幾\d]+(?:[個个]|位|名)?人).{0,6}(?:等|停|坐|卡)|[乾干]等"
    r"|排(?:了|到|著|着|滿|满|[長长]).{0,8}|[堵塞](?:了|在|著|着|滿|满).{0,6}|[電电][話话].{0,3}(?:接不完|打爆|[沒没]停)"
    r"|(?:在等|等[著着了]|等到|[樓楼]下等|外面等|[門门]口等|停[了擺摆線线工]|要停|[干乾]坐)"
)
"""Somebody is held up by the trouble, or lets the customer feel it."""
_COMING = re.compile(
    r"(?:今天|今晚|明天|明早|[後后]天|[這这本下]?[週周][一二三四五六日天末]|月底|下午|晚上|[一二三四五六七八九十\d]+[點点]半?)"
    rf"(?:.{{0,6}}(?:{_WHO}).{{0,3}})?.{{0,3}}(?:就|要|得|[還还]要|截止|前要|[會会]|有(?![空沒没])|[來来][收看拿載载]|[開开][放幕門门])"
    r"(?!.{0,2}(?:好|修|弄|[給给]))\S{1,8}"
    r"|(?:截止|就要[開开])|(?:尖峰|高峰|旺季|大促|[檔档]期|[時时]段|[開开][店門门播]).{0,2}(?:快|就|要|馬上|马上)(?:到|[開开]始|[來来])"
)
"""Something is due on a day that does not move."""
_PRESSED = re.compile(rf"被(?:{_WHO}).{{0,3}}(?:[罵骂念唸盯追催電电修削]|[約约][談谈])")
"""The customer was taken to task for it."""
_MINE = re.compile(r"我[們们]?|咱[們们]?")
_OURS = {Variant.HANT: "您那邊", Variant.HANS: "您那边"}
_UNFIT = re.compile(
    r"[錯错][扣罰罚]|工作|[績绩]效|[這这][家間间]|不(?:要|想)用|[換换]|要死|[殺杀]|滾|滚|[說说講讲].{0,4}(?:你|[貴贵])|[說说].*[換换退]|如果|要是|反正|[沒没]人|律[師师]|起[訴诉]|投[訴诉]|申[訴诉]|[別别]家|不[賠赔]|[談谈]了|[發发][函文帖]|爆料|公[開开]|[賠赔]"
)
_LEAD = re.compile(
    r"^(?:可是|但是|不過|不过|結果|结果|所以|因為|因为|然後|然后|而且|另外|還有|还有|就是|只是|害得?|搞得|弄得|[現现]在|而|但|欸|唉|哎|啊|嗨|您好|你好"
    r"|拜[託托]|快[點点]|急|[啦喔哦])+"
)
_EMOTICON = re.compile(r"(?:[^\w%]|_)+$")
_LONGEST = 600
_KINDS = (_HELD, _COMING, _PRESSED)


def quote_stake(text: str, variant: Variant) -> str | None:
    """One clause, told of the customer instead of by them; None where none is short and clean enough."""
    clauses = [words for clause in CLAUSES.findall(text[:_LONGEST]) if (words := _bare(clause))]
    for kind in _KINDS:
        for words in clauses:
            if kind.search(words) and not _UNFIT.search(words) and (told := _told(words, variant)):
                return told
    return None


def _bare(clause: str) -> str | None:
    words = TAIL.sub("", _LEAD.sub("", _EMOTICON.sub("", clause.strip())))
    return clean(words, MAX_STAKE) if len(words) > MIN_QUOTE and "「" not in words and "“" not in words else None


def _told(words: str, variant: Variant) -> str | None:
    """The clause with the customer in the place of the speaker, if nothing else in it is in the way."""
    if not polite(_MINE.sub("", words)) or not fits_variant(words, variant):
        return None
    turned = _MINE.sub(lambda mine: "您" if mine[0] in "我咱" else _OURS[variant], words)
    return turned.translate(MARKS[variant])
