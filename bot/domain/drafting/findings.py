"""What our side has already established in the conversation, in its own words."""

from __future__ import annotations

import re

from bot.domain.cases import Case, Speaker
from bot.domain.drafting.quoting import clean, fits_variant
from bot.domain.reading.model import Variant

MAX_FOUND = 64
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_EVIDENCE = re.compile(
    r"日[誌志]|[紀记][錄录](?:[顯显]示|[上裡里]|是|有)|[Ll]og|比[對对](?:完|[過过]|了|下)|核[對对](?:完|[過过]|了|下)|[確确][認认][單单]"
    r"|查(?:了|到|出|[過过完]|下[來来]|明|清)|原因(?:是|在)|[測测](?:[試试])?(?:[過过]|了|出)"
)
_LEAD = re.compile(r"^[^：:，,]{0,16}[：:]\s*")
_AHEAD = re.compile(
    r"[？?嗎吗]|[請请麻]|我(?:先|再|[會会]|去)|[還还正]在|稍[後后]|下午回|再回|[剛刚]查了?一下|[維维][護护保]|保[固修]|免收|[單单]次|[報报][價价]|[續续][約约費费]|到期|主管|[領领][導导]"
)
"""Not established: asked, still to be done, or about contract and price, which the CRM tells."""


def found_in(case: Case, variant: Variant) -> str | None:
    """The newest thing found out that an agent told the customer, short enough to be said again."""
    for message in reversed(case.messages):
        if message.speaker is Speaker.CUSTOMER:
            continue
        for sentence in _SENTENCE.findall(message.text[:2000]):
            if _EVIDENCE.search(sentence) and not _AHEAD.search(sentence):
                words = clean(_LEAD.sub("", sentence.strip()).rstrip("。！!"), MAX_FOUND)
                if words and fits_variant(words, variant):
                    return words
    return None
