"""Whatever the play, a draft says what the case holds: cover, steps with their times, the estimate, terms, promises."""

import re
from datetime import datetime

import pytest

from bot.domain.drafting.dialogue import carried_on
from bot.domain.drafting.model import Tone
from bot.domain.drafting.phrasing import say_logged, say_missed
from bot.domain.reading.model import Variant
from tests.casebook import LOW, NOW, both, case, draft, drafter, reading, text_of

SIZED = {"severity": "high", "difficulty": "moderate", "hours": 2}
TROUBLE = {"support_request": "匯出一直失敗"}
TODAY, BEFORE = "2026-11-23T10:06:00+08:00", "2026-11-20T17:40:00+08:00"


def done(kind, at=TODAY):
    return {"kind": kind, "at": at}


def test_a_covered_customer_hears_that_it_is_covered_once_the_case_is_sized_up():
    for state in ("active", "expiring"):
        drafts = draft("匯出一直失敗", TROUBLE, state=state, triage=SIZED)
        for tone in Tone:
            assert re.search("不另", text_of(drafts, tone))
    assert not re.search("不另|續約|到期", both(draft("匯出一直失敗", TROUBLE, state="expiring")))


def test_a_contract_about_to_end_does_not_change_the_order():
    drafts = draft("匯出一直失敗，我們快到期了，不會把我們往後排吧", TROUBLE, state="expiring", triage=SIZED)
    for tone in Tone:
        assert "影響大小" in text_of(drafts, tone)
        assert "續約" not in text_of(drafts, tone)


@pytest.mark.parametrize(("at", "said"), [(TODAY, "10:06"), (BEFORE, "11/20")])
def test_a_logged_step_is_told_with_its_time_or_its_day(at, said):
    drafts = draft("匯出一直失敗", TROUBLE, state="active", triage=SIZED, actions=[done("engineer_asked", at)])
    for item in drafts.drafts:
        assert re.search(f"{said} 已", item.text)
        assert (said, "action:engineer_asked") in {(fact.text, fact.source) for fact in item.facts}


def test_a_step_that_was_not_logged_is_not_told():
    assert "工程師" not in both(draft("匯出一直失敗", TROUBLE, state="active", triage=SIZED))


def test_a_time_that_the_estimate_cannot_meet_is_not_promised():
    says = TROUBLE | {"ultimatum": "11 點前一定要好"}
    late = draft("匯出一直失敗，11 點前一定要好", says, state="active", triage=SIZED)
    for tone in Tone:
        assert re.search("不敢答應|不能答應", text_of(late, tone))
    soon = draft("匯出一直失敗，下午 5 點前一定要好", says | {"ultimatum": "5 點前"}, state="active", triage=SIZED)
    assert not re.search("不敢答應|不能答應", both(soon))


def test_a_decline_is_followed_by_the_ways_that_the_note_leaves_open():
    decision = {"verdict": "decline", "by": "supervisor", "note": "不免收；單次 2,000；客戶可先自行刪信，不收費"}
    drafts = draft("信箱擴充別收費", "free_service", triage=LOW, decision=decision)
    for item in drafts.drafts:
        assert item.text.count("沒有通過") == 1
        assert "單次 2,000 元" in item.text
        assert "您可先自行刪信，不收費" in item.text
        assert "NT$" not in item.text


@pytest.mark.parametrize("note", [None, "客戶很會拗，看著辦"])
def test_a_counter_without_tellable_terms_names_no_way_that_is_none(note):
    decision = {"verdict": "counter", "by": "supervisor"} | ({"note": note} if note else {})
    drafts = draft("整個重做", "rework_demand", state="active", decision=decision)
    assert not re.search("另外有一個|另一個做法|拗", both(drafts))


def test_a_promise_that_is_ahead_names_who_keeps_it_and_when():
    promises = [{"text": "補回點數", "owner": "林佳穎", "due": "2026-11-24T12:00:00+08:00", "state": "open"}]
    drafts = draft("點數少了要賠", "compensation_request", state="active", fault="ours", promises=promises)
    for tone in Tone:
        assert re.search("(?=.*補回點數)(?=.*林佳穎)(?=.*明天 12:00)", text_of(drafts, tone))


