"""What hangs on the trouble, and how the customer is called."""

import pytest

from bot.domain.drafting.naming import name_of
from bot.domain.drafting.stakes import quote_stake
from bot.domain.reading.model import Variant
from tests.casebook import case


@pytest.mark.parametrize(
    ("text", "stake"),
    [
        ("盤點單印出來是空白，司機都在外面等了", "司機都在外面等了"),
        ("結帳台當了，客人一直瞪我 ><", "客人一直瞪您"),
        ("憑證過期，後天就要報稅了啦", "後天就要報稅了"),
        ("系統又掛，我剛被經理罵完", "您剛被經理罵完"),
        ("網站掛了，律師函週五就發", None),
        ("系統掛了，別家下午就來簡報", None),
        ("ERP 打不開，你們害客人都在等", None),
        ("ERP 打不開，幫忙看一下", None),
    ],
)
def test_the_clause_that_weighs_is_told_of_the_customer(text, stake):
    assert quote_stake(text, Variant.HANT) == stake


def test_a_stake_is_never_told_in_the_other_variant():
    assert quote_stake("仓库系统挂了，司机都在门口等着", Variant.HANT) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我永豐倉管阿芬，庫存跑不動", "阿芬"),
        ("您好我是大安店的林店長，收銀機當了", "林店長"),
        ("这里是行政小赵，打印机坏了", "小赵"),
        ("我同事小陳，他的電腦壞了", None),
        ("我找陳經理", None),
        ("我們王總很生氣", None),
        ("我是說小陳，他上次來過", None),
    ],
)
def test_the_customer_is_called_as_they_call_themselves(text, name):
    assert name_of(case(text)) == name


def test_the_customer_is_called_as_our_side_called_them():
    said = [
        {"from": "customer", "text": "報表跑掉了"},
        {"from": "agent", "text": "許先生，收到，我看一下"},
        {"from": "customer", "text": "好了沒"},
    ]
    assert name_of(case("好了沒", messages=said)) == "許先生"
