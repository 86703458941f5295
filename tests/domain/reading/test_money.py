"""Sums of money, and what only looks like one."""

from decimal import Decimal

import pytest

from bot.domain.money import Currency
from bot.domain.reading.money import find_amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("损失19万", 190000), ("三萬五退給我", 35000), ("退1万5千", 15000), ("兩千八的年費", 2800),
        ("45,600元", 45600), ("退款2万4那条", 24000), ("12 萬 6 的支票", 126000), ("尾款9400", 9400),
        ("五百塊", 500), ("一百二十万的标的", 1200000), ("罚款十二万元", 120000), ("8万3，责任在你们", 83000),
        ("报价8k", 8000), ("我付了3w", 30000), ("一共三万两千六", 32600), ("1.5万块", 15000), ("两千零八块", 2008),
        ("賠3.5k", 3500), ("两块五", Decimal("2.5")), ("新台幣參萬元整", 30000), ("一共三萬五千六百", 35600),
    ],
)  # fmt: skip
def test_amounts_are_read_in_every_notation(text, amount):
    assert [found.money.amount for found in find_amounts(text)] == [Decimal(amount)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("十幾萬的損失", 100000), ("二十多萬打水漂", 200000), ("虧了四萬多", 40000), ("賠一萬出頭", 10000),
        ("损失20几万", 200000), ("近百萬損失", 1000000),
    ],
)  # fmt: skip
def test_some_more_than_a_figure_is_the_figure_and_all_its_words(text, figure):
    (found,) = find_amounts(text)
    assert found.money.amount == figure
    assert set(text[slice(*found.span)]) & set("幾几多出百")


@pytest.mark.parametrize(
    "text",
    ["好幾千塊", "上萬的訂單損失", "两三万的损失", "大概七八千块", "花了我大几千", "赔一两百块", "三四十萬就沒了"],
)
def test_what_names_no_figure_is_no_amount(text):
    assert find_amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("退3-5万", [30000, 50000]),
        ("一到兩萬元", [10000, 20000]),
        ("賠我一萬到兩萬", [10000, 20000]),
        ("退3000~5000元", [3000, 5000]),
    ],
)
def test_both_ends_of_a_range_are_read(text, ends):
    assert [found.money.amount for found in find_amounts(text)] == ends


@pytest.mark.parametrize(
    "text",
    [
        "千万别退款给他", "万一扣款失败", "两三万条数据没付款", "退款一百二十单", "在三元里", "4K螢幕", "一千五百M", "12315见", "打8.8折", "三百多号人", "500张", "两块硬盘", "型号X2000",
        "電話0912345678", "版本3.2.1", "192.168.1.1", "2026年", "责任百分之百", "一百多組客人", "几万人", "1/4",
    ],
)  # fmt: skip
def test_counts_sizes_versions_and_places_are_no_money(text):
    assert find_amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("NT$3,500", Currency.TWD), ("300台幣", Currency.TWD), ("¥1,280.50", Currency.CNY), ("￥88", Currency.CNY),
        ("1200人民币", Currency.CNY), ("RMB 500", Currency.CNY), ("US$300", Currency.USD), ("HK$50", Currency.HKD),
        ("300元", None), ("五百塊", None), ("$99", None),
    ],
)  # fmt: skip
def test_a_currency_is_stated_only_where_it_was_said(text, currency):
    assert [found.money.currency for found in find_amounts(text)] == [currency]


def test_the_span_covers_sign_number_and_unit():
    text = "請退 NT$3,500 元給我"
    (found,) = find_amounts(text)
    assert text[slice(*found.span)].startswith("NT$3,500")
