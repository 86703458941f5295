import json
import time
from decimal import Decimal
from pathlib import Path

import pytest

from bot.adapters.scripts.verdicts import load_verdicts
from bot.domain.discounts import find_discount
from bot.domain.reading.normalise import normalise
from bot.domain.verdicts.lexicon import VerdictLexicon
from bot.domain.verdicts.model import VerdictKind, VerdictReading
from bot.domain.verdicts.reader import read_verdict

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lexicon() -> VerdictLexicon:
    return load_verdicts(ROOT / "scripts_zh" / "lexicon")


def _answers() -> list[dict]:
    return [json.loads(x) for x in (ROOT / "tests/data/verdicts/answers.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("answer", _answers(), ids=lambda a: a["text"])
def test_answer_is_read_as_decided(lexicon, answer):
    reading = read_verdict(answer["text"], lexicon)

    assert reading.verdict == answer["verdict"]
    assert (float(reading.discount) if reading.discount else None) == answer["discount"]
    assert (int(reading.offer.amount) if reading.offer else None) == (answer["offer"] or {}).get("amount")
    assert (reading.once, reading.conditions) == (answer["once"], answer["conditions"])


@pytest.mark.parametrize(
    "text",
    [
        "應該可以吧？",
        "我再想想",
        "不是不行",
        "不能不給",
        "客戶說可以",
        "好啊，錢你出",
        "可以嗎？",
        "可以，但是……",
        "",
        "   ",
        "？？？",
    ],
)
def test_what_is_not_clearly_a_decision_decides_nothing(lexicon, text):
    assert not read_verdict(text, lexicon).verdict.decided


def test_a_refusal_carries_no_terms(lexicon):
    assert read_verdict("不行，照價收 NT$6,000", lexicon) == VerdictReading(VerdictKind.DECLINE)


def test_a_condition_makes_a_new_offer_and_is_kept_in_the_supervisors_words(lexicon):
    assert read_verdict("可以，但要先簽續約", lexicon) == VerdictReading(VerdictKind.COUNTER, conditions="先簽續約")


def test_a_remark_on_next_time_refuses_nothing(lexicon):
    assert read_verdict("可以，下次不行", lexicon) == VerdictReading(VerdictKind.APPROVE, once=True)


def test_a_refusal_that_is_itself_denied_refuses_nothing(lexicon):
    assert not read_verdict("先不要一口回絕他們", lexicon).verdict.decided


def test_a_figure_that_is_only_told_is_no_offer(lexicon):
    assert not read_verdict("成本是3000，他要打五折", lexicon).verdict.decided


def test_emoji_that_mean_nothing_end_a_clause(lexicon):
    assert read_verdict("可以喔😊 辛苦了", lexicon).verdict is VerdictKind.APPROVE


def test_what_holds_from_now_on_is_no_one_off(lexicon):
    assert read_verdict("同意，以後都比照辦理", lexicon).once is False


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("打八折", "0.8"),
        ("七五折", "0.75"),
        ("75折", "0.75"),
        ("8.8 折", "0.88"),
        ("對折", "0.5"),
        ("减免20%", "0.8"),
        ("20% off", "0.8"),
        ("收七成", "0.7"),
        ("減三成", "0.7"),
        ("收三分之一", "0.3333"),
    ],
)
def test_a_discount_is_the_share_still_to_be_paid(text, share):
    assert [discount.share for discount in find_discount(normalise(text))] == [Decimal(share)]


@pytest.mark.parametrize("text", ["折騰半天", "CPU 用到 80%", "打折", "五折叠"])
def test_what_only_looks_like_a_discount(text):
    assert find_discount(normalise(text)) == ()


def test_long_and_hostile_answers_stay_quick(lexicon):
    start = time.process_time()
    for text in ("可以" * 20_000, "不" * 40_000, "如果" * 20_000, "打" * 40_000):
        read_verdict(text, lexicon)

    assert time.process_time() - start < 2.0
