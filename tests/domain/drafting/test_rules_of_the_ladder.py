"""The rules of S0 and S1 in the drafts themselves. The numbers are those of the rule list."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.cases import Severity
from bot.domain.contracts import Facet, Goodwill, Ref
from bot.domain.drafting.model import Stage, Tone
from bot.domain.lint.model import Level
from bot.domain.money import Currency, Money
from bot.domain.reading.model import Intent, Tactic, Variant
from bot.domain.reading.variant import detect_variant
from tests.casebook import (
    FIRST_THREE,
    HIGH,
    LOW,
    account,
    both,
    by_tone,
    case,
    draft,
    drafter,
    kinds,
    reading,
    text_of,
)

ASK = "ERP 月結一直跳錯，這次就別收錢了吧"
FREE = {"support_request": "月結一直跳錯", "free_service": "別收錢"}
HANS_ASK = "服务器昨晚就连不上，这次就别收费了"
HANS_FREE = {"support_request": "昨晚就连不上", "free_service": "别收费"}

EXPIRY_OR_FEE = re.compile("過期|到期|过期|過保|过保|費用|费用|收費|收费|付費|付费|免費|免费|續約|续约|報價|报价|元")
REFUSAL = re.compile("不能幫|无法|無法|沒辦法|没办法|不提供|不能提供|拒絕|拒绝")
EFFORT = re.compile("已經向主管|已经向主管|已經送到主管|已经报到主管|已經呈給|已经报给|爭取|争取")


@pytest.mark.parametrize("label", [*Intent, *Tactic])
def test_rule_02_the_first_draft_mentions_neither_expiry_nor_fee_nor_refusal(label):
    for text in ("ERP 月結一直跳錯", "服务器昨晚就连不上"):
        drafts = draft(text, str(label))
        if drafts.stage is Stage.TRIAGE:
            assert not EXPIRY_OR_FEE.search(both(drafts))
            assert not REFUSAL.search(both(drafts))


def test_rule_03_triage_asks_for_the_impact():
    drafts = draft(ASK, FREE)
    assert drafts.stage is Stage.TRIAGE
    assert "ask_triage" in kinds(drafts)
    for tone in Tone:
        assert re.search("影響|每個人都|全部的人|全部不能用", text_of(drafts, tone))


@pytest.mark.parametrize("missing", ["severity", "difficulty", "hours", "cost"])
def test_rule_04_an_incomplete_estimate_keeps_the_branch_closed(missing):
    triage = {name: value for name, value in LOW.items() if name != missing}
    assert draft(ASK, FREE, triage=triage).stage is Stage.TRIAGE


@pytest.mark.parametrize(("text", "says", "end"), [(ASK, FREE, "2026/10/31"), (HANS_ASK, HANS_FREE, "2026年10月31日")])
@pytest.mark.parametrize("triage", [LOW, HIGH])
def test_rule_05_after_triage_the_fee_is_stated_with_the_date_from_the_crm(text, says, end, triage):
    drafts = draft(text, says, triage=triage)
    assert drafts.stage is Stage.SET_EXPECTATIONS
    for item in drafts.drafts:
        assert end in item.text
        assert re.search("費|费", item.text)
        assert (end, "crm:contract/M-2025-018/end_date") in {(fact.text, fact.source) for fact in item.facts}


def test_rule_06_low_cost_asks_for_a_waiver_and_does_not_claim_to_have_asked():
    before = draft(ASK, FREE, triage=LOW)
    assert "open_escalation" in kinds(before)
    assert not EFFORT.search(both(before))
    after = draft(ASK, FREE, triage=LOW, actions=[{"kind": "waiver_requested"}])
    assert "open_escalation" not in kinds(after)
    assert "爭取" in text_of(after, Tone.EMPATHETIC)
    told = draft(ASK, FREE, triage=LOW, actions=[{"kind": "escalated"}])
    assert not EFFORT.search(both(told))  # a supervisor who knows of the case was not asked for anything yet


def test_rule_07_high_cost_lowers_expectations_and_guarantees_nothing():
    drafts = draft(ASK, FREE, triage=HIGH)
    for tone in Tone:
        assert "機會" in text_of(drafts, tone)
        assert not re.search("一定(?:能|可以|會幫)|保證", text_of(drafts, tone))


def test_rule_08_high_cost_offers_words_for_the_contacts_boss():
    assert "write_memo" in kinds(draft(ASK, FREE, triage=HIGH))


def test_rule_09_the_two_prices_stand_side_by_side_only_where_both_are_known():
    priced = draft(ASK, FREE, triage=LOW)
    for tone in Tone:
        assert {"NT$18,000", "NT$48,000"} <= set(re.findall(r"NT\$[\d,]+\d", text_of(priced, tone)))
    half = draft_with_contract(triage=LOW, renewal_price=None)
    for item in half.drafts:
        assert re.findall(r"NT\$[\d,]+\d", item.text) == ["NT$18,000"]


def test_rule_09_a_job_beyond_the_listed_price_is_quoted_apart_beside_the_renewal_price():
    for beyond in (draft(ASK, FREE, triage=HIGH), draft_with_contract(one_off_price=None)):
        for tone in Tone:
            assert re.findall(r"NT\$[\d,]+\d", text_of(beyond, tone)) == ["NT$48,000"]
            assert "另外報" in text_of(beyond, tone)


@pytest.mark.parametrize("state", ["expired", "terminated", "upcoming", "none", "active"])
@pytest.mark.parametrize("triage", [LOW, HIGH])
def test_rule_64_what_the_job_costs_us_is_never_told(state, triage):
    drafts = draft(ASK, FREE, state=state, triage=triage)
    assert not re.search("90,?000|NT\\$1,000", both(drafts))
    assert not any(fact.source == "triage:cost" for item in drafts.drafts for fact in item.facts)


def test_a_contract_that_was_ended_early_is_not_offered_for_renewal():
    for triage in (LOW, HIGH):
        drafts = draft(ASK, FREE, state="terminated", triage=triage)
        assert not re.search("48,000|續約", both(drafts))
        for tone in Tone:
            assert "重新簽" in text_of(drafts, tone)


def test_where_no_contract_is_found_it_is_asked_for_and_no_fee_is_named():
    for triage in (LOW, HIGH):
        drafts = draft(ASK, FREE, state="none", triage=triage)
        for tone in Tone:
            assert re.search("查不到.*合約編號", text_of(drafts, tone))
        assert not re.search("計費|收費|費用|NT|沒有簽|免收|主管", both(drafts))


def test_rule_09_prices_in_two_currencies_are_not_held_against_each_other():
    foreign = draft(ASK, FREE, triage=HIGH | {"currency": "USD"})
    assert not re.search(r"90,000|18,000", both(foreign))


def test_rule_09_near_prices_are_said_to_be_near_and_a_dearer_visit_to_be_dearer():
    near = draft_with_contract(one_off_price=money(42000), triage=HIGH | {"cost": 40000})
    far = draft_with_contract(one_off_price=money(18000), triage=HIGH | {"cost": 12000})
    above = draft_with_contract(one_off_price=money(90000))
    assert re.search("差不多|差距不大|相近|接近", both(near))
    assert not re.search("差不多|差距不大|相近|接近|反而省", both(far))
    assert "反而省" in both(above)


def test_rule_10_both_ways_out_are_offered():
    drafts = draft(ASK, FREE, triage=HIGH)
    for tone in Tone:
        assert re.search("單次|只做", text_of(drafts, tone))
        assert "續約" in text_of(drafts, tone)


def test_rule_11_long_standing_is_said_only_where_the_crm_bears_it_out():
    says = FREE | {"favor_appeal": "這麼熟"}
    known = draft("大家這麼熟，ERP 月結一直跳錯，這次就別收錢了", says)
    assert "合作" in both(known)
    stranger = draft("大家這麼熟，ERP 月結一直跳錯，這次就別收錢了", says, state=None)
    assert "合作" not in both(stranger)
    assert "交情" in both(stranger) or "情分" in both(stranger)


def test_rule_13_sales_is_tagged_once():
    assert "tag_sales" in kinds(draft(ASK, FREE, triage=LOW))
    assert "tag_sales" not in kinds(draft(ASK, FREE, triage=LOW, actions=[{"kind": "sales_tagged"}]))


@pytest.mark.parametrize("actions", [[], FIRST_THREE])
def test_rule_15_no_effort_is_claimed_that_was_not_logged(actions):
    for triage in (LOW, HIGH):
        assert not EFFORT.search(both(draft(ASK, FREE, triage=triage, actions=actions)))


def test_rule_15_a_logged_escalation_may_be_told():
    drafts = draft(ASK, FREE, triage=HIGH, actions=[*FIRST_THREE, {"kind": "escalated"}])
    for tone in Tone:
        assert "主管" in text_of(drafts, tone)
        assert re.search("已經", text_of(drafts, tone))


def test_rule_33_what_can_and_what_cannot_be_done_are_both_said():
    for triage in (LOW, HIGH):
        firm = text_of(draft(ASK, FREE, triage=triage), Tone.FIRM)
        assert re.search("我來", firm)
        assert re.search("不是我能|不能答應", firm)


def test_rule_35_feelings_come_before_reasons():
    drafts = draft(ASK, FREE, triage=HIGH, actions=FIRST_THREE[:1])
    assert drafts.stage is Stage.ACKNOWLEDGE
    first = text_of(drafts, Tone.EMPATHETIC).split("。")[0]
    assert re.search("換作是我|我懂|不好受|為難", first)


def test_rule_36_no_draft_opens_with_a_bare_apology_or_boilerplate():
    for label in (*Intent, *Tactic):
        for item in draft("ERP 月結一直跳錯", str(label)).drafts:
            assert not re.search("造成(?:您的)?不便|感謝您的來信|敬請見諒|深感抱歉", item.text)


def test_rule_37_the_draft_mirrors_the_customers_script():
    assert "您" in both(draft(ASK, FREE))
    hans = both(draft(HANS_ASK, HANS_FREE))
    assert detect_variant(hans) is Variant.HANS


def test_rule_38_the_reason_says_what_it_does_for_the_customer():
    drafts = draft(ASK, FREE, triage=HIGH, actions=FIRST_THREE[:2])
    assert drafts.stage is Stage.EXPLAIN
    for tone in Tone:
        assert re.search("保障|憑據|找得到人|安全|有人盯", text_of(drafts, tone))
        assert "規定" not in text_of(drafts, tone)


def test_rule_39_at_least_one_alternative_is_offered():
    for state in ("expired", "terminated"):
        drafts = draft(ASK, FREE, state=state, triage=HIGH, actions=FIRST_THREE[:2])
        for tone in Tone:
            assert re.search("單次|只做", text_of(drafts, tone))


def test_rule_41_what_goes_beyond_a_roles_cap_is_not_promised():
    decision = {"verdict": "counter", "by": "agent", "offer": {"amount": 3000, "currency": "TWD"}}
    drafts = draft("這次停機你們要賠", "compensation_request", state="active", decision=decision)
    assert "3,000" not in both(drafts)
    assert "open_escalation" in kinds(drafts)


def test_rule_42_the_history_is_checked_before_anything_is_given():
    drafts = draft(ASK, FREE, triage=HIGH, fault="ours", actions=FIRST_THREE)
    assert drafts.stage is not Stage.COMPENSATE
    assert "check_history" in kinds(drafts)


def test_rule_42_who_was_given_something_twice_within_a_year_is_flagged():
    made = case("這次停機你們要賠", state="active", history_checked=True)
    favours = tuple(Goodwill(Ref("sql", str(n)), date(2026, n, 1), "discount") for n in (3, 8))
    asked = reading("這次停機你們要賠", {"compensation_request": "要賠"})
    repeated = replace(made, account=replace(made.account, goodwill=Facet(favours)))
    reasons = {p.reason for p in drafter().draft(repeated, asked).proposals}
    assert "propose.open_escalation.repeat_claimant" in reasons
    once = replace(made, account=replace(made.account, goodwill=Facet(favours[:1])))
    assert "propose.open_escalation.repeat_claimant" not in {p.reason for p in drafter().draft(once, asked).proposals}


@pytest.mark.parametrize("verdict", ["approve", "counter"])
def test_rule_43_what_is_given_is_given_once(verdict):
    drafts = draft(ASK, FREE, triage=LOW, decision={"verdict": verdict, "by": "supervisor"})
    for tone in Tone:
        assert re.search("特別處理|特例", text_of(drafts, tone))


def test_rule_43_compensation_too_is_said_to_be_for_this_once():
    drafts = draft(ASK, FREE, triage=HIGH, fault="ours", history_checked=True, actions=FIRST_THREE)
    assert drafts.stage is Stage.COMPENSATE
    for tone in Tone:
        assert "特別處理" in text_of(drafts, tone)


def test_rule_44_support_is_sought_after_the_steps_are_done():
    drafts = draft(ASK, FREE, triage=HIGH, actions=FIRST_THREE)
    assert drafts.stage is Stage.SEEK_SUPPORT
    assert {"open_escalation", "report_supervisor"} <= kinds(drafts)


def test_rules_45_and_46_closing_is_clear_polite_clean_and_reported():
    decision = {"verdict": "decline", "by": "supervisor"}
    actions = [*FIRST_THREE, {"kind": "escalated"}]
    drafts = draft(ASK, FREE, triage=HIGH, actions=actions, decision=decision)
    assert drafts.stage is Stage.CLOSE
    assert {"close_contact", "report_supervisor"} <= kinds(drafts)
    assert not [f for item in drafts.drafts for f in item.findings if f.severity is Level.BLOCK]
    for tone in Tone:
        assert re.search("不會再|維持|談到這裡", text_of(drafts, tone))


@pytest.mark.parametrize("label", [*Intent, *Tactic])
@pytest.mark.parametrize("state", ["active", "expiring"])
def test_a_covered_customer_gets_help_and_never_the_ladder(state, label):
    drafts = draft("ERP 月結一直跳錯", str(label), state=state, triage=HIGH)
    assert drafts.stage is Stage.NONE
    assert len(drafts.drafts) == 2


def test_thanks_want_no_draft():
    drafts = draft("收到，謝謝", {}, triage=HIGH)
    assert (drafts.stage, drafts.drafts, drafts.proposals) == (Stage.NONE, (), ())


@pytest.mark.parametrize("label", [*Intent, *Tactic])
def test_without_a_known_customer_nothing_is_said_about_a_contract(label):
    drafts = draft("ERP 月結一直跳錯", str(label), state=None, triage=HIGH, actions=FIRST_THREE)
    assert drafts.contract is None
    assert not re.search("維護|保固|合約|到期|收費", both(drafts))
    assert "choose_customer" in kinds(drafts)


def test_a_decision_is_followed_with_its_price_and_condition():
    decision = {
        "verdict": "counter",
        "by": "supervisor",
        "offer": {"amount": 2000, "currency": "TWD"},
        "conditions": "先簽續約",
    }
    drafts = draft(ASK, FREE, triage=LOW, decision=decision)
    for item in drafts.drafts:
        assert "NT$2,000" in item.text
        assert "先簽續約" in item.text
        assert {"decision:offer", "decision:conditions"} <= {fact.source for fact in item.facts}


def test_a_price_that_is_no_bargain_is_not_sold_as_a_favour():
    offer = {"verdict": "counter", "by": "supervisor", "offer": {"amount": 20000, "currency": "TWD"}}
    plain = draft(ASK, FREE, triage=HIGH, decision=offer)
    below = draft(ASK, FREE, triage=HIGH, decision=offer | {"offer": {"amount": 9000, "currency": "TWD"}})
    for tone in Tone:
        assert "NT$20,000" in text_of(plain, tone)
        assert not re.search("特別處理|特例|同意算", text_of(plain, tone))
        assert re.search("特別處理|特例", text_of(below, tone))


def test_rule_64_the_supervisors_note_and_our_own_cost_stay_inside():
    decision = {"verdict": "decline", "by": "supervisor", "note": "這客戶很難搞，別理他"}
    drafts = draft(ASK, FREE, triage=LOW | {"cost": 1234}, decision=decision)
    assert "難搞" not in both(drafts)
    assert "1,234" not in both(drafts)


def test_an_urgent_case_is_answered_sooner():
    slow = draft(ASK, FREE, triage={"severity": "low"})
    fast = draft(ASK, FREE, triage={"severity": str(Severity.CRITICAL)})
    assert "12:15 前" in both(slow)
    assert "10:45 前" in both(fast)


def test_both_tones_state_the_same_facts():
    for triage in ({}, LOW, HIGH):
        tones = by_tone(draft(ASK, FREE, triage=triage))
        assert set(tones[Tone.EMPATHETIC].facts) == set(tones[Tone.FIRM].facts)


def money(amount):
    return Money(Decimal(amount), Currency.TWD)


def draft_with_contract(triage=HIGH, **changes):
    made = replace(case(ASK, triage=triage), account=account("expired", **changes))
    return drafter().draft(made, reading(ASK, FREE))
