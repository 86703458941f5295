"""The rules of S2 and S3, and S0's tactics, in the drafts and in what is proposed next."""

import re

import pytest

from bot.domain.cases import Fault
from bot.domain.drafting.model import Stage, Tone
from bot.domain.reading.model import Tactic
from tests.casebook import FIRST_THREE, HIGH, LOW, both, draft, kinds, text_of

CLAIM = "昨天停線三小時，我們損失 19 萬，這是你們擴容造成的"
LOSS = {"damage_claim": "損失 19 萬"}
CLOCK = re.compile(r"\d{1,2}:\d\d")
ADMITS = re.compile("是我們沒做好|原因在我們|我們負責處理到底")


def test_rule_17_pity_meets_empathy_and_no_concession():
    drafts = draft("我快被主管罵死了，幫幫忙", "pity favor_appeal")
    assert re.search("不好過|壓力", text_of(drafts, Tone.EMPATHETIC))
    assert not re.search("不收|免費|破例", both(drafts))


def test_rule_18_playing_it_down_is_answered_with_the_estimate():
    drafts = draft("按一下就好，五分鐘的事，幫我弄", "support_request minimizing", state="active", triage=LOW)
    for item in drafts.drafts:
        assert "1.5 小時" in item.text
        assert ("1.5 小時", "triage:hours") in {(fact.text, fact.source) for fact in item.facts}


def test_rule_19_off_the_record_is_declined_softly_and_reported():
    drafts = draft("這件事你知我知就好", "secrecy")
    assert "report_supervisor" in kinds(drafts)
    for tone in Tone:
        assert "紀錄" in text_of(drafts, tone)


def test_rule_20_a_renewal_held_out_buys_nothing():
    drafts = draft("這次幫忙，明年續約一定給你", "renewal_bait")
    assert {"tag_sales"} <= kinds(drafts)
    for tone in Tone:
        assert "後續" in text_of(drafts, tone)
    assert "分開談" in text_of(drafts, Tone.FIRM) or "不因此" in text_of(drafts, Tone.FIRM)


@pytest.mark.parametrize("tactic", [t for t in Tactic if t.value.startswith("threat") or t is Tactic.BLAME_SHIFT])
def test_rule_21_threats_go_to_the_supervisor_and_meet_neither_begging_nor_retaliation(tactic):
    drafts = draft("你們等著瞧", str(tactic))
    assert "report_supervisor" in kinds(drafts)
    assert not re.search("求您|拜託您|不要為難|隨便您|悉聽尊便|後果自負", both(drafts))
    assert len(drafts.drafts) == 2


def test_rule_21_a_threat_to_leave_reaches_sales():
    assert "tag_sales" in kinds(draft("不然我們換別家", "threat_switch"))


def test_rule_25_asking_for_the_engineer_without_cover_raises_the_alert():
    uncovered = draft("直接給我工程師電話", "direct_engineer")
    assert "alert_bypass" in kinds(uncovered)
    assert not re.search("分機|電話是|幫您轉|轉接給", both(uncovered))
    assert "alert_bypass" not in kinds(draft("直接給我工程師電話", "direct_engineer", state="active"))


def test_rule_29_a_decline_to_renew_is_asked_for_its_reason():
    drafts = draft("我們明年不續了", "renewal_decline")
    assert drafts.stage is Stage.NONE
    assert "tag_sales" in kinds(drafts)
    for tone in Tone:
        assert "原因" in text_of(drafts, tone)


def test_rule_32_a_complaint_is_not_stopped_and_the_record_is_prepared():
    drafts = draft("再這樣我要去申訴", "threat_complaint", state="active")
    assert "report_supervisor" in kinds(drafts)
    for tone in Tone:
        assert re.search("經過我[照如]實整理", text_of(drafts, tone))


def test_rule_48_abuse_is_met_calmly_and_relief_is_offered():
    drafts = draft("廢物客服", "insult")
    assert {"offer_relief", "report_supervisor"} <= kinds(drafts)


def test_rules_56_and_58_a_claim_gets_a_formal_reply_and_then_a_call():
    assert {"write_formal_reply", "schedule_call"} <= kinds(draft(CLAIM, LOSS))
    for item in draft(CLAIM, LOSS, state="active").drafts:
        last = item.text.rstrip("。").split("。")[-1]
        assert last.index("書面") < re.search("打電話|去電", last).start()


