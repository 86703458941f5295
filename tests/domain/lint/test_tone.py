"""What is heard where no pattern speaks, and what silences it."""

from dataclasses import replace

import pytest

from bot.adapters.scripts.lint import load_lint
from bot.domain.lint.context import LintContext
from bot.domain.lint.linter import Linter
from bot.domain.lint.model import Finding, Level
from bot.domain.lint.rules import RuleBook
from bot.domain.lint.tone import Breach, Cuts, Tone
from bot.domain.reading.segments import segment
from tests.domain.lint.cases import context
from tests.domain.lint.conftest import SCRIPTS

RUDE, PROMISE = "rude", "promise_without_owner_or_date"
RUNS = {"晾着": (300,), "晾": (100, 0, 200), "撂着": (600, 0, 300), "收拾": (500, 1, 300)}


def tone(**changes: object) -> Tone:
    model = Tone(
        rules=(RUDE, PROMISE), bias=-1.0, rule_bias=(0.0, 0.0), runs=RUNS, scale=100, cuts=Cuts(warned=2.0, sure=3.5)
    )
    return replace(model, **changes)


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_lint(SCRIPTS / "lint")


def check(book: RuleBook, text: str, known: LintContext | None = None) -> list[Finding]:
    return list(Linter(replace(book, tone=tone())).check(text, known or LintContext()))


def test_the_clause_that_sounds_worst_is_told_with_the_rule_it_sounds_like():
    plain = "先把这件事晾着吧,其他照旧。"

    assert list(tone().breaches(plain, segment(plain))) == [Breach(RUDE, (0, 8), sure=False)]


def test_a_passage_below_the_cut_is_left_alone():
    plain = "先把这件事晾着吧。"

    assert list(tone(cuts=Cuts(4.0, 5.0)).breaches(plain, segment(plain))) == []


def test_what_sounds_wrong_is_warned_of_and_what_sounds_very_wrong_blocked(book):
    (warned,) = check(book, "先把這件事晾著吧。")
    (blocked,) = check(book, "先把這件事撂著吧。")

    assert (warned.rule, warned.severity, warned.text) == (RUDE, Level.WARN, "先把這件事晾著吧")
    assert (blocked.rule, blocked.severity, blocked.text) == (RUDE, Level.BLOCK, "先把這件事撂著吧")


def test_a_pattern_in_the_sentence_speaks_alone(book):
    found = check(book, "這是公司規定，先把這件事晾著吧。")

    assert [finding.rule for finding in found] == ["policy_shield"]


def test_what_lifts_the_rule_silences_its_tone(book):
    assert [finding.rule for finding in check(book, "這件事我來收拾。")] == [PROMISE]
    assert check(book, "這件事我來收拾，明天下午三點前回覆您。") == []


def test_a_clause_that_tells_is_not_blamed(book):
    assert check(book, "您提到我們把這件事晾著。") == []
    assert check(book, "我們不會把這件事晾著來搪塞您。") == []


def test_the_customers_words_may_be_quoted(book):
    text = "「把我們晾著」，這點我記下了。"

    assert check(book, text)
    assert check(book, text, context("你們就把我們晾著")) == []


def test_trouble_told_again_in_the_customers_words_is_not_blamed(book):
    text = "報表晾著跑不完，我三點前看完。"

    assert check(book, text)
    assert check(book, text, context("從昨天起報表晾著跑不完")) == []


def test_without_weights_patterns_decide_alone(book):
    assert Linter(replace(book, tone=None)).check("先把這件事晾著吧。") == ()
