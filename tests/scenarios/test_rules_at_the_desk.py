"""The rules that are kept between people: escalation, sales and hand-offs, seen from outside."""

from __future__ import annotations

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    ESCALATION,
    SALES,
    SUPERVISOR,
    Desk,
    Message,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import TRIAGE

TROUBLE = "ERP 月結一直跳錯，整個財務部停住了，這次就別收錢了吧"
BY_OTHERS = TRIAGE | {"hours": {"hours": "1.5"}, "fault": {"fault": "third_party"}}


async def triaged(desk: Desk) -> Message:
    """A case that was sized up; its card."""
    await desk.say(TROUBLE)
    card = await desk.one(in_channel(DESK))
    await desk.click(card, "case_triage")
    await desk.submit(await desk.view(), BY_OTHERS)
    return await desk.one(lambda m: in_channel(DESK)(m) and "說清楚能做與不能做" in text_of(m))


async def escalated(desk: Desk) -> Message:
    """The root of the escalation's thread."""
    return await desk.escalate(await triaged(desk))


async def test_rules_12_and_80_supervisors_read_the_triage_and_the_customers_own_words(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    for said in ("主要作業停住", "簡單", "1.5 小時", "NT$1,500"):
        assert said in text_of(root)
    transcript = await socket_desk.one(lambda m: m.get("thread_ts") == root["ts"] and TROUBLE in text_of(m))
    assert transcript["channel"] == ESCALATION


async def test_rules_13_and_14_sales_is_tagged_once_with_a_reason_that_support_sees_too(socket_desk: Desk) -> None:
    card = await triaged(socket_desk)
    reason = "合約已到期，客戶現在需要服務"
    tag = await socket_desk.one(lambda m: in_channel(ESCALATION)(m) and SALES in text_of(m))
    assert reason in text_of(tag)
    await socket_desk.escalate(card)
    await socket_desk.say("續一年要多少？")
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "共 2 則" in text_of(m) and reason in text_of(m))
    assert reason in str(await socket_desk.post("home", user=SALES))
    assert len(await socket_desk.all(lambda m: m["channel"] == ESCALATION and f"<@{SALES}>" in text_of(m))) == 1


async def test_rule_26_nothing_is_handed_up_without_its_case_and_its_contract(socket_desk: Desk) -> None:
    await socket_desk.command("/escalate", "客戶在電話裡要求")
    refused = await socket_desk.one(whispered(AGENT))
    assert "還沒有客戶的案件" in text_of(refused)
    assert await socket_desk.all(in_channel(ESCALATION)) == []
    root = await escalated(socket_desk)
    assert "2026/10/31" in text_of(root)
    assert "永豐紡織" in text_of(root)


async def test_rule_44_the_decision_comes_back_to_the_case_and_to_its_agent(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.say("不行，這次不能免", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    verdict = await socket_desk.one(lambda m: m["channel"].startswith("D") and has_action("draft_use")(m))
    assert "婉拒" in text_of(verdict)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "主管決定：婉拒" in text_of(m))


async def test_rule_45_a_step_counts_from_the_reply_that_made_it(socket_desk: Desk) -> None:
    await triaged(socket_desk)
    await socket_desk.command("/draft")
    shown = await socket_desk.one(
        lambda m: whispered(AGENT)(m) and has_action("draft_use")(m) and "10/31" in text_of(m)
    )
    assert "接住心情" not in text_of((await socket_desk.all(in_channel(DESK)))[0]), "showing is not sending"
    await socket_desk.click(shown, "draft_use")
    form = await socket_desk.view()
    await socket_desk.submit(form, {"text": {"text": "剛查了一下，維護在 10/31 到期了；我先問主管能怎麼處理。"}})
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "接住心情" in text_of(m))


async def test_rule_82_questions_reach_the_agent_and_unclear_words_are_asked_back(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    for words in ("嗯嗯", "這家的合約還有效嗎？"):
        await socket_desk.say(words, user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    asked_back = await socket_desk.one(
        lambda m: m.get("thread_ts") == root["ts"] and has_action("escalation_approve")(m)
    )
    assert "換個說法" in text_of(asked_back)
    question = await socket_desk.one(lambda m: m["channel"].startswith("D") and "這家的合約還有效嗎" in text_of(m))
    assert "討論串" in text_of(question)
    assert has_action("escalation_approve")(await socket_desk.one(lambda m: m["ts"] == root["ts"])), "still open"
    assert await socket_desk.all(lambda m: in_channel(CUSTOMERS)(m) and m["user"] == "U0FENCUN") == []
