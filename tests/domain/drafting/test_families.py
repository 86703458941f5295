"""Each kind of trouble gets its own question and its own first aid; messages here are not those of the golden set."""

import re

import pytest

from bot.domain.drafting.families import Family
from bot.domain.drafting.model import Tone
from bot.domain.reading.model import Variant
from tests.casebook import both, case, draft, playbook, text_of


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("出貨單印不出來", Family.PRINTING),
        ("打印机突然吐白纸", Family.PRINTING),
        ("三號店收銀機當在結帳畫面", Family.TILL),
        ("昨天输的数据全没了", Family.DATA),
        ("備份排程連三天失敗", Family.BACKUP),
        ("憑證過期網頁跳警告", Family.CERTIFICATE),
        ("公司邮箱收不到外面的信", Family.MAIL),
        ("網域解析指到舊主機", Family.DOMAIN),
        ("电子发票开不出来", Family.INVOICE),
        ("這個月加班費少算", Family.PAYROLL),
        ("訂單 API 一直回 401", Family.API),
        ("销售日报表跑不出来", Family.REPORT),
        ("倉庫的攝影機沒畫面", Family.CAMERA),
        ("庫存數量跟實際對不起來", Family.FIGURES),
        ("银行流水导不进来", Family.EXCHANGE),
        ("一直說密碼錯誤", Family.LOGIN),
        ("门禁刷了没反应", Family.DOOR),
        ("UPS 一直發出警報", Family.HARDWARE),
        ("二樓整層斷網", Family.NETWORK),
        ("官网打开是502", Family.SITE),
        ("按存檔就卡住", Family.SLOW),
        ("左邊的選單不見了", Family.MISSING),
        ("系統怪怪的，你們看看", None),
    ],
)
def test_the_kind_of_trouble_is_told_by_its_words(text, family):
    assert playbook().families.of(case(text)) is family


def test_the_kind_that_was_told_earlier_holds_for_a_later_message():
    said = [{"from": "customer", "text": "標籤印不出來"}, {"from": "customer", "text": "還在嗎"}]
    assert playbook().families.of(case("還在嗎", messages=said)) is Family.PRINTING


def test_a_reply_of_ours_does_not_tell_the_kind_of_trouble():
    said = [{"from": "agent", "text": "印表機要不要重開"}, {"from": "customer", "text": "還是不行"}]
    assert playbook().families.of(case("還是不行", messages=said)) is None


@pytest.mark.parametrize("family", list(Family))
def test_every_kind_has_its_own_first_aid_and_question_in_both_tones_and_scripts(family):
    moves = {step.move.id: step.move for play in playbook().plays for step in play.steps}
    for name in ("aid.now", "ask.quick"):
        said = moves[name].told_of(family)
        assert said is not moves[name].wordings
        assert {(tone, variant) for tone in Tone for variant in Variant} == set(said)


@pytest.mark.parametrize(
    ("text", "state"), [("昨天的訂單資料全部不見了", "expired"), ("昨天的訂單資料全部不見了", "active")]
)
def test_lost_data_is_left_untouched_first(text, state):
    drafts = draft(text, {"support_request": text}, state=state)
    for tone in Tone:
        assert re.search("先別重開", text_of(drafts, tone))
        assert re.search("先別再寫", text_of(drafts, tone))


def test_a_move_about_some_kinds_only_is_left_out_for_others():
    drafts = draft(
        "採購單一直跳錯",
        {"support_request": "採購單一直跳錯"},
        triage={"severity": "high", "difficulty": "hard", "hours": 16, "cost": 90000},
    )
    assert not re.search("別重開|電源", both(drafts))


def test_the_customers_words_are_not_pasted_back_in_quotation_marks():
    for text in ("薪資報表少算加班費", "收銀機連不上主機", "官網首頁整個空白"):
        assert "「" not in both(draft(text, {"support_request": text}))


def test_who_is_waiting_is_taken_up_in_both_tones():
    drafts = draft("出貨單印不出來，司機在樓下等", {"support_request": "出貨單印不出來"})
    for tone in Tone:
        assert re.search("司機在樓下等", text_of(drafts, tone))
        assert "出貨單" in text_of(drafts, tone)
