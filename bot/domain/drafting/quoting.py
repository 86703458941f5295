"""Takes the customer's own words up into a draft, so that they are harmless there and read well.

What customers and CRM fields say is data: no mention, link, mark-up, line break or brace of theirs survives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.reading.model import Reading, Span, Variant
from bot.domain.reading.variant import detect_variant
from bot.domain.text import one_line

MAX_QUOTE = 20
_REACH = 8 * MAX_QUOTE
MIN_QUOTE = 3
_BRACKETED = re.compile(r"<[^<>]*>|&(?:lt|gt|amp);")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MARKUP = re.compile(r"[*_~`{}<>@#|\\^\[\]]+")
_EDGES = " ，。、；：,.;:-—"
_BREAK = re.compile(r"[，。！？；：、,!?;:…～~\n\r]+|\.{2,}|(?<![A-Za-z0-9%])\s+(?![A-Za-z0-9])")
CLAUSES = re.compile(r"[^，。！？；：、,!?;:…～~\n\r]+")
_PERSON = re.compile(r"[你您妳我咱俺他她牠它誰谁]|[贵貴]司|[贵貴]公司|老子|本人")
_ASKING = re.compile(
    r"[嗎吗呢吧麼么哪]|什[麼么]|怎|如何|[請请]|[問问]一下|想[問问]|麻[煩烦]|[幫帮]|拜[託托]|求|救|為何|为何|能不能|可不可以"
)
_ROUGH = re.compile(
    r"https?|www|[過过]期|到期|[過过]保|保固|保修|[費费錢钱價价]|免|垃(?!圾[郵邮信])|[破爛烂鬼屁靠幹操媽妈爹蠢笨]|死(?![機机])|有病|看不出|白[痴癡]|什[麼么]東西|玩意|[\"'（）()]"
)
_LEAD = re.compile(
    r"^(?:(?:一直)?到[現现]在|[你您妳][們们]?家?(?:的|那[個个]|[這这][個个])|可是|但是|不過|不过|結果|结果|現在|现在|剛剛|刚刚|剛才|刚才|目前|所以|因為|因为|然後|然后|而且|另外|還有|还有"
    r"|就是|只是|又是|又|還|还|也|就|都|但|可|而|欸|唉|哎|啊|嗨|您好|你好|哈囉|哈喽|今天|今早|這次|这次|這回|这回)+"
)
MARKS = {Variant.HANT: str.maketrans("“”『』", "「」「」"), Variant.HANS: str.maketrans("「」『』", "“”“”")}
"""Words are retold without marks of their own, so marks within them are those of an outer quotation."""
_NO_THING = re.compile(r"[到沒没還还了見见不在就都又]")
_OWED = re.compile(r"(?:交|[給给]|提供|寄|[補补]|出具)的?(?![你您我他])([\u4e00-\u9fff]{2,8})$")
_WELL = re.compile(
    r"(?<!不)(?:ok|OK|Ok|正常|[沒没][問问][題题]|[沒没]事|[還还都]好的?$|(?:[還还都]|[還还]都)(?:可以|能)(?:用|刷|[開开]|[進进])?)"
)
_TOLD = re.compile(r"[說说講讲](?![明定])")
"""What somebody else said is no trouble by itself."""
TAIL = re.compile(r"(?:啦|啊|呀|喔|哦|欸|耶|呢|嘛|哈|囉|啰|QQ|[Tt]_[Tt]|@@|XD|=+|\s)+$")


def clean(text: str, limit: int = MAX_QUOTE) -> str | None:
    """``text`` on one line without mark-up, or None where nothing fit to show is left or it is too long."""
    if _LINK.search(text) or _BRACKETED.search(text):
        return None
    shown = one_line(_MARKUP.sub("", text)).strip(_EDGES)
    return shown if shown and len(shown) <= limit else None


def fits_variant(text: str, variant: Variant) -> bool:
    """Whether ``text`` would not break the variant of the draft around it."""
    return detect_variant(text) in (None, variant)


def quote_symptom(text: str, spans: list[Span], variant: Variant) -> str | None:
    """The customer's own short words for the trouble, from the clauses that hold ``spans`` or follow them."""
    clauses = [_clause(text, span) for span in spans]
    beside = [_clause(text, (end + 1, end + 2)) for _, end in clauses if end + 1 < len(text)]
    for start, end in clauses + [clause for clause in beside if TROUBLED.search(text[slice(*clause)])]:
        words = _trim(text[start:end])
        words = words and words.translate(MARKS[variant])
        if words and _quotable(words) and fits_variant(words, variant):
            return words
    return None


def clauses_beside(text: str, spans: list[Span]) -> Iterator[str]:
    """The clauses that hold ``spans``, then all others, each trimmed to what could be said again."""
    told = [_clause(text, span) for span in spans]
    every = (mark.span() for mark in CLAUSES.finditer(text, 0, 2 * _REACH))
    for start, end in (*told, *every):
        if words := _trim(text[start:end]):
            yield words


def all_well(words: str) -> bool:
    """Whether a clause says that something works: it names what is not the trouble."""
    return bool(_WELL.search(words)) and not TROUBLED.search(words)


def polite(words: str) -> bool:
    """Whether ``words`` address nobody, ask for nothing and hold nothing rough."""
    return not (_PERSON.search(words) or _ASKING.search(words) or _ROUGH.search(words))


