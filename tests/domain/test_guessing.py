from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.guessing import guess_verdict
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lexicon() -> VerdictLexicon:
    return load_verdicts(ROOT / "scripts_zh" / "lexicon")


@pytest.mark.parametrize(
    ("text", "discount", "amount"),
    [
        ("應該可以吧，打八折", "0.8", None),
        ("大概八折吧，我還得跟財務確認", "0.8", None),
        ("我想想，不然收 3000 元好了？", None, 3000),
        ("可能先打个九折吧", "0.9", None),
    ],
)
def test_the_terms_that_hedged_words_name_are_offered_back(lexicon, text, discount, amount):
    guess = guess_verdict(text, lexicon)
    assert guess.verdict is VerdictKind.COUNTER
    assert guess.discount == (Decimal(discount) if discount else None)
    assert (guess.offer.amount if guess.offer else None) == amount


def test_that_it_is_for_once_is_offered_with_them(lexicon):
    assert guess_verdict("應該可以吧，打八折，下不為例", lexicon).once is True


@pytest.mark.parametrize(
    "text", ["嗯嗯", "我再看看", "好啊，錢你出", "應該可以吧", "客戶說可以", "", "？？？", "，，，"]
)
def test_words_without_terms_are_not_guessed_at(lexicon, text):
    assert guess_verdict(text, lexicon) is None


def test_terms_beside_a_refusal_are_not_guessed_at(lexicon):
    assert guess_verdict("不行，八折我再想想", lexicon) is None
