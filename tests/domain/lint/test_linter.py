import json
import random
import time
from pathlib import Path

import pytest

from bot.domain.lint.model import Level
from tests.domain.lint.cases import context

DATA = Path(__file__).parents[2] / "data" / "lint"


def replies(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def test_at_most_two_in_a_hundred_good_replies_are_found_fault_with(linter):
    good = replies("good.jsonl")
    alarms = [reply["text"] for reply in good if linter.check(reply["text"])]

    assert len(good) >= 200
    assert len(alarms) <= 0.02 * len(good), alarms


def test_bad_replies_are_caught_for_what_they_are(linter):
    bad = replies("bad.jsonl")
    missed = [r["text"] for r in bad if r["rule"] not in {f.rule for f in linter.check(r["text"])}]

    assert len(bad) >= 150
    assert len(missed) <= 0.03 * len(bad), missed


def test_spans_point_at_the_words_as_given(linter):
    text = "您好：　這是公司規定，我沒有辦法。"

    finding = linter.check(text)[0]

    assert (finding.rule, finding.severity, finding.text) == ("policy_shield", Level.BLOCK, "這是公司規定")
    assert text[slice(*finding.span)] == finding.text


@pytest.mark.parametrize(("text", "word"), [("這是公司規定", "規定"), ("这是公司规定", "规定")])
def test_advice_comes_in_the_script_of_the_reply(linter, text, word):
    finding = linter.check(text)[0]

    assert word in finding.why


def test_advice_falls_back_to_the_customers_script(linter):
    assert "规定" in linter.check("policy就是不行", context("系统挂了，帮忙看一下"))[0].why


@pytest.mark.parametrize(
    "text",
    [
        "您提到「這是公司規定」，我跟您說明原因。",
        "之前的同事跟您說這不歸我管，我跟您道歉。",
        "我們不會只說一句這是公司規定。",
        "我們不會拿公司規定來搪塞您。",
        "「隨便你」這種話不應該出現。",
    ],
)
def test_words_that_are_only_mentioned_are_not_held_against_us(linter, text):
    assert linter.check(text) == ()


def test_the_customers_own_words_may_be_quoted_back(linter):
    text = "「規定就是規定」我看到了，下午三點前說明。"

    assert linter.check(text)
    assert linter.check(text, context("你們客服回我規定就是規定")) == ()


def test_a_comma_ends_what_is_only_mentioned(linter):
    assert linter.check("您提到的我了解，但這是公司規定。")


def test_one_finding_for_each_sentence_and_rule(linter):
    found = linter.check("這是公司規定，規定就是規定。公司不允許。")

    assert [finding.rule for finding in found if finding.rule == "policy_shield"] == ["policy_shield"] * 2


def test_an_empty_reply_has_no_findings(linter):
    assert linter.check("") == ()


def test_long_and_hostile_input_stays_quick(linter):
    generator = random.Random(7)
    letters = "我們会儘快處理公司規定不能沒辦法，。「」!?您好免費爭取的是都\n abc123"
    inputs = ["不" * 40_000, "公司規定" * 10_000, "(" * 40_000, "".join(generator.choices(letters, k=40_000))]

    for text in inputs:
        start = time.process_time()
        linter.check(text)
        assert time.process_time() - start < 3.0
