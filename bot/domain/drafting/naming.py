"""How the customer is called: as they call themselves, or as our side called them before in the case."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Speaker

_TITLE = (
    r"(?:先生|小姐|女士|太太|經理|经理|主任|店長|店长|老師|老师|課長|课长|組長|组长|協理|协理|副理"
    r"|老闆|老板|總|总|姐|哥)"
)
_TRADE = (
    r"(?:[倉仓]管|[會会][計计]|[採采][購购]|[業业][務务]|助理|行政|[資资][訊讯]|[櫃柜][台檯]|[總总][務务]|人[資资事]|[財财][務务]|客服|出[納纳]|生管|品管|物管|小[編编]|店[員员]"
    r"|[運运][營营]|文[員员]|前[台檯]|IT|MIS)"
)
_END = r"(?=[，。！？,.!?～~、\s啦喔啊呀]|$)"
_OTHERS = r"(?!.{0,8}(?:同事|朋友|先生是|太太是))"
_SELF = (
    re.compile(
        rf"(?:我是|我叫|[這这][裡里邊边]是|敝姓|我姓){_OTHERS}[^，。！？,!?\s說说找問问]{{0,10}}?(?P<name>[一-龥]{_TITLE}){_END}"
    ),
    re.compile(
        rf"(?:我是|我叫|[這这][裡里邊边]是){_OTHERS}[^，。！？,!?\s說说找問问]{{0,10}}?(?P<name>[阿小][一-龥]){_END}"
    ),
    re.compile(rf"我{_OTHERS}[^，。！？,!?\s們们的說说找問问跟請请]{{0,6}}?{_TRADE}(?P<name>[阿小][一-龥]){_END}"),
)
_ADDRESSED = re.compile(rf"^(?P<name>[一-龥]{{1,2}}{_TITLE})[，,您]")


def name_of(case: Case) -> str | None:
    """The newest such name; None where nobody said one."""
    for message in reversed(case.messages):
        ways = _SELF if message.speaker is Speaker.CUSTOMER else (_ADDRESSED,)
        for way in ways:
            if found := way.search(message.text):
                return found["name"]
    return None