def test_rule_50_what_the_customer_claims_is_not_taken_for_the_cause():
    drafts = draft(CLAIM, LOSS, fault="unknown", state="active")
    for tone in Tone:
        assert "19 萬" in text_of(drafts, tone)
        assert re.search("查清楚|查明", text_of(drafts, tone))
        assert "擴容造成" not in text_of(drafts, tone)
    found = draft(CLAIM, LOSS, fault="third_party", state="active")
    for tone in Tone:
        assert "19 萬" in text_of(found, tone), "the claim stays as it was made, whatever the cause"
        assert re.search("原因|起因", text_of(found, tone))


@pytest.mark.parametrize("fault", [f for f in Fault if f is not Fault.OURS])
@pytest.mark.parametrize("state", ["active", "expired"])
def test_rule_52_liability_is_never_admitted_where_the_fault_is_not_ours(fault, state):
    for triage in ({}, LOW):
        drafts = draft(CLAIM, LOSS, fault=str(fault), state=state, triage=triage)
        assert not ADMITS.search(both(drafts))


def test_rule_52_where_the_fault_is_ours_it_is_owned():
    drafts = draft(CLAIM, LOSS, fault="ours", state="active")
    for tone in Tone:
        assert ADMITS.search(text_of(drafts, tone))


@pytest.mark.parametrize("fault", ["theirs", "third_party"])
def test_rule_53_the_tones_differ_in_words_not_in_position(fault):
    drafts = draft(CLAIM, LOSS, fault=fault, state="active")
    for tone in Tone:
        assert re.search("承擔", text_of(drafts, tone))
    assert text_of(drafts, Tone.EMPATHETIC) != text_of(drafts, Tone.FIRM)


def test_rule_54_our_own_shortcoming_is_acknowledged_beside_the_firm_position():
    drafts = draft(CLAIM, LOSS, fault="theirs", state="active")
    for tone in Tone:
        assert "提醒" in text_of(drafts, tone)


def test_rule_55_stopping_the_loss_comes_before_whose_fault_it_is():
    for fault in ("theirs", "unknown", "ours"):
        for tone in Tone:
            text = text_of(draft(CLAIM, LOSS, fault=fault, state="active"), tone)
            assert re.search("止損|損失止住|損失再擴大", text)
    firm = text_of(draft(CLAIM, LOSS, fault="theirs", state="active"), Tone.FIRM)
    assert firm.index("損") < firm.index("承擔")


def test_rule_57_where_both_had_a_part_both_take_a_duty():
    drafts = draft(CLAIM, LOSS, fault="shared", state="active")
    for tone in Tone:
        assert re.search("您的窗口一起|雙方各派", text_of(drafts, tone))


def test_rule_57_prevention_is_proposed_as_a_joint_duty():
    drafts = draft(CLAIM, LOSS, fault="shared", state="active")
    for tone in Tone:
        assert re.search("一起把類似的風險|雙方各派", text_of(drafts, tone))


def test_rule_59_the_amount_is_repeated_as_claimed_and_sourced_to_the_customer():
    for item in draft(CLAIM, LOSS, state="active").drafts:
        assert "19 萬" in item.text
        assert ("19 萬", "customer:message") in {(fact.text, fact.source) for fact in item.facts}


def test_rule_59_an_offer_is_the_decisions_not_the_claims():
    decision = {"verdict": "counter", "by": "supervisor", "offer": {"amount": 88, "currency": "CNY"}}
    drafts = draft(
        "网站打不开，损失19万，你们赔",
        {"damage_claim": "损失19万"},
        fault="third_party",
        decision=decision,
        state="active",
    )
    for item in drafts.drafts:
        assert "88元" in item.text
        assert not re.search("19万.{0,6}(?:赔|补)", item.text)


def test_rule_60_what_costs_no_cash_comes_first():
    drafts = draft(
        "你們要補償", "compensation_request", fault="ours", history_checked=True, actions=FIRST_THREE, triage=HIGH
    )
    assert drafts.stage is Stage.COMPENSATE
    for tone in Tone:
        assert "優先" in text_of(drafts, tone)
        assert "NT$" not in text_of(drafts, tone)


