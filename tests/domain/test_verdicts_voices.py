"""Answers in the voices of many supervisors, a batch at a time; each was read once before the lexicon was mended.

How many were right at that first reading stands in ``docs/lint.md``.
"""

import json
from pathlib import Path

import pytest

from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind
from bot.domain.verdicts.reader import read_verdict

ROOT = Path(__file__).parents[2]
ANSWERS = [json.loads(line) for line in (ROOT / "tests/data/verdicts/voices.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def lexicon() -> VerdictLexicon:
    return load_verdicts(ROOT / "scripts_zh" / "lexicon")


@pytest.fixture(scope="module")
def read(lexicon) -> dict[str, VerdictKind]:
    return {answer["text"]: read_verdict(answer["text"], lexicon).verdict for answer in ANSWERS}


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_kind_is_read_in_every_voice(read, kind):
    answers = [answer["text"] for answer in ANSWERS if answer["verdict"] == kind]
    wrong = [text for text in answers if read[text] != kind]

    assert len(answers) >= 50
    assert len(wrong) <= 0.03 * len(answers), wrong


def test_no_voice_is_taken_for_a_yes_or_a_no_that_it_did_not_say(read):
    final = (VerdictKind.APPROVE, VerdictKind.DECLINE)
    wanted = {answer["text"]: answer["verdict"] for answer in ANSWERS}

    assert {text: kind for text, kind in read.items() if kind in final and kind != wanted[text]} == {}


@pytest.mark.parametrize(
    ("text", "amount"),
    [("那就三千成交", 3000), ("给他个友情价 2000", 2000), ("一口价 2888", 2888), ("收 2500，含到場", 2500)],
)
def test_a_sum_named_in_passing_is_the_offer(lexicon, text, amount):
    offer = read_verdict(text, lexicon).offer

    assert offer is not None
    assert offer.amount == amount


def test_the_sum_of_a_bill_that_is_waived_is_no_offer(lexicon):
    reading = read_verdict("好，免他兩千八那筆", lexicon)

    assert (reading.verdict, reading.offer) == (VerdictKind.APPROVE, None)


def test_telling_the_finance_puts_nothing_off(lexicon):
    assert read_verdict("OK的，你去弄吧，我跟財務講", lexicon).verdict is VerdictKind.APPROVE
    assert read_verdict("可以，但我要跟財務討論", lexicon).verdict is VerdictKind.UNCLEAR


def test_irony_is_no_question_either(lexicon):
    assert read_verdict("免费？那我们喝西北风", lexicon).verdict is VerdictKind.UNCLEAR
