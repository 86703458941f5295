"""What customers ask for by name or price, and when a message without a label still wants an answer."""

import pytest

from bot.domain.drafting.asked import colleague_in, quote_asking, quote_bid
from bot.domain.drafting.dialogue import wants_an_answer
from bot.domain.reading.model import Variant
from tests.casebook import case, draft


@pytest.mark.parametrize(
    "text",
    ["下周机房搬迁，来得了人吗", "麻煩把去年的驗收單再寄一份", "最近怪怪的，我有點擔心", "你們到底想怎樣？"],
)
def test_who_asks_demands_or_worries_gets_a_draft(text):
    assert wants_an_answer(case(text))
    assert len(draft(text, {}).drafts) == 2


@pytest.mark.parametrize("text", ["好的謝謝，麻煩了", "早安，今天天氣真好", "收到，辛苦了", "周末愉快！"])
def test_thanks_and_small_talk_get_none(text):
    assert not wants_an_answer(case(text))
    assert draft(text, {}).drafts == ()


@pytest.mark.parametrize(
    ("text", "bid"),
    [("明年能不能做到三萬八？", "三萬八"), ("打个九折就续", "九折"), ("續約要多少", None)],
)
def test_the_price_that_is_asked_for_is_named(text, bid):
    variant = Variant.HANS if "个" in text else Variant.HANT
    assert quote_bid(text, variant, None) == bid


@pytest.mark.parametrize(
    ("text", "name"),
    [("叫阿宏來看啦", "阿宏"), ("請小陳工程師回我", "小陳"), ("我是小陳，門禁壞了", None), ("老是壞掉", None)],
)
def test_one_of_our_people_is_known_by_name_and_the_customer_is_not(text, name):
    assert colleague_in(case(text), Variant.HANT) == name


def test_of_several_questions_the_last_to_be_said_yes_or_no_to_is_taken_up():
    assert quote_asking("今天到期了吧？明天還有人值班嗎？出事算誰的", Variant.HANT) == "明天還有人值班嗎"
