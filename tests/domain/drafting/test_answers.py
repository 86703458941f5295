"""What the customer asks is answered first; messages here are not those of the golden set."""

import re

import pytest

from bot.domain.drafting.model import Tone
from tests.casebook import both, case, draft, playbook, text_of


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("轉檔卡住了，我要不要重新開機？", "reboot"),
        ("页面一直转，能不能再点一次提交", "reboot"),
        ("機器在嗶，我不敢碰", "reboot"),
        ("修這個會不會另外收費", "cost"),
        ("弄一下要多少钱", "cost"),
        ("大概還要多久", "how_long"),
        ("今天下班前修得好嗎", "how_long"),
        ("这单到底谁在跟进", "who"),
        ("還有沒有活人啊", "anybody"),
        ("可以打個電話給我嗎", "phone"),
        ("我要怎麼跟老闆交代", "tell"),
        ("客户一直追，我怎么回他们", "tell"),
        ("這段時間我們能不能先開單", "meanwhile"),
        ("數據會不會不見", "lost"),
        ("别又把我们往后排", "queue"),
        ("把工程师手机给我", "engineer_contact"),
    ],
)
def test_a_question_is_told_by_its_meaning(text, question):
    assert question in playbook().questions.of(case(text))


@pytest.mark.parametrize(
    "text",
    [
        "ERP 月結一直跳錯",
        "好的，謝謝，辛苦了",
        "可以继续用了，谢谢",
        "已經重開機了還是一樣",
        "老闆說謝謝你們",
        "这个月费用已经付了",
    ],
)
def test_what_asks_nothing_holds_no_question(text):
    assert playbook().questions.of(case(text)) == frozenset()


def test_the_answer_stands_before_what_we_ask_and_promise():
    drafts = draft("庫存結轉跑到一半停住，要不要重開機？", {"support_request": "庫存結轉跑到一半停住"})
    for tone in Tone:
        told = text_of(drafts, tone)
        assert 0 < told.index("重開") < told.index("？")
        assert "先別重開" in told or "先不要重開" in told


def test_whether_it_costs_is_answered_by_the_contract():
    text, says = "門市平板斷線，這個要另外收錢嗎", {"support_request": "門市平板斷線"}
    assert "不另" in both(draft(text, says, state="active"))
    unknown = both(draft(text, says))
    assert "動手之前" in unknown
    assert not re.search("收費|費用|到期", unknown)


def test_a_question_without_any_label_is_answered():
    drafts = draft("這件現在是誰在處理？", {}, state="active")
    for tone in Tone:
        assert re.search("由我", text_of(drafts, tone))


def test_secrecy_is_declined_among_other_appeals():
    drafts = draft("我快被主管罵死，你私下幫我弄一下，交情這麼久了", "pity favor_appeal secrecy")
    for tone in Tone:
        assert "不能私下" in text_of(drafts, tone)


def test_a_threat_to_publish_is_answered_rather_than_the_one_to_leave():
    drafts = draft("再不處理我就發到社團，反正也要換別家", "threat_exposure threat_switch", state="active")
    for tone in Tone:
        assert re.search("公開|照事實", text_of(drafts, tone).split("。")[0])


def test_the_name_the_customer_gives_is_used_once():
    drafts = draft("你好我是採購小雯，請購單送不出去", {"support_request": "請購單送不出去"})
    for tone in Tone:
        assert text_of(drafts, tone).startswith("小雯，")
        assert text_of(drafts, tone).count("小雯") == 1
