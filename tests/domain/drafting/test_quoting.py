import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drafting.quoting import asks_how_in, clean, quote_owed, quote_symptom, ranked_items
from bot.domain.reading.model import Variant


def symptom(text, words, variant=Variant.HANT):
    start = text.index(words)
    return quote_symptom(text, [(start, start + len(words))], variant)


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("月結跑到 73% 就不動了，傳票整批過不去", "不動了", "月結跑到 73% 就不動了"),
        ("結果發票印不出來啦！怎麼辦", "印不出來", "發票印不出來"),
        ("你們那個爛系統又當機", "當機", None),
        ("你們家的 NVR 昨天半夜又當了", "當了", "NVR 昨天半夜又當了"),
        ("你們真的是喔，錄影整段不見", "你們真的是喔", "錄影整段不見"),
        ("可以幫我看一下印表機嗎", "印表機", None),
        ("ＰＯＳ機連不上主機", "連不上", "ＰＯＳ機連不上主機"),
    ],
)
def test_the_trouble_is_quoted_in_the_customers_own_short_words(text, words, quoted):
    assert symptom(text, words) == quoted


def test_a_message_in_quotation_marks_is_retold_with_the_marks_of_an_outer_quotation():
    assert symptom("發票開到一半跳『憑證錯誤』", "跳") == "發票開到一半跳「憑證錯誤」"
    assert symptom("开票一直跳「证书错误」", "跳", Variant.HANS) == "开票一直跳“证书错误”"


@pytest.mark.parametrize(
    ("text", "owed"),
    [
        ("說好上週五交的檢測報告", "檢測報告"),
        ("說好禮拜二回電", None),
        ("前天說給的截圖到現在沒見著", None),
        ("說好禮拜一給我們的方案", None),
    ],
)
def test_what_was_to_be_handed_over_is_named_where_the_customer_names_it(text, owed):
    assert quote_owed(text, [(0, len(text))], Variant.HANT) == owed


def test_words_of_the_other_script_are_not_quoted():
    assert symptom("发票打印不出来", "打印", Variant.HANT) is None


@pytest.mark.parametrize("words", ["維護過期之後打不開", "要收費才打得開"])
def test_rule_02_a_quote_never_brings_expiry_or_fees_in(words):
    assert symptom(words, "打") is None


@pytest.mark.parametrize(
    "text",
    [
        "<@U123> 掛了",
        "<!channel> 打不開",
        "見 https://evil.example/x",
        "<https://x.example|點我>",
        "a" * 200,
        "   ",
        "{{}}",
    ],
)
def test_mentions_links_and_overlong_words_are_dropped(text):
    assert clean(text) is None


def test_markup_and_lines_are_taken_out():
    assert clean("*系統*\n{end} `掛` 了~") == "系統 end 掛 了"


@given(st.text(max_size=200))
def test_nothing_that_could_act_survives_cleaning(text):
    cleaned = clean(text)
    assert cleaned is None or not set(cleaned) & set("<>{}`*_~@\n\r\t\u202e\u200b\0")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("红冲发票在哪个菜单开", True),
        ("請問要怎麼設定二階段登入", True),
        ("怎麼打都打不開", False),
        ("打印机怎么一直报错", False),
        ("系統掛了", False),
    ],
)
def test_asking_how_is_told_from_reporting_trouble(text, how):
    assert asks_how_in(text) is how


def test_rule_84_what_stops_the_business_comes_first_and_looks_last():
    text = "logo 顏色跑掉、報表欄位少一欄、收銀機連不上"
    assert ranked_items(text, Variant.HANT) == ("收銀機連不上", "報表欄位少一欄", "logo 顏色跑掉")


def test_tickets_keep_the_customers_order():
    assert ranked_items("工单0412、0415、0417全部标最高级", Variant.HANS) == ("工单0412", "0415", "0417")


@pytest.mark.parametrize("text", ["全部都急", "甲、乙、丙、丁、戊", "你們的人、你們的系統"])
def test_without_a_clear_short_list_there_is_none(text):
    assert ranked_items(text, Variant.HANT) == ()