def test_rule_61_a_claimed_promise_is_unverified_until_it_is_on_record():
    claimed = draft("業務說這功能是內建的", "overpromise_dispute", state="active")
    for tone in Tone:
        assert "還沒有紀錄" in text_of(claimed, tone)
    record = [{"text": "多倉調撥為內建功能", "state": "open"}]
    documented = draft("業務說這功能是內建的", "overpromise_dispute", state="active", promises=record)
    for tone in Tone:
        assert "紀錄" in text_of(documented, tone)
    assert "還沒有紀錄" not in both(documented)


def test_rule_62_a_repeat_changes_the_strategy():
    drafts = draft("我已經問第十次了", "nagging")
    assert "report_supervisor" in kinds(drafts)
    for tone in Tone:
        assert re.search("說到底|講定|現在直接給您", text_of(drafts, tone))


def test_rule_63_rework_without_end_is_split_into_agreed_and_new():
    drafts = draft("全部推翻重做，再加三個功能", "rework_demand", state="active")
    for tone in Tone:
        assert re.search("談定", text_of(drafts, tone))
        assert re.search("新加|超出", text_of(drafts, tone))


def test_rule_66_no_draft_bluffs_with_ending_the_contract():
    for label in ("rework_demand", "insult", "nagging", "compensation_request"):
        assert not re.search("終止合約|解約|停止服務", both(draft("全部重做", label, state="active")))


def test_rule_68_interest_in_more_reaches_sales_with_a_name_and_a_time():
    drafts = draft("想再加購十個帳號", "purchase_interest", state="active")
    assert "tag_sales" in kinds(drafts)
    for tone in Tone:
        assert "張雅婷" in text_of(drafts, tone)
        assert CLOCK.search(text_of(drafts, tone))


@pytest.mark.parametrize("fault", ["theirs", "third_party"])
def test_rule_70_a_firm_draft_makes_its_five_points(fault):
    drafts = draft(CLAIM, LOSS, fault=fault, state="active")
    firm = text_of(drafts, Tone.FIRM)
    assert re.search("原因|起因", firm)  # the root of it
    assert re.search("承擔", firm)  # whose it is
    assert re.search("前，書面說明給您", firm)  # we come back by ourselves
    assert re.search("依我?們?查到的", firm)  # by reason
    assert re.search("止損|協助", firm)  # with a way out
    assert not re.search("活該|怪不了|自己的問題", firm)


@pytest.mark.parametrize("fault", ["ours", "unknown", "shared"])
def test_rule_74_a_broken_promise_is_owned_and_gets_a_time(fault):
    drafts = draft("說好禮拜二回電，今天禮拜四了", {"broken_promise": "說好禮拜二回電"}, fault=fault)
    assert {"log_promise", "report_supervisor", "start_cadence"} <= kinds(drafts)
    for tone in Tone:
        assert re.search("沒做到", text_of(drafts, tone))
        assert CLOCK.search(text_of(drafts, tone))
        assert not re.search("因為|由於|系統問題|忙", text_of(drafts, tone))


def test_rule_71_a_missed_promise_on_record_is_owned_when_progress_is_asked_for():
    promises = [{"text": "交報告", "owner": "佳穎", "due": "2026-11-20T18:00:00+08:00", "state": "open"}]
    drafts = draft("報告現在到哪了", "progress_inquiry", state="active", promises=promises)
    assert "log_promise" in kinds(drafts)
    for item in drafts.drafts:
        assert "上週五 18:00" in item.text
        assert re.search("沒做到", item.text)


def test_rule_74_a_new_time_is_taken_from_the_promise_where_there_is_one():
    promises = [{"text": "週三交報告", "owner": "佳穎", "due": "2026-11-25T15:00:00+08:00", "state": "open"}]
    drafts = draft("說好禮拜二給的報告呢", "broken_promise", promises=promises)
    assert "log_promise" not in kinds(drafts)
    for item in drafts.drafts:
        assert "週三 15:00" in item.text
        assert "promise:0/due" in {fact.source for fact in item.facts}


