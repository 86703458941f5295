"""The pattern language: what it matches, and what it refuses."""

import pytest

from bot.domain.reading.pattern import PatternError, any_of, compile_pattern, translate

CLASSES = {"engineer": any_of([translate("工程師", {}), translate("研发", {})])}


def matches(pattern, text):
    return compile_pattern(pattern, CLASSES).regex.search(text) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("{engineer}电话", "工程师电话", True), ("(甲|乙)丙", "乙丙", True), ("人员?来", "人来", True), ("[找问]人", "问人", True),
        ("第#次", "第十二次", True), ("找~3人", "找一个人", True), ("找~3人", "找,人", False), ("找..3人", "找,人", True),
        ("好$", "好的", False), ("好$", "好,的", True), ("是吗\\?", "是吗?", True), ("律師", "律师", True),
    ],
)  # fmt: skip
def test_each_form_of_the_language_matches_what_it_says(pattern, text, expected):
    assert matches(pattern, text) is expected


@pytest.mark.parametrize(
    "pattern", ["~4人", "(甲|乙", "{nobody}来", "甲~99乙", "甲*", "甲+", "[]", "(甲|)", "甲?", "#"]
)
def test_what_could_match_anything_or_run_away_is_refused(pattern):
    with pytest.raises(PatternError):
        compile_pattern(pattern, CLASSES)


def test_needs_name_words_without_which_there_is_no_match():
    pattern = compile_pattern("{engineer}~4电话", CLASSES)
    assert pattern.needs == (frozenset({"工程师", "研发"}), frozenset({"电话"}))
