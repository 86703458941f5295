"""Words that break a rule only together, in whatever order they come."""

from dataclasses import replace

import pytest

from bot.domain.lint.linter import Linter
from bot.domain.lint.model import Level
from bot.domain.lint.rules import Advice, LintRule, RuleBook
from bot.domain.reading.model import Variant
from bot.domain.reading.pattern import compile_pattern

ADVICE = Advice("為什麼", "改成")
RULE = LintRule(
    id="shield",
    numbers=(1,),
    severity=Level.BLOCK,
    advice=dict.fromkeys(Variant, ADVICE),
    english="Why",
    patterns={},
    together=(tuple(compile_pattern(source, {}) for source in ("(制度|规章)", "(不行|没办法)")),),
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(RuleBook((RULE,)))


@pytest.mark.parametrize("text", ["制度擺在那裡，這個不行", "這個沒辦法，我們有規章"])
def test_a_group_is_found_in_either_order(linter, text):
    (found,) = linter.check(text)

    assert found.text in ("制度擺在那裡，這個不行", "沒辦法，我們有規章")


@pytest.mark.parametrize("text", ["制度我寄給您", "這個不行", "制度我寄給您。這個時間不行"])
def test_part_of_a_group_or_two_sentences_break_nothing(linter, text):
    assert linter.check(text) == ()


def test_words_far_apart_in_one_sentence_do_not_belong_together(linter):
    assert linter.check("制度" + "我寄給您看看再說" * 5 + "不行") == ()


def test_the_nearest_words_are_those_meant(linter):
    (found,) = linter.check("制度" + "我寄給您看看" * 3 + "，規章說不行")

    assert found.text == "規章說不行"


def test_what_excuses_a_pattern_excuses_a_group(linter):
    denied = Linter(RuleBook((replace(RULE, negatable=True),), denials=(compile_pattern("不会", {}),)))

    assert denied.check("我不會拿制度說不行") == ()
    assert linter.check("我不會拿制度說不行")
