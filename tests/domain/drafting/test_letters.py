import re

import pytest

from bot.domain.drafting.factlock import loose_figures
from bot.domain.drafting.plays import PlayKind
from bot.domain.reading.variant import detect_variant
from tests.casebook import HIGH, LOW, case, drafter, reading

TEXTS = {
    "hant": ("ERP 月結一直跳錯，老闆一直問", "月結一直跳錯"),
    "hans": ("服务器昨晚就连不上，老板一直问", "昨晚就连不上"),
}
LETTERS = [kind for kind in PlayKind if kind is not PlayKind.CHAT]


def letter(kind, variant="hant", **fields):
    text, trouble = TEXTS[variant]
    return drafter().letter(case(text, **fields), reading(text, {"support_request": trouble}), kind)


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("variant", ["hant", "hans"])
@pytest.mark.parametrize(
    "fields", [{}, {"triage": HIGH}, {"state": "active"}, {"state": None}, {"state": "none", "triage": HIGH}]
)
def test_every_letter_is_there_for_every_case_and_sources_its_figures(kind, variant, fields):
    drafts = letter(kind, variant, **fields)
    assert len(drafts) == 2
    for item in drafts:
        assert loose_figures(item.text, item.facts) == ()
        assert detect_variant(item.text) == variant
        assert not item.findings


def test_rule_08_the_memo_lays_out_the_two_ways_for_the_boss():
    for item in letter(PlayKind.MEMO, triage=LOW):
        assert {"NT$18,000", "NT$48,000", "2026/10/31", "1.5 小時"} <= {fact.text for fact in item.facts}


def test_rule_64_the_memo_leaves_the_price_of_a_large_job_to_a_quotation():
    for item in letter(PlayKind.MEMO, triage=HIGH):
        assert "另行報價" in item.text
        assert {"NT$48,000"} == {fact.text for fact in item.facts if fact.text.startswith("NT$")}


def test_rule_02_before_triage_the_memo_says_nothing_of_fees():
    for item in letter(PlayKind.MEMO):
        assert not re.search("費|到期|續約", item.text)


def test_rule_65_the_contact_keeps_face_and_an_executive_is_addressed():
    for item in letter(PlayKind.FACE_SAVING):
        assert re.search("主動反映", item.text)
    for item in letter(PlayKind.EXECUTIVE):
        assert re.search("通話|通個電話", item.text)


def test_rule_86_the_status_can_be_forwarded():
    for item in letter(PlayKind.STATUS):
        assert re.search("轉給主管|可轉寄", item.text)
        assert "setting:progress_every_hours" in {fact.source for fact in item.facts}