def test_a_last_line_without_a_matter_is_drafted_for_the_whole_case():
    claimed = reading("房價被改錯，損失 12,000，你們賠", {"damage_claim": "損失 12,000"})
    made = case(
        "少來這套，等著收律師函",
        state="active",
        fault="theirs",
        messages=[
            {"from": "customer", "text": "房價被改錯，損失 12,000，你們賠"},
            {"from": "agent", "text": "查了操作紀錄：11/20 18:32 由 front02 改了房價。"},
            {"from": "customer", "text": "少來這套，等著收律師函"},
        ],
    )
    last = reading("少來這套，等著收律師函", {"threat_legal": "律師函"})
    drafts = drafter().draft(made, last, carried_on([claimed]))
    for tone in Tone:
        assert "12,000" in text_of(drafts, tone)
        assert "11/20 18:32 由 front02 改了房價" in text_of(drafts, tone)
        assert "承擔" in text_of(drafts, tone)


def test_who_asks_when_presses_the_claim_and_not_a_report():
    claimed = reading("出了錯，損失 4,200，你們賠", {"damage_claim": "損失 4,200"})
    said = [{"from": "customer", "text": "出了錯，損失 4,200，你們賠"}, {"from": "customer", "text": "什麼時候給"}]
    asked = reading("什麼時候給", {"progress_inquiry": "什麼時候給"})
    drafts = drafter().draft(case("什麼時候給", state="active", fault="third_party", messages=said), asked, claimed)
    owed = [{"text": "停機原因報告", "owner": "吳柏翰", "due": "2026-11-24T12:00:00+08:00", "state": "open"}]
    report = case("什麼時候給", state="active", fault="third_party", messages=said, promises=owed)
    for tone in Tone:
        assert "承擔" in text_of(drafts, tone)
    assert "承擔" not in both(drafter().draft(report, asked, claimed))


def test_the_matter_outlives_the_questions_about_it():
    matter = reading("信箱擴充免費吧", {"free_service": "免費"})
    asked = reading("所以呢", {"progress_inquiry": "所以呢"})
    assert carried_on([matter, asked]) == matter
    assert carried_on([asked]) == asked
    assert carried_on([]) is None


def test_times_that_are_over_are_named_as_one_names_them():
    def at(text):
        return datetime.fromisoformat(f"2026-11-{text}:00+08:00")

    assert say_logged(at("23T09:05"), NOW, Variant.HANT) == "09:05"
    assert say_logged(at("20T09:05"), NOW, Variant.HANS) == "11月20日"
    assert say_missed(at("22T18:00"), NOW, Variant.HANT) == "昨天 18:00"
    assert say_missed(at("20T18:00"), NOW, Variant.HANS) == "上周五18:00"
    assert say_missed(at("10T18:00"), NOW, Variant.HANT) == "11/10 18:00"


def test_an_open_promise_is_the_next_step_and_no_other_time_is_set():
    promised = {
        "text": "今天 14:00 遠端處理匯出",
        "owner": "工程師陳柏宇",
        "due": "2026-11-23T14:00:00+08:00",
        "state": "open",
    }
    drafts = draft("匯出一直失敗", TROUBLE, state="active", triage=SIZED, promises=[promised])
    for tone in Tone:
        assert re.search("(?=.*陳柏宇)(?=.*遠端處理匯出)", text_of(drafts, tone))
        assert set(re.findall(r"\d+:\d\d", text_of(drafts, tone))) == {"14:00"}


def test_what_is_restored_is_not_told_as_under_way():
    said = [
        {"from": "customer", "text": "報表匯不出來，你們退這個月的費用"},
        {"from": "agent", "text": "查過紀錄：昨晚更新造成匯出異常，已經恢復。"},
        {"from": "customer", "text": "所以費用退不退"},
    ]
    steps = [done("engineer_asked"), done("escalated")]
    drafts = draft(
        "所以費用退不退",
        "compensation_request",
        state="active",
        fault="ours",
        triage=SIZED,
        messages=said,
        actions=steps,
    )
    for tone in Tone:
        assert "退費" in text_of(drafts, tone)
        assert "昨晚更新造成匯出異常" in text_of(drafts, tone)
    assert not re.search("小時|工程師|還在查", both(drafts))


def test_a_waived_sum_is_named_once():
    decision = {"verdict": "approve", "by": "supervisor", "note": "單次費 4,500 元免收，僅此一次，下次未續約照單次收費"}
    drafts = draft("匯出失敗，別收費", TROUBLE | {"free_service": "別收費"}, triage=LOW, decision=decision)
    for tone in Tone:
        assert text_of(drafts, tone).count("免收") == 1
        assert "單次費 4,500 元" in text_of(drafts, tone)
        assert "下次未續約" in text_of(drafts, tone)
