"""What weighs on the customer beside the trouble; messages here are not those of the golden set."""

import re

import pytest

from bot.domain.drafting.model import Stage, Tone
from tests.casebook import FIRST_THREE, HIGH, both, case, draft, playbook, text_of


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("結帳台當了，客人都在排隊", "customers"),
        ("貨櫃車兩點就要走，出貨單還沒印", "shipping"),
        ("报工机死了，整条产线都停了", "line"),
        ("整個部門都在等，沒辦法上班", "staff"),
        ("薪資檔轉不出來，後天發薪", "payday"),
        ("明天国税申报截止，报表还没出来", "filing"),
        ("晚上要開幕，網站還打不開", "event"),
        ("我被經理罵到臭頭", "boss"),
        ("這次再出包我飯碗就沒了", "job"),
        ("今年預算被砍光了", "money"),
        ("我昨天弄到半夜都沒睡", "night"),
        ("这不是店大欺客吗", "bullied"),
        ("你们就是在忽悠", "fooled"),
        ("電話打了十通都沒人接", "ignored"),
        ("每個人講法都不一樣，踢皮球喔", "passed_on"),
        ("绕了一大圈还是这句", "talked_round"),
        ("真的蠻失望的", "let_down"),
        ("又當機了，這週第三次", "again"),
        ("一次就要五千？太貴了吧", "dear"),
        ("同行推荐我来找你们", "referred"),
    ],
)
def test_a_concern_is_told_by_its_words(text, concern):
    assert concern in playbook().concerns.of(case(text))


@pytest.mark.parametrize(
    "text",
    [
        "ERP 月結一直跳錯",
        "有没有人在处理我的工单",
        "假日加班到場費怎麼算",
        "請問權限怎麼設定",
        "续约要多少钱",
        "謝謝，麻煩您了",
    ],
)
def test_ordinary_words_show_none(text):
    assert playbook().concerns.of(case(text)) == frozenset()


def test_the_weightiest_thing_said_is_taken_up_in_both_tones_at_the_end_of_the_ladder():
    decision = {"verdict": "decline", "by": "supervisor"}
    actions = [*FIRST_THREE, {"kind": "escalated"}]
    drafts = draft("你們這樣根本欺負人", "insult", triage=HIGH, actions=actions, decision=decision)
    assert drafts.stage is Stage.CLOSE
    for tone in Tone:
        assert re.search("欺負|很重|當回事|不公平", text_of(drafts, tone).split("。")[0])


def test_a_concern_stands_in_for_the_general_words_about_trouble():
    drafts = draft("出貨單印不出來，貨櫃車兩點就要走", {"support_request": "出貨單印不出來"})
    assert both(drafts).count("出貨單") == len(drafts.drafts)
    for tone in Tone:
        assert re.search("車|貨等著出|出貨在等", text_of(drafts, tone))


def test_a_decision_that_was_talked_over_puts_nobodys_job_at_stake():
    assert "job" not in playbook().concerns.of(case("我跟老板谈完了：解除合同，剩下的钱退回来"))


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("庫存表打不開，明天下午三點前要交出去", True),
        ("防火墙断断续续，我们维保下周五就到期了，别把我往后排", False),
        ("出貨單印不出來，我們的合約到下週五，請快一點", False),
    ],
)
def test_the_day_a_contract_ends_is_not_the_day_something_is_needed(text, needed):
    told = both(draft(text, "support_request"))
    assert ("三點" in told) is needed
    assert "下周五" not in told
    assert "下週五" not in told
