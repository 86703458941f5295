"""Clauses that no turn of phrase explains, put together from known words."""

from pathlib import Path

import pytest

from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.reading.normalise import normalise
from bot.domain.verdicts.clauses import Vocabulary
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind
from bot.domain.verdicts.reader import read_verdict

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lexicon() -> VerdictLexicon:
    return load_verdicts(ROOT / "scripts_zh" / "lexicon")


@pytest.fixture(scope="module")
def words(lexicon) -> Vocabulary:
    return lexicon.words


@pytest.mark.parametrize("clause", ["這筆費用就減免了吧", "不收費", "我們不跟他收錢", "直接免收維修費"])
def test_an_act_that_nothing_negates_grants(words, clause):
    assert words.grants(normalise(clause)) is True


@pytest.mark.parametrize(
    "clause", ["這個免不了", "這次不能再退讓了", "不要給他免費", "退錢沒辦法", "這筆費用一定要照收", "打折就不必了吧"]
)
def test_a_negation_before_or_after_its_act_refuses(words, clause):
    assert words.grants(normalise(clause)) is False


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "這個案子免費嗎",
        "不能不給",
        "可以收費",
        "可以打折",
        "客戶不付費",
        "免得又退",
        "簽了就免",
        "不能全部免",
        "免不免",
        "不收的話他就不吵了所以要不要免我也沒有答案",
    ],
)
def test_what_holds_an_unknown_word_or_says_two_things_decides_nothing(words, clause):
    assert words.grants(normalise(clause)) is None


def test_what_is_decided_after_a_hedge_stands(lexicon):
    assert read_verdict("應該沒問題，就免收吧", lexicon).verdict is VerdictKind.APPROVE
    assert not read_verdict("免收，應該沒問題", lexicon).verdict.decided


def test_a_refusal_beside_irony_is_meant_and_a_grant_is_not(lexicon):
    assert read_verdict("咱们又不是做慈善的，不批", lexicon).verdict is VerdictKind.DECLINE
    assert not read_verdict("好啊免收，錢你出", lexicon).verdict.decided


def test_one_part_waived_and_another_charged_is_an_offer(lexicon):
    assert read_verdict("工费免，配件照价", lexicon).verdict is VerdictKind.COUNTER
