import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.drafting.factlock import LooseFact, lock, loose_figures
from bot.domain.drafting.model import Fact


@pytest.mark.parametrize(
    "text",
    [
        "今天下午5點前回您", "合約 2026/10/31 到期", "收 NT$ 的費用", "單次要三千元", "大約兩個小時", "打八折", "再等三天",
        "半小時就好", "退您百分之五", "合約編號 M-2025-018", "费用１２００元", "两周内给您", "下午三點前",
    ],
)  # fmt: skip
def test_a_figure_without_a_source_is_loose(text):
    with pytest.raises(LooseFact):
        lock(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "我先跟您說一聲",
        "有一點複雜",
        "兩條路都走得通",
        "這一次的處理",
        "十分抱歉讓您等",
        "第一時間通知您",
        "另一項",
        "换一个人跟进",
    ],
)
def test_everyday_words_with_numerals_are_no_figures(text):
    assert loose_figures(text, ()) == ()


def test_a_figure_is_bound_where_the_fact_says_it_word_for_word():
    fact = Fact("2026/10/31", "crm:contract/C-1/end_date")
    lock("維護在 2026/10/31 到期", (fact,))
    with pytest.raises(LooseFact):
        lock("維護在 2026/10/30 到期", (fact,))


def test_a_fact_without_a_source_binds_nothing():
    with pytest.raises(LooseFact):
        lock("收 3000", (Fact("3000", ""),))


words = st.text(alphabet="您的系統維護我們會再跟說明，。", max_size=20)
figures = st.one_of(
    st.integers(0, 10**7).map(str),
    st.dates().map(lambda day: f"{day.year}/{day.month}/{day.day}"),
    st.tuples(st.sampled_from("二三五六八九"), st.sampled_from(["元", "小時", "天", "折"])).map("".join),
)


@given(words, figures, words)
def test_whatever_stands_around_a_figure_it_is_found(before, figure, after):
    with pytest.raises(LooseFact):
        lock(before + figure + after, ())


@given(words, figures, words)
def test_a_sourced_figure_passes_wherever_it_stands(before, figure, after):
    lock(before + figure + after, (Fact(figure, "triage:hours"),))


@given(figures, figures)
def test_one_source_does_not_cover_another_figure(sourced, loose):
    assume(loose not in sourced)
    text = f"甲{sourced}，乙{loose}"
    assume(loose_figures(f"乙{loose}".replace(sourced, ""), ()))
    with pytest.raises(LooseFact):
        lock(text, (Fact(sourced, "triage:hours"),))