def quote_owed(text: str, spans: list[Span], variant: Variant) -> str | None:
    """What was to be handed over, where the customer names it right behind the handing over."""
    for span in spans:
        words = _trim(text[slice(*_clause(text, span))])
        owed = _OWED.search(words) if words else None
        if (
            owed
            and not _NO_THING.search(owed[1])
            and not _PERSON.search(owed[1])
            and not _ASKING.search(owed[1])
            and fits_variant(owed[1], variant)
        ):
            return owed[1]
    return None


def quote_words(text: str, span: Span, variant: Variant, limit: int = 12) -> str | None:
    """An amount or a date exactly as the customer wrote it."""
    words = clean(text[span[0] : span[1]], limit)
    return words if words and fits_variant(words, variant) else None


def spans_of(reading: Reading, *labels: str) -> list[Span]:
    """Where the labels show, in the order of ``labels``."""
    return [e.span for label in labels for e in reading.evidence if e.label == label]


def _clause(text: str, span: Span) -> Span:
    """The clause around ``span``; of one too long to be quoted only a part that is too long as well."""
    start, end = max(0, span[0] - _REACH), min(len(text), span[0] + _REACH)
    for mark in _BREAK.finditer(text, start, end):
        if mark.end() <= span[0] + 1:
            start = mark.end()
        elif mark.start() > span[0]:
            end = mark.start()
            break
    return start, end


def _trim(words: str) -> str | None:
    cleaned = clean(words, 4 * MAX_QUOTE)
    if cleaned is None or cleaned != words.strip(" ，。、；：,.;:-—"):
        return None
    cleaned = _LEAD.sub("", cleaned).strip()
    return TAIL.sub("", cleaned)


def _quotable(words: str) -> bool:
    return (
        MIN_QUOTE < len(words) <= MAX_QUOTE
        and words.count("「") == words.count("」")
        and words.count("“") == words.count("”")
        and polite(words)
        and not _TOLD.search(words)
    )


_HOW = re.compile(
    r"在哪[個个]?(?:[選选][單单]|菜[單单]|[畫画界]面|[頁页]|功能|地方|[裡里兒儿])|(?:怎[麼么]|如何|哪[裡里兒儿]|哪[個个]|在哪).{0,8}?"
    r"(?:[設设]|[開开]|用|做|加|改|找|匯|[导導]出|[导導]入|[匯汇]出|[匯汇]入|弄|操作|登|申請|申请|[刪删]|看|[調调]|查|[點点]|按|在|新增|取消|停用|啟用|启用|[關关][閉闭掉]|綁定?|绑定?|[換换])"
)
_WHETHER = re.compile(r"[會会]不[會会][^，。？?,]{0,8}")
TROUBLED = re.compile(
    r"[不沒没](?:了|到|出|見|见|通|動|动|上|開|开|能|過|过|行|去|來|来|反)|[壞坏錯错卡斷断掛挂跳漏丟丢掉崩癱瘫]|失[敗败]|當機|当机|死机|宕|[報报][錯错]"
    r"|[異异]常|故障|消失|[亂乱][碼码]|[變变]成|0字[節节]|少[算了]"
)


def asks_how_in(text: str) -> bool:
    """Whether the customer asks how something is done, and names no trouble beside it."""
    return bool(_HOW.search(text)) and not TROUBLED.search(_WHETHER.sub("", text))


_ITEM_BREAK = re.compile(r"[、；;]")
_TITLE = re.compile(r"^[^：:]*[：:]")
_MAX_ITEM = 16
_MOREOVER = re.compile(r"(?<=.)又(?=.)")
_TICKET = re.compile(r"^\D{0,4}[A-Za-z]*-?\d{2,}")
_MIN_ITEMS, _MAX_ITEMS = 2, 4
_STOPS = re.compile(
    r"刷卡|[門门]禁|收不到|[進进]不|登不|打不[開开]|[連连]不|[斷断]|停|[當当宕]機|死机|宕|掛|挂|[錢钱]|[薪工][資资]|付款|收銀|收银|交易|出[貨货]|[產产][線线]|全部"
)
_LOOKS = re.compile(
    r"[顏颜]色|字[體体小]|版面|[樣样]式|logo|模板|英文|[畫画]面|[圖图][標标]|界面|排版|短信|通知|提醒",
    re.IGNORECASE,
)


def ranked_items(text: str, variant: Variant) -> tuple[str, ...]:
    """Two to four matters that the customer listed, in the order of what stops their business first."""
    for sentence in re.split(r"[。！？!?\n]", text):
        parts = _ITEM_BREAK.split(sentence)
        if len(parts) < _MIN_ITEMS:
            continue
        items = [words for part in parts if (words := _item(part, variant))]
        if len(items) == len(parts) and len(items) <= _MAX_ITEMS:
            return tuple(sorted(items, key=_weight_of))
    return ()


def _item(part: str, variant: Variant) -> str | None:
    ticket = _TICKET.match(part)
    words = ticket.group() if ticket else _trim(next(filter(None, _BREAK.split(_TITLE.sub("", part).strip())), ""))
    words = words and _MOREOVER.sub("", words)
    usable = words and 1 < len(words) <= _MAX_ITEM and not _PERSON.search(words) and not _ASKING.search(words)
    return words if usable and not _ROUGH.search(words or "") and fits_variant(words or "", variant) else None


def _weight_of(item: str) -> int:
    """The sort is stable: what weighs alike stays in the customer's order."""
    return 0 if _STOPS.search(item) else 2 if _LOOKS.search(item) else 1
