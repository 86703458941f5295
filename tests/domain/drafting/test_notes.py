"""What of a supervisor's note reaches the customer, and what stays among us."""

import pytest

from bot.domain.cases import Verdict
from bot.domain.drafting.notes import ground_of, tells_a_matter, terms_of
from bot.domain.reading.model import Variant

HANT, HANS = Variant.HANT, Variant.HANS


def words(note, verdict=Verdict.COUNTER, variant=HANT, told=()):
    found = terms_of(note, verdict, variant, told)
    return found.words if found else None


@pytest.mark.parametrize(
    ("note", "verdict", "variant", "said"),
    [
        ("不同意全额退款，可延长服务期一个月", Verdict.COUNTER, HANS, "不同意全额退款，可延长服务期一个月"),
        ("這次免出勤費，零件照收", Verdict.COUNTER, HANT, "這次免出勤費，零件照收"),
        ("不同意；客戶可自行匯出，不另收費", Verdict.DECLINE, HANT, "您可自行匯出，不另收費"),
        ("同意免收，請客戶先結清上月帳款", Verdict.APPROVE, HANT, "請您先結清上月帳款"),
        ("由我方重做一次；交期由客户确认", Verdict.COUNTER, HANS, "由我們重做一次；交期由您确认"),
    ],
)
def test_terms_are_told_to_the_customer_without_the_bare_verdict(note, verdict, variant, said):
    assert words(note, verdict, variant) == said.replace("我們", "我們" if variant is HANT else "我们")


@pytest.mark.parametrize(
    "note",
    [
        "這客戶很難搞，別理他",
        "不同意，客戶很會拗",
        "最多可以讓到八折，先別跟客戶說",
        "拒絕。成本 8000 收 3000 會虧",
        "老客戶，這次放行",
        "不行，再鬧就請法務處理",
        "照原價，太誇張了",
    ],
)
@pytest.mark.parametrize("verdict", [Verdict.DECLINE, Verdict.APPROVE])
def test_what_is_meant_for_us_stays_inside(note, verdict):
    assert words(note, verdict) is None


def test_a_sentence_for_us_does_not_take_its_neighbours_along():
    assert words("加做一次檢查，不收費；底線是半價，不要先講") == "加做一次檢查，不收費"


def test_a_bare_sum_is_given_its_unit_and_a_count_is_not():
    assert words("收 2400，分 3 期，送 2 個月") == "收 2400 元，分 3 期，送 2 個月"


def test_prices_among_the_ways_are_known_as_such():
    assert terms_of("不免收；單次 800 元", Verdict.DECLINE, HANT).priced
    assert not terms_of("不免收；導出說明免費提供", Verdict.DECLINE, HANT).priced


def test_what_the_draft_says_anyway_is_not_said_twice():
    told = ("12,000", "補回 143 位會員的點數")
    note = "補償 12,000 元，本次特殊處理；143 位會員的點數由我方補回；另派專人檢查"
    assert words(note, told=told) == "另派專人檢查"


def test_a_note_in_the_other_script_or_too_long_is_left_out():
    assert words("再做一轮收尾修改，另行报价", variant=HANT) is None
    assert words("再做一輪" + "，加一項修改" * 20) is None


def test_a_ground_is_given_only_where_the_customer_named_it():
    note = "網站剛改版，本次免收，僅此一次"
    assert ground_of(note, "網站才剛改版完，能不能不收", HANT) == "網站剛改版"
    assert ground_of(note, "能不能不收", HANT) is None
    assert ground_of("老闆交代的，免收", "老闆交代的", HANT) is None


def test_a_word_about_coming_back_is_no_matter_of_its_own():
    assert tells_a_matter("補回會員的點數")
    assert not tells_a_matter("今天下午五點前回您結果")
