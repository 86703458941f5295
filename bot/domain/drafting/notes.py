"""What a supervisor's note holds for the customer: terms and ways, without its reasons and what is meant for us.

A note is written to a colleague. A sentence goes to the customer only where nothing in it is for our eyes; what
cannot be told apart stays inside (rule 64).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.cases import Verdict
from bot.domain.drafting.quoting import clean, fits_variant
from bot.domain.reading.model import Variant

MAX_TERMS = 84
MAX_GROUND = 20
_SENTENCE = re.compile(r"[；;。！!\n]+")
_CLAUSE = re.compile(r"[，,](?!\d{3})")
_SAID = (
    r"同意|准|批准|核准|可以|行|可|OK|ok|通[過过]|放行|照[做辦办]|免收|免[費费]|全免|[減减]免|不收[費费錢钱]?|收[費费]|照收|[計计][費费]|[駁驳]回|拒[絕绝]"
    r"|[賠赔](?:[償偿])?|[補补][償偿]"
)
_POSITION = re.compile(
    r"^(?:[維维]持|原[價价]|全[額额]|[請请]求)?"
    rf"(?:(?:[本這这此][次回件案])?(?:不|未|[無无]法|不能|[沒没])?(?:予|便)?(?:{_SAID})){{1,3}}"
    r"(?:[處处]理|服[務务]|[維维]修)?(?:了|吧|即可|辦理|办理)?$"
)
_ONCE = re.compile(
    r"^(?:[僅仅只](?:此|限|有)?(?:[本這这此])?(?:一?次)|下不[為为]例|(?:[本這这]次)?(?:特殊|特[別别]|[個个]案)[處处]理|特例)$"
)
_THIS_TIME = re.compile(r"^[僅仅只](?:此|限|有)?(?:[本這这此])?一?次$")
_TERM = re.compile(
    r"[單单]次|[續续][約约費费]|[元塊块折費费收付抵退送賠赔補补免扣]|[價价]|做|改|修|[換换]|加|提供|安排|派|[處处]理|[辦办]理|延[長长]|[開开][會会]|[評评]估|[簽签]|[結结]清|[確确][認认]"
    r"|指定|[導导匯汇]出|[刪删]|(?:按|依|照).*(?:合同|合[約约]|[條条]款)|不在|不含|包含|[範范][圍围]|[終终]止|取消|配合|[給给]|[維维]持|升[級级]|[優优]先"
    r"|[測测][試试]|[檢检][查修]|\d *期"
)
"""What grants, asks or names a price: a clause without any of it is talk."""
_INSIDE = re.compile(
    r"[他她]|底[線线]|上限|最[多高]|必要[時时]|[談谈]判|[讓让]步|[備备]案|[談谈]不[攏拢]|再[鬧闹]|[鬧闹]|[還还]不|不接受|不肯|[堅坚]持|硬|擋|拖|安[撫抚]|[應应]付"
    r"|[別别勿](?!的|人|[家處处])|不要|不用|不必|不可[對对]|[內内]部|毛利|成本|利[潤润]|[虧亏]|[業业][績绩]|[難难]搞|奧客|刁|[煩烦]|[慣惯]|老客[戶户]|大客[戶户]|[風风][險险]|法[務务]"
    r"|[話话][術术]|[語语][氣气]|[態态]度|客服|同仁|同事|你|[記记]得|注意|提醒|[說说]明清楚|[跟對对向]客[戶户]|告[知訴诉]|回[覆复]客|[請请](?:业|業|工|先跟)"
    r"|[應应][該该]|大概|可能|看看|再[說说想看議议]|不然|老[闆板]|股[東东]|媒[體体]|怕|麻[煩烦]|[給给]面子|人情"
    r"|拗|[誇夸][張张]|道理|[離离][譜谱]|[爛烂笨蠢貪贪賴赖賺赚]|[投客][訴诉]|威[脅胁]|[過过]分|[囉啰]|又[來来]|常常|每次|老是|一直|吃定"
    r"|客[戶户](?!(?:方|[那這这][邊边])?(?:[，、]|$|可|[須须需要先自應应]|指定|提供|[簽签付]|[確确][認认]|同意|配合|[續续補补買买選选升加若如]|[願愿]意|[下本明][個个]?[月年季週周]|的))(?<![由請请給给讓让幫帮為为替與与和向議议]客[戶户])"
)
"""Meant for us: what could still be given, what we think of the customer, whom to tell what."""
_CUSTOMER = re.compile(r"(?:[該该]|[這这][個个]?)?客[戶户](?:方|[那這这][邊边])?")
_US = re.compile(r"(?:由)?我[方司]|本公司")
_GIVEN_FREE = re.compile(r"免[費费](?=[給给]您)")
_MONEY = re.compile(
    r"((?:[單单]次|[續续][約约費费]|收|[補补][償偿]|[賠赔]|付|算|[價价]|退|抵)\D{0,4}?)(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d{3,})"
    r"(?![\d,]|\s*[元塊块圓圆美%％個个位人點点筆笔張张天日月年週周小分折版輪轮次台家件項项]) *"
)
_PRICED = re.compile(r"\d[\d,]*\s*[元塊块圓圆]|(?:[$＄¥￥])\s*\d|[一-鿿]折")


@dataclass(frozen=True, slots=True)
class Terms:
    """``words`` are fit for the customer; ``priced`` where they name what something costs."""

    words: str
    priced: bool


def terms_of(note: str, verdict: Verdict, variant: Variant, told: tuple[str, ...] = ()) -> Terms | None:
    """What is granted, asked or left open beside the bare verdict. None where nothing of it may be told.

    ``told`` is what the draft says of the decision anyway: a clause of the note that says no more is left out.
    """
    first, *others = _sentences(note) or [""]
    kept = (_behind_the_verdict(first, verdict, told), *(_beside(_clauses(words), verdict, told) for words in others))
    text = "；".join(spoken_to(words, variant) for words in kept if words)
    shown = clean(text, MAX_TERMS) if text else None
    if shown is None or not fits_variant(shown, variant):
        return None
    return Terms(shown, bool(_PRICED.search(shown)))


def ground_of(note: str, said: str, variant: Variant) -> str | None:
    """Why it was granted, where the customer said as much: other reasons are ours."""
    for sentence in _sentences(note):
        clauses = _clauses(sentence)
        at = next((index for index, words in enumerate(clauses) if _POSITION.match(words)), 0)
        words = "，".join(clauses[:at])
        if 1 < len(words) <= MAX_GROUND and alike(words, said) and fits_variant(words, variant):
            return clean(words, MAX_GROUND)
    return None


_WAIVED = re.compile(
    r"^(?:[本這这此][次回筆笔])?的?(?P<what>[^，,]{0,8}?[費费錢钱][^，,]{0,3}?\s*[\d,]+\s*[元塊块圓圆]?)\s*(?:全[額额]?)?(?:免收|全免|不收|[減减]免|免[除掉]?)(?:了|即可)?$"
)


def waived_in(note: str, variant: Variant) -> str | None:
    """The sum that an approval lifts, named as in the note: 單次費 4,500 元."""
    for sentence in _sentences(note):
        for words in _clauses(sentence):
            if (found := _WAIVED.match(words)) and fits_variant(words, variant):
                return clean(found["what"].strip(), MAX_GROUND)
    return None


_NO_MATTER = re.compile(
    r"[我你您他她]|[點点]前|\d:\d|[今明後后][天日]|[週周][一二三四五六日]|回[覆复報报您]|[說说]|[嗎吗？?]"
)


def tells_a_matter(promise: str) -> bool:
    """Whether its words name what was promised, rather than when somebody is told."""
    return not _NO_MATTER.search(promise)


_ALIKE = 0.6


def alike(words: str, text: str) -> bool:
    """Whether ``text`` says ``words``, as far as pairs of characters tell."""
    pairs = [words[at : at + 2] for at in range(len(words) - 1) if words[at : at + 2].strip("，。；、（）() ").strip()]
    return bool(pairs) and sum(pair in text for pair in pairs) >= _ALIKE * len(pairs)


def _sentences(note: str) -> list[str]:
    """Those without a word that is meant for us."""
    parts = (part.strip() for part in _SENTENCE.split(note))
    return [part for part in parts if part and not _INSIDE.search(part)]


def _clauses(sentence: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE.split(sentence) if clause.strip()]


def _behind_the_verdict(sentence: str, verdict: Verdict, told: tuple[str, ...]) -> str:
    """Without the verdict itself and, where it is a bare yes or no, the reason that stands before it."""
    clauses = _clauses(sentence)
    positions = [index for index, words in enumerate(clauses) if _POSITION.match(words)]
    if positions and verdict is not Verdict.COUNTER:
        clauses = clauses[positions[0] + 1 :]
    while clauses and _POSITION.match(clauses[0]):
        clauses = clauses[1:]
    return _beside(clauses, verdict, told)


def _beside(clauses: list[str], verdict: Verdict, told: tuple[str, ...]) -> str:
    """Without what drafts say anyway: of a yes, that it is for this once, and what is ``told``.

    Empty where it is mere talk.
    """
    limit = [w for w in clauses if verdict is Verdict.COUNTER and _THIS_TIME.match(w)]
    kept = [w for w in clauses if not _ONCE.match(w) and not _WAIVED.match(w) and not _said_by(w, told)]
    return "，".join(kept + limit) if all(map(_TERM.search, kept)) else ""


def _said_by(words: str, told: tuple[str, ...]) -> bool:
    return any(said and ((said in words and len(words) <= len(said) + _ROUND) or alike(words, said)) for said in told)


_ROUND = 6
"""So much around a figure says no more than the figure: 補償 12,000 元."""


def spoken_to(words: str, variant: Variant) -> str:
    """``words`` about the customer and us, turned to the customer; a bare sum is given its unit."""
    hant = variant is Variant.HANT
    spoken = _US.sub(lambda found: ("由" if found[0].startswith("由") else "") + ("我們" if hant else "我们"), words)
    spoken = _GIVEN_FREE.sub(f"{'免費' if hant else '免费'}提供", _CUSTOMER.sub("您", spoken))
    return _MONEY.sub(lambda found: f"{found[1]}{found[2]}{' 元' if hant else '元'}", spoken)
