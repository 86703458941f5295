"""The wording rules of the trade: what each refuses, and the innocent sentence beside it."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.cases import Case, Decision, Difficulty, Done, Fault, Promise, Severity, Triage, Verdict
from bot.domain.lint.context import LintContext
from bot.domain.lint.linter import Linter
from bot.domain.lint.model import Level
from bot.domain.money import Currency, Money
from tests.domain.lint.cases import NOW, account, context

NOTHING = LintContext()


def rules(linter: Linter, text: str, known: LintContext = NOTHING) -> set[str]:
    return {finding.rule for finding in linter.check(text, known)}


@pytest.mark.parametrize(
    "text",
    [
        "這是公司規定，我沒有辦法",
        "依照公司規定我們無法為您提供服務",
        "公司規章就是這樣",
        "上面規定的",
        "系統規定要先付款",
        "我們的政策如此",
        "流程規定就是這樣",
        "按规矩办事，没办法",
        "规定就是规定",
        "公司不允许我们这样做",
        "按照公司制度，这个不能退",
        "总部有规定，过保一律不修",
    ],
)
def test_rule_01_hiding_behind_policy_is_blocked(linter, text):
    found = [finding for finding in linter.check(text) if finding.rule == "policy_shield"]

    assert [finding.severity for finding in found] == [Level.BLOCK] * len(found)
    assert found


@pytest.mark.parametrize(
    "text",
    [
        "依合約第3條，硬體更換不另收費。",
        "我們不會用「公司規定」來搪塞您。",
        "依個資法規定，名單只能寄到公司信箱。",
        "貴公司的規定我們了解，發票今天寄出。",
        "防火墙规则我看过了，443 是开的。",
        "公司規定要本人申請，原因是避免有人冒用您的帳號改收款帳戶。",
    ],
)
def test_rule_01_contract_law_and_explained_rules_may_be_named(linter, text):
    assert "policy_shield" not in rules(linter, text)


def test_rule_02_first_draft_mentions_no_expiry_before_triage(linter):
    text = "您的保固已過期，我們無法處理。"
    triage = Triage(Severity.LOW, Difficulty.EASY, Decimal(1), Money(Decimal(500), Currency.TWD))

    assert "refusal_before_triage" in rules(linter, text, context("系統掛了"))
    assert "refusal_before_triage" not in rules(linter, text, context("系統掛了", triage=triage))
    assert "refusal_before_triage" not in rules(linter, text, context("請問續約多少錢"))


def test_rule_05_expiry_is_never_a_pretended_discovery(linter):
    assert "fake_surprise" in rules(linter, "我剛剛查了一下，才發現產品保固已經過期了")
    assert "fake_surprise" not in rules(linter, "剛查了一下，維護合約到 10 月 31 日為止")


def test_rule_06_asking_for_free_service_may_be_said_only_where_a_request_exists(linter):
    text = "我會盡力去幫你們爭取免費的服務"

    assert "free_request_unfounded" in rules(linter, text)
    assert "free_request_unfounded" in rules(linter, text, context())
    assert "free_request_unfounded" not in rules(linter, text, context(done=(Done.WAIVER_REQUESTED,)))


def test_rule_07_the_outcome_of_a_request_is_not_guaranteed(linter):
    assert "guarantee" in rules(linter, "主管一定會同意的")
    assert "guarantee" not in rules(linter, "我不敢保證主管會同意")


def test_rule_11_good_customer_needs_a_history(linter):
    text = "你们一直都是我们的好客户"
    loyal = context(account=account(since=date(2020, 1, 1)))
    new = context(account=account(since=date(2026, 6, 1)))

    assert "good_customer_unfounded" not in rules(linter, text, loyal)
    assert "good_customer_unfounded" in rules(linter, text, new)
    assert "good_customer_unfounded" in rules(linter, text)


def test_rule_15_effort_is_claimed_only_from_logged_actions(linter):
    text = "我們真的已經盡力了"

    assert "effort_unfounded" in rules(linter, text, context())
    assert "effort_unfounded" not in rules(linter, text, context(done=(Done.ENGINEER_ASKED,)))


def test_rule_16_tactic_labels_stay_inside(linter):
    assert "internal_words" in rules(linter, "您這樣就是死纏爛打、攀人情")


def test_rule_19_our_side_never_offers_to_do_it_off_the_record(linter):
    assert "off_the_record" in rules(linter, "我私下幫您處理，別跟我主管說")
    assert "off_the_record" not in rules(linter, "這件事我沒辦法私下處理，但可以送主管評估。")


@pytest.mark.parametrize("text", ["你不要一直為難我", "真-的-是-不-行", "求求您高抬贵手"])
def test_rule_22_begging(linter, text):
    assert "begging" in rules(linter, text)


@pytest.mark.parametrize("text", ["我的主管要求很嚴，被發現了我也會出事情", "不是我不帮您，是上面不批"])
def test_rule_23_passing_blame_and_showing_fear(linter, text):
    assert "blame_passing" in rules(linter, text)


def test_rule_24_own_price_is_not_talked_down(linter):
    assert "talking_down_price" in rules(linter, "費用上您要考量一下，可能不太划算")
    assert "talking_down_price" not in rules(linter, "我了解這筆費用對您來說偏高")
    assert "talking_down_price" not in rules(linter, "跟單次相比，續約會比較划算")


def test_rule_28_profit_of_a_job_is_internal(linter):
    assert "internal_cost_leak" in rules(linter, "做你们这单我们根本是赔钱的")


def test_rule_30_customer_is_no_god(linter):
    assert "customer_is_god" in rules(linter, "客户就是上帝，您说了算")


def test_rule_31_support_is_not_almighty(linter):
    assert "omnipotence" in rules(linter, "您放心，一定帮您解决")
    assert "omnipotence" not in rules(linter, "我會一步一步查，四點前跟您說結果")


@pytest.mark.parametrize("text", ["非常抱歉，造成您的不便。", "对不起，真的很抱歉。"])
def test_rule_36_a_bare_apology_says_nothing(linter, text):
    assert "bare_apology" in rules(linter, text)


def test_rule_36_an_apology_with_substance_stands(linter):
    assert rules(linter, "抱歉讓您在客戶面前為難了，我現在遠端進去看，十一點前回報。") == set()


def test_rule_36_boilerplate(linter):
    assert "boilerplate" in rules(linter, "造成不便，敬請見諒。")


def test_rule_38_a_rule_with_its_reason_and_benefit_is_no_shield(linter):
    text = "為了保護您的資料，公司規定改密碼要由本人申請，這樣才能避免冒用。"

    assert "policy_shield" not in rules(linter, text)


def test_rule_39_a_refusal_names_an_alternative(linter):
    assert "flat_refusal" in rules(linter, "這個沒辦法。")
    assert "flat_refusal" not in rules(linter, "這個沒辦法，但我可以先遠端幫您排查。")


def test_rule_41_a_concession_waits_for_approval(linter):
    text = "這次免費幫您處理，僅此一次。"
    approved = context(decision=Decision(Verdict.APPROVE))

    assert "concession_unapproved" in rules(linter, text, context())
    assert "concession_unapproved" not in rules(linter, text, approved)


def test_rule_42_no_amends_in_words_before_they_were_decided(linter):
    assert "concession_unapproved" in rules(linter, "我們會賠償您的停機時數", context())


def test_rule_43_a_concession_says_that_it_is_a_one_off(linter):
    approved = context(decision=Decision(Verdict.APPROVE))

    assert "one_off_missing" in rules(linter, "沒問題，這次就免費幫您處理。", approved)
    assert "one_off_missing" not in rules(linter, "這次就免費幫您處理，下不為例。", approved)
    covered = context(account=account(ends=date(2027, 1, 1)), decision=Decision(Verdict.APPROVE))
    assert "one_off_missing" not in rules(linter, "這次就免費幫您處理。", covered)


def test_rule_52_liability_is_admitted_only_where_the_fault_is_ours(linter):
    text = "這次是我們的疏失造成的"

    assert "liability_admission" in rules(linter, text, context(fault=Fault.THEIRS))
    assert "liability_admission" in rules(linter, text, context(fault=Fault.UNKNOWN))
    assert "liability_admission" not in rules(linter, text, context(fault=Fault.OURS))
    assert "liability_admission" in rules(linter, "全部責任由我們承擔")


def test_rule_54_owning_a_late_reply_is_no_admission_of_liability(linter):
    text = "沒有及時通知您，這是我們的疏失。"

    assert "liability_admission" not in rules(linter, text, context(fault=Fault.THEIRS))


def test_rule_64_internal_cost_never_leaks(linter):
    assert "internal_cost_leak" in rules(linter, "這個案子我們的成本是 3000")
    assert "internal_cost_leak" not in rules(linter, "您這邊的停機成本我們也算了進去")


def test_rule_66_ending_the_contract_is_no_bluff(linter):
    cited = "依合約第 8 條，我們將終止合作。"

    assert "empty_threat" in rules(linter, "再這樣下去我們只好終止合約")
    assert "termination_unapproved" in rules(linter, cited, context())
    assert rules(linter, cited, context(decision=Decision(Verdict.APPROVE))) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [("随便你，投诉也没用", "rude"), ("早就跟你們說要續約，現在知道痛了吧", "gloating")],
)
def test_rule_69_rude_and_gloating(linter, text, rule):
    assert rule in rules(linter, text)


def test_rule_69_innocent_uses_of_the_same_words(linter):
    assert rules(linter, "這件事不可能是您操作造成的，您隨便挑一個時段，我都能配合。") == set()


def test_rule_72_a_promised_report_has_a_date(linter):
    assert "promise_without_owner_or_date" in rules(linter, "報告審完我們會儘快提供")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("我的部分已經完成", "not_my_part"),
        ("这不归我管", "not_my_part"),
        ("你怎麼聽不懂？", "talking_down"),
        ("你說什麼？", "talking_down"),
    ],
)
def test_rule_73_not_my_part_and_talking_down(linter, text, rule):
    assert rule in rules(linter, text)


def test_rule_76_capability_waits_for_engineering(linter):
    text = "您要的功能我們都做得到"

    assert "capability_overpromise" in rules(linter, text)
    assert "capability_overpromise" not in rules(linter, text, context(done=(Done.ENGINEER_ASKED,)))


def test_rule_77_arrogance(linter):
    assert "arrogance" in rules(linter, "合約都簽了，你能奈我何")


def test_rule_78_no_colleague_is_put_forward_as_the_cause(linter):
    assert "blame_passing" in rules(linter, "是業務亂答應的")


def test_rule_79_sales_statistics_are_not_quoted(linter):
    assert "sales_statistics" in rules(linter, "85%的客戶願意多付25%")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("不好意思，因為最近太忙所以沒有回您", "excuses"),
        ("到時候再說吧", "perfunctory"),
        ("我保證明天修好", "guarantee"),
    ],
)
def test_rule_87_no_excuses_no_brushing_off_no_empty_promises(linter, text, rule):
    assert rule in rules(linter, text)


def test_rule_89_a_promise_has_an_owner_and_a_date(linter):
    owned = context(promises=(Promise("回覆", owner="林佳穎", due=NOW),))

    assert "promise_without_owner_or_date" in rules(linter, "我們會儘快處理")
    assert "promise_without_owner_or_date" not in rules(linter, "我們會儘快處理，最晚明天下午三點前回覆您")
    assert "promise_without_owner_or_date" not in rules(linter, "我們會儘快處理", owned)
    assert "promise_without_owner_or_date" not in rules(linter, "麻煩您儘快提供截圖")


def test_rule_41_what_a_decision_leaves_free_may_be_told_as_it_was_decided(linter):
    declined = Decision(Verdict.DECLINE, note="不賠；可以免費幫客戶檢查線路一次")
    context = LintContext.of(Case("t", NOW, (), decision=declined))
    assert "concession_unapproved" not in rules(linter, "能做的是：可以免費幫您檢查線路一次。", context)
    assert "concession_unapproved" in rules(linter, "好，這次免費幫您處理。", context)
