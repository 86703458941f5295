"""What our side has already established in the conversation, in its own words."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Speaker
from bot.domain.drafting.quoting import clean, fits_variant
from bot.domain.reading.model import Variant

MAX_FOUND = 64
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_EVIDENCE = re.compile(
    r"日[誌志]|[紀记][錄录](?:[顯显]示|[上裡里]|是|有)|[Ll]og|比[對对](?:完|[過过]|了|下)|核[對对](?:完|[過过]|了|下)|[確确][認认][單单]|[確确][認认](?:了|[過过])?[，,]?(?:是|[為为])"
    r"|造成|[導导]致|退回(?:前|上)一?版|回[滾滚退]"
    r"|查(?:了|到|出|[過过完]|下[來来]|明|清)|原因(?:是|在)|[測测](?:[試试])?(?:[過过]|了|出)"
)
_LEAD = re.compile(r"^[^：:，,]{0,16}[：:]\s*")
_AHEAD = re.compile(
    r"[？?嗎吗]|[請请麻]|我(?:先|再|[會会]|去)|[還还正]在|稍[後后]|下午回|再回|[剛刚]查了?一下|[維维][護护保]|保[固修]|免收|[單单]次|[報报][價价]|[續续][約约費费]|到期|主管|[領领][導导]"
)
"""Not established: asked, still to be done, or about contract and price, which the CRM tells."""


_OVER = re.compile(
    r"已(?:經|经)?(?:先|都|全部?)?(?:恢[復复]|修[復复好]|排除|解[決决]|[還还]原|改回|退回|回[滾滚退]|[換换]好|正常)|[後后](?:[發发]卡|[運运]作|使用|功能|系[統统])?.{0,6}(?:就|已|都)?(?:恢[復复]|正常)(?!不)"
    r"|恢[復复](?:正常|了)|(?:修|弄|[處处]理)好了|退回(?:前|上)一?版|回[滾滚](?:了|完|到)|[現现]在(?:已|都|[應应][該该])?.{0,4}正常|先退回"
)
_NOT_OVER = re.compile(
    r"(?:[還还尚未沒没]|[預预][計计]|[會会]|[請请]|[後后]再|[才要先]能|何[時时]|多久|[爭争]取|[儘尽]快|[嗎吗？?]|才).{0,6}(?:恢[復复]|修[復复好]|正常|退回|改回|回[滾滚])"
)
_AGAIN = re.compile(
    r"[還还又仍](?:是|然|有|在)?.{0,6}(?:不行|不能|不了|[壞坏]|卡|[斷断]|當|[錯错]|失[敗败]|[沒没]|打不|[進进]不)|[沒没]好|不行|又(?:[來来壞坏斷断掛挂當]|[開开]始)"
)


def restored_in(case: Case) -> bool:
    """Whether our side said that it works again, and the customer has not said since that it does not."""
    for message in reversed(case.messages):
        if message.speaker is Speaker.CUSTOMER:
            if _AGAIN.search(message.text[:2000]):
                return False
        elif any(
            _OVER.search(words) and not _NOT_OVER.search(words) for words in _SENTENCE.findall(message.text[:2000])
        ):
            return True
    return False


def found_in(case: Case, variant: Variant) -> str | None:
    """The newest thing found out that an agent told the customer, short enough to be said again."""
    for message in reversed(case.messages):
        if message.speaker is Speaker.CUSTOMER:
            continue
        for sentence in _SENTENCE.findall(message.text[:2000]):
            if _EVIDENCE.search(sentence) and not _AHEAD.search(sentence):
                words = clean(_bare(sentence), MAX_FOUND)
                if words and fits_variant(words, variant):
                    return words
    return None


_POLITE = re.compile(
    r"^(?:已?[經经]?(?:查|[確确][認认])清?楚?了|(?:真的?|很|非常)?(?:[對对]不起|抱歉|不好意思).{0,4})$"
)


def _bare(sentence: str) -> str:
    """The finding alone: without who tells it, that it was looked for, and the apology beside it."""
    said = _LEAD.sub("", sentence.strip()).rstrip("。！!")
    return "，".join(clause for clause in re.split(r"[，,]", said) if not _POLITE.match(clause.strip()))