@pytest.mark.parametrize("state", ["active", "expired", None])
def test_rule_75_every_draft_ends_with_a_next_step_and_its_time(state):
    for label in (
        "support_request",
        "free_service",
        "insult",
        "progress_inquiry",
        "renewal_inquiry",
        "service_complaint",
    ):
        for item in draft("ERP 打不開", label, state=state).drafts:
            last = item.text.rstrip("。").split("。")[-1]
            assert CLOCK.search(last), item.text


def test_rule_76_a_capability_waits_for_engineering():
    drafts = draft("業務說這功能是內建的", "overpromise_dispute", state="active")
    assert "ask_engineering" in kinds(drafts)
    for tone in Tone:
        assert "工程端" in text_of(drafts, tone)
    asked = draft("業務說這功能是內建的", "overpromise_dispute", state="active", actions=[{"kind": "engineer_asked"}])
    assert "ask_engineering" not in kinds(asked)


def test_rule_84_everything_urgent_is_answered_with_an_order():
    text = "logo 跑掉、報表少欄位、收銀機連不上，三個都第一，不要跟我談先後"
    for item in draft(text, "all_urgent support_request", state="active").drafts:
        places = [item.text.index(words) for words in ("收銀機連不上", "報表少欄位", "logo 跑掉")]
        assert places == sorted(places)


def test_rule_85_progress_is_reported_by_a_time_even_without_news():
    drafts = draft("所以現在到哪了", "progress_inquiry", state="active")
    assert "start_cadence" in kinds(drafts)
    for item in drafts.drafts:
        assert "setting:first_word_within_minutes" in {fact.source for fact in item.facts}


def test_rule_85_progress_says_where_the_matter_really_is():
    asked = draft("所以現在到哪了", "progress_inquiry", state="active", actions=[{"kind": "escalated"}])
    engineers = draft("所以現在到哪了", "progress_inquiry", state="active", actions=[{"kind": "engineer_asked"}])
    nothing = draft("所以現在到哪了", "progress_inquiry", state="active")
    assert "主管" in both(asked)
    assert "工程端" in both(engineers)
    assert not re.search("主管|工程端", both(nothing))


def test_rule_86_pressure_from_above_is_met_with_words_to_forward():
    assert "write_memo" in kinds(draft("老闆一直追我", "pity support_request", state="active"))


def test_rule_88_a_reply_listens_asks_and_says_what_comes_next():
    drafts = draft("收銀機一直跳錯", {"support_request": "收銀機一直跳錯"})
    for tone in Tone:
        said, *asked, last = re.split("[。？]", text_of(drafts, tone).rstrip("。"))
        assert "收銀機一直跳錯" in said
        assert re.search("確認|請|麻煩|方便", "".join(asked))
        assert CLOCK.search(last)


def test_rule_90_a_crisis_is_taken_up_at_once_and_restored_first():
    drafts = draft(
        "全部門市收銀機都連不上", {"support_request": "收銀機都連不上"}, state="active", triage={"severity": "critical"}
    )
    assert {"open_escalation", "start_cadence"} <= kinds(drafts)
    for tone in Tone:
        assert "最緊急" in text_of(drafts, tone)


def test_rule_87_an_apology_names_what_went_wrong_and_makes_no_excuse():
    drafts = draft("說好禮拜二回電，今天禮拜四了", {"broken_promise": "說好禮拜二回電"}, fault="ours", state="active")
    first = text_of(drafts, Tone.EMPATHETIC).split("。")[0]
    assert "禮拜二" in first
    assert "抱歉" in first
    assert not re.search("因為|由於|可是|但是我們", first)


def test_rule_89_a_promise_in_a_draft_has_an_owner_and_a_time():
    for label in ("broken_promise", "progress_inquiry", "manager_request", "damage_claim"):
        for item in draft("ERP 打不開", label, state="active").drafts:
            assert re.search("我|主管|業務", item.text)
            assert any(fact.source.startswith(("setting:", "promise:")) for fact in item.facts)


def test_the_customers_deadline_is_named():
    drafts = draft("下週五前沒修好就走人", {"ultimatum": "下週五前沒修好就走人"})
    for item in drafts.drafts:
        assert "下週五前" in item.text


def test_prices_are_named_only_as_the_crm_has_them():
    asked = draft("續一年多少", "renewal_inquiry", state="expiring")
    assert "NT$48,000" in both(asked)
    assert "NT$" not in both(draft("續一年多少", "renewal_inquiry", state=None))
