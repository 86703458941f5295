"""What decides a label, and what takes it back."""

import pytest

from tests.domain.reading.conftest import MONDAY


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ERP 從剛才就一直登不進去", "support_request"),
        ("这回上门费就别收了吧", "free_service"),
        ("請把工程師的分機給我", "direct_engineer"),
        ("让你们经理来跟我谈", "manager_request"),
        ("說好昨天給報告，到現在還沒收到", "broken_promise"),
        ("请问那张工单处理到哪了", "progress_inquiry"),
        ("系統當機害我們損失三十萬，這筆帳要算你們的", "damage_claim"),
        ("停机那几天的服务费应该退给我们", "compensation_request"),
        ("業務當初保證可以串接，結果合約裡根本沒有", "overpromise_dispute"),
        ("这版不行，整个推倒重做", "rework_demand"),
        ("每件都是第一優先，不要叫我排順序", "all_urgent"),
        ("续约三年的话价格怎么算", "renewal_inquiry"),
        ("我們決定到期就不續約了", "renewal_decline"),
        ("想再加购十个坐席", "purchase_interest"),
        ("客服態度很差，問什麼都在推", "service_complaint"),
        ("看在合作这么多年的份上", "favor_appeal"),
        ("再弄不好我就要丟工作了", "pity"),
        ("这事别让你们公司知道", "secrecy"),
        ("不就是點兩下滑鼠的事", "minimizing"),
        ("这次帮我处理好，明年一定找你们续约", "renewal_bait"),
        ("責任全部都在你們", "blame_shift"),
        ("再这样我们就换厂商", "threat_switch"),
        ("我要去消保官那邊申訴", "threat_complaint"),
        ("我会发到小红书让大家看看", "threat_exposure"),
        ("我們會寄存證信函", "threat_legal"),
        ("今天不修好就别想收到尾款", "ultimatum"),
        ("你們根本是一群騙子", "insult"),
        ("这已经是我第八次来问了", "nagging"),
    ],
)
def test_every_label_is_read_from_a_plain_example(labels, text, label):
    assert label in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "我不是要客訴，只是反映一下狀況",
        "没说不续，是预算还没批下来",
        "客訴單模組的報表很好用",
        "法務王律師的帳號已經開通了",
        "投诉工单的字段已经补上了",
        "上一家廠商才是騙子，你們很好",
        "有人冒充12315发短信，提醒你们一下",
        "退款已收到，謝謝",
        "服务器已修好，谢谢",
        "免費版就夠我們用了",
        "抖音小店的授权弄好了，辛苦",
        "好的收到",
        "在吗",
    ],
)
def test_innocent_settled_or_denied_words_carry_no_label(labels, text):
    assert labels(text) == set()


def test_what_was_said_is_taken_back_by_a_retraction(labels):
    assert labels("老闆說要告你們。後來查是我們自己設錯，虛驚一場") == set()


def test_a_rhetorical_denial_is_no_denial(labels):
    assert "broken_promise" in labels("你们不是说好昨天给吗，到现在还没看到")


def test_a_threat_already_decided_on_is_no_ultimatum(labels):
    assert labels("存證信函已經寄出了") == {"threat_legal"}


def test_leaving_is_a_threat_only_under_a_condition(labels):
    assert labels("我們明年不續約了") == {"renewal_decline"}
    conditional = labels("再不處理我們就不續約")
    assert "threat_switch" in conditional
    assert "renewal_decline" not in conditional


def test_a_fault_told_as_history_asks_for_no_support(labels):
    assert "support_request" not in labels("上个月系统断了两个小时")
    assert "support_request" in labels("系统现在还是连不上")


def test_evidence_points_into_the_text_as_given(reader):
    text = "帳單沒問題。可是「ERP」一直登不進去，請工程師回電給我"
    reading = reader.read(text, now=MONDAY)
    assert reading.evidence
    assert all(text[slice(*item.span)] == item.text for item in reading.evidence)


def test_evidence_behind_the_cut_of_a_long_text_keeps_its_place(reader):
    text = "資料如下。\n" + "內容物料編號\n" * 5000 + "再不退款我就去消保官申訴，金額 NT$3,000，週五前"
    reading = reader.read(text, now=MONDAY)
    assert {item.label.value for item in reading.evidence} >= {"threat_complaint"}
    assert all(text[slice(*item.span)] == item.text for item in reading.evidence)
    assert [text[slice(*a.span)] for a in reading.amounts] == ["NT$3,000"]
    assert [text[slice(*d.span)] for d in reading.dates] == ["週五前"]
    assert [d.text for d in reading.dates] == ["週五前"]
