"""What the rules ask of reading: that it is seen what a customer tries, and by which words."""

import pytest

from bot.domain.reading.model import Tactic
from tests.domain.reading.conftest import MONDAY

PRESSED = [
    "合作這麼多年了，這點忙都不幫，我們就換一家廠商",
    "今天下班前不修好，我就去消保官那裡申訴，律師函也會寄到",
    "你们这帮骗子，再拖我就发到微博上让大家看看",
]


@pytest.mark.parametrize("text", PRESSED)
def test_rule_16_each_tactic_comes_with_the_words_that_show_it(reader, text):
    found = reader.read(text, now=MONDAY)

    assert len(found.tactics) >= 2
    for tactic in found.tactics:
        shown = [piece for piece in found.evidence if piece.label is tactic]
        assert shown
        assert all(text[slice(*piece.span)] == piece.text for piece in shown)


@pytest.mark.parametrize(
    ("texts", "tactic"),
    [
        (("認識這麼多年的老朋友了，通融一下", "都老交情了，这次就通融通融"), Tactic.FAVOR_APPEAL),
        (("修不好我會被老闆罵死", "再弄不好我饭碗就没了"), Tactic.PITY),
    ],
)
def test_rule_17_old_ties_and_pity_are_recognised(labels, texts, tactic):
    assert all(tactic in labels(text) for text in texts)


@pytest.mark.parametrize("text", ["改個設定而已，兩分鐘就好", "不就是重启一下嘛，几分钟的事"])
def test_rule_18_playing_it_down_is_recognised(labels, text):
    assert Tactic.MINIMIZING in labels(text)


@pytest.mark.parametrize("text", ["私下幫我處理就好，別讓你們公司知道", "这事你知我知，不用走流程记录"])
def test_rule_19_off_the_record_is_recognised(labels, text):
    assert Tactic.SECRECY in labels(text)


@pytest.mark.parametrize("text", ["這次幫我弄好，明年續約一定給你們", "这次先帮我弄好，下半年续费肯定找你们"])
def test_rule_20_a_renewal_held_out_is_recognised(labels, text):
    assert Tactic.RENEWAL_BAIT in labels(text)


@pytest.mark.parametrize(
    ("text", "tactic"),
    [
        ("所有後果由你們承擔", Tactic.BLAME_SHIFT),
        ("再不行我们就换供应商", Tactic.THREAT_SWITCH),
        ("我會向主管機關檢舉", Tactic.THREAT_COMPLAINT),
        ("不处理我就找媒体曝光", Tactic.THREAT_EXPOSURE),
        ("我們會走法律途徑", Tactic.THREAT_LEGAL),
    ],
)
def test_rule_21_threats_are_told_apart(labels, text, tactic):
    assert tactic in labels(text)


@pytest.mark.parametrize("text", ["你們客服都是白痴嗎", "你们就是一群废物"])
def test_rule_48_abuse_is_recognised(labels, text):
    assert Tactic.INSULT in labels(text)


def test_rule_59_a_claim_keeps_its_amount(reader):
    found = reader.read("停線一天損失 19 萬，這筆你們要賠", now=MONDAY)

    assert [int(amount.money.amount) for amount in found.amounts] == [190_000]
