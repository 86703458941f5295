import re

import pytest

from bot.domain.drafting.dialogue import answers_us
from bot.domain.drafting.model import Stage
from bot.domain.policy import Policy
from bot.domain.reading.context import read_context
from tests.casebook import both, case, drafter, kinds, reading

WANTED = reading("ERP 打不開", {"support_request": "ERP 打不開"})


def conversation(*said, **fields):
    messages = [{"from": who, "text": text} for who, text in said]
    return case(said[-1][1], messages=messages, **fields)


def ask_and_answer(answer, **fields):
    return conversation(
        ("customer", "ERP 打不開"), ("agent", "從什麼時候開始、影響到哪些人呢？"), ("customer", answer), **fields
    )


@pytest.mark.parametrize("state", ["active", "expired"])
def test_an_answer_to_our_question_is_taken_on_and_not_asked_again(state):
    drafts = drafter().draft(
        ask_and_answer("昨天下午，會計五個人", state=state), reading("昨天下午，會計五個人", {}), WANTED
    )
    assert len(drafts.drafts) == 2
    assert "什麼時候開始" not in both(drafts)
    assert drafts.reading.intents == ()


def test_an_answer_carries_the_case_on_along_the_ladder():
    triage = {"severity": "low", "difficulty": "easy", "hours": 1, "cost": 10}
    drafts = drafter().draft(ask_and_answer("昨天下午", triage=triage), reading("昨天下午", {}), WANTED)
    assert drafts.stage is Stage.SET_EXPECTATIONS


@pytest.mark.parametrize("answer", ["謝謝，已經好了", "收到", "好的", "没事了", "OK!"])
def test_settling_the_matter_is_no_answer(answer):
    made = ask_and_answer(answer)
    assert not answers_us(made)
    assert drafter().draft(made, reading(answer, {}), WANTED).drafts == ()


def test_words_out_of_the_blue_are_no_answer():
    assert not answers_us(conversation(("customer", "ERP 打不開"), ("customer", "昨天下午")))
    assert not answers_us(conversation(("agent", "已經處理好，祝順心。"), ("customer", "昨天下午")))


def test_rule_62_a_demand_that_was_answered_and_comes_again_is_met_differently():
    text, asked = "這次別收錢", {"free_service": "別收錢"}
    made = conversation(("customer", text), ("agent", "我先了解狀況。"), ("customer", text))
    context = read_context(made, reading(text, asked), read=lambda said: reading(said, asked), policy=Policy())
    drafts = drafter().draft(made, reading(text, asked), context=context)
    assert "report_supervisor" in kinds(drafts)
    for item in drafts.drafts:
        assert re.search("換個做法|具體一點|不只一次|來回多次", item.text)


def test_what_our_side_wrote_is_not_written_again():
    text = "ERP 打不開，到底好了沒"
    asked = {"progress_inquiry": "到底好了沒"}
    first = drafter().draft(conversation(("customer", text)), reading(text, asked)).drafts[0].text
    again = conversation(("customer", text), ("agent", first), ("customer", text))
    second = drafter().draft(again, reading(text, asked)).drafts[0].text
    shared = [sentence for sentence in first.split("。") if len(sentence) > 12 and sentence in second]
    assert len(shared) <= 1
