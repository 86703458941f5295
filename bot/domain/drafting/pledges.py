"""What a logged promise says beside its time: an act to come, or a thing to be handed over."""

from __future__ import annotations

import re

from bot.domain.drafting.quoting import clean

_DAY = (
    r"(?:今天|今日|今晚|明天|明日|明早|[後后]天|\d{1,2}[/月]\d{1,2}[日號号]?|(?:[這这本下]?(?:[週周]|星期|[禮礼]拜)[一二三四五六日天末])"
    r"|月底|年底|[週周]末)"
)
_CLOCK = (
    r"(?:(?:上午|早上|中午|下午|傍晚|晚上)?\s*(?:\d{1,2}[:：]\d{2}|[\d一二三四五六七八九十兩两]{1,3}[點点](?:半|\d{1,2}分)?)"
    r"|下班|上午|中午|下午|傍晚|晚上)"
)
_TIME = re.compile(
    rf"(?:最[晚遲迟])?[在於于]?(?:{_DAY}\s*(?:的)?\s*{_CLOCK}?|{_CLOCK})\s*(?P<by>(?:之|以)?前)?[，,\s]*"
)
_SELF = re.compile(r"^(?:[我咱][們们]?(?:方|[這这][邊边])?|[這这][邊边])?(?:[會会]|[將将]|再|先|就|[儘尽]快)*")
_PERSON = re.compile(r"[我咱你他她]|[嗎吗？?]")
_ACT = re.compile(
    r"^(?:[遠远]端|[遠远]程|到[場场府]|上[門门線线]|[現现][場场]|[處处]理|[回答][覆復复]|回[電电報报]|[給给]|提供|提交|提出|[確确][認认定]|[補补]|修|派|[聯联][絡络系繫]|[約约]|打|寄|交|送|[發发]|更新|重"
    r"|安排|完成|[測测]|[檢检]|[排核]|查|[匯导導汇]|[轉转]|[寫写]|整理|[開开][通會会始放]|改|[換换]|[裝装]|[調调]|[說说]明|[協协]助|恢[復复]|通知|告[訴诉知]|把|[將将]|去|跟|和|[與与]|帶|带|做|列|拿|[出][具]|[設设]"
    r"|[刪删]|退|延|[評评]估|[優优]先|[報报](?!告|表|[價价][單单]))"
)
_TOO_SHORT = 2


def begins_then(promise: str) -> bool:
    """Whether its words name the time as when something is done, rather than by when."""
    found = _TIME.search(promise)
    return found is not None and not found["by"] and ":" in found[0].replace("：", ":")


def matter_of(promise: str, limit: int) -> str | None:
    """The promise without its time, told of whoever keeps it. None where that leaves nothing to be said."""
    words = clean(_SELF.sub("", _TIME.sub("", promise, count=1).strip()), limit)
    if words is None or len(words) < _TOO_SHORT or _PERSON.search(words) or _TIME.search(words):
        return None
    return words


def is_an_act(matter: str) -> bool:
    """Whether it reads as what somebody does: 回覆處理方案, but not 停機原因報告."""
    return bool(_ACT.match(matter))
