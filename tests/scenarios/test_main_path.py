"""The main job, from a customer's message to the tag for sales, through the control API alone."""

from __future__ import annotations

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    CUSTOMERS,
    DESK,
    ESCALATION,
    SALES,
    SUPERVISOR,
    Desk,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import TRIAGE

FURIOUS = "ERP 又當了,出貨單整批印不出來!過去大家那麼熟,你就幫忙一下嘛,花不了幾分鐘。再不處理我們明年就換別家系統"


async def test_the_whole_path_from_a_furious_customer_to_sales(desk: Desk) -> None:
    said = await desk.say(FURIOUS)
    card = await desk.one(in_channel(DESK))
    assert "永豐紡織" in text_of(card)
    assert "2026/10/31" in text_of(card)
    assert "求助" in text_of(card)
    assert "攀人情" in text_of(card)

    answer = await desk.command("/draft")
    assert answer["status"] == 200
    assert answer["ack_ms"] < 3000
    drafts = await desk.one(whispered(AGENT))
    assert "到期" not in text_of(drafts), "before triage neither expiry nor fee is mentioned (rule 2)"

    await desk.click(card, "case_triage")
    await desk.submit(await desk.view(), TRIAGE)
    informed = await desk.one(lambda m: whispered(AGENT)(m) and "2026/10/31" in text_of(m))

    await desk.click(informed, "draft_use")
    form = await desk.view()
    refused = await desk.submit(form, {"text": {"text": "這是公司規定,我沒有辦法。"}})
    assert refused["response_action"] == "errors"
    assert "text" in refused["errors"]
    await desk.submit(
        form, {"text": {"text": "許先生,出貨單整批印不出來確實很急,我先把狀況整理給同事,下午 5 點前跟您回報。"}}
    )
    reply = await desk.one(lambda m: in_channel(CUSTOMERS)(m) and "我先把狀況整理給同事" in m["text"])
    assert reply["thread_ts"] == said

    root = await desk.escalate(reason="客戶要求免費處理")
    assert "S0SUP" in text_of(root)
    await desk.say("可以,這次免費處理,下不為例", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    verdict = await desk.one(lambda m: m["channel"].startswith("D") and has_action("draft_use")(m))
    assert "核准" in text_of(verdict)

    tag = await desk.one(lambda m: in_channel(ESCALATION)(m) and SALES in text_of(m))
    assert "到期" in text_of(tag)
    tags = await desk.all(lambda m: in_channel(ESCALATION)(m) and SALES in text_of(m))
    assert len(tags) == 1
    await desk.one(lambda m: in_channel(DESK)(m) and "核准" in text_of(m))
    assert len(await desk.all(in_channel(DESK))) == 1


async def test_the_customer_sees_nothing_but_the_reply(socket_desk: Desk) -> None:
    await socket_desk.say(FURIOUS)
    card = await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    await socket_desk.one(whispered(AGENT))
    await socket_desk.escalate(card)
    seen = await socket_desk.all(
        lambda m: m["channel"] == CUSTOMERS and m["visible_to"] in (None, CUSTOMER) and m["user"] != CUSTOMER
    )
    assert seen == []


async def test_a_button_decides_once_and_the_second_decision_is_refused(socket_desk: Desk) -> None:
    await socket_desk.say(FURIOUS)
    card = await socket_desk.one(in_channel(DESK))
    root = await socket_desk.escalate(card)
    await socket_desk.click(root, "escalation_decline", user=SUPERVISOR)
    await socket_desk.one(lambda m: m["channel"].startswith("D") and "婉拒" in text_of(m))
    unclear = await socket_desk.all(has_action("escalation_approve"))
    assert unclear == [], "a decided escalation has no buttons"


async def test_an_agent_cannot_decide(socket_desk: Desk) -> None:
    await socket_desk.say(FURIOUS)
    card = await socket_desk.one(in_channel(DESK))
    root = await socket_desk.escalate(card)
    await socket_desk.click(root, "escalation_approve", user=AGENT)
    refusal = await socket_desk.one(lambda m: whispered(AGENT)(m) and m["channel"] == ESCALATION)
    assert "只開放" in text_of(refusal)
    await socket_desk.say("我覺得可以", user=AGENT, channel=ESCALATION, thread_ts=root["ts"])
    assert await socket_desk.all(lambda m: m["channel"].startswith("D")) == []


async def test_an_outsider_gets_a_polite_refusal_and_nothing_else(socket_desk: Desk) -> None:
    await socket_desk.say(FURIOUS)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft", user=CUSTOMER)
    refusal = await socket_desk.one(whispered(CUSTOMER))
    assert "草稿" not in text_of(refusal)
    assert "永豐" not in text_of(refusal)


async def test_thanks_make_no_card(socket_desk: Desk) -> None:
    await socket_desk.say("收到,謝謝你們")
    await socket_desk.say(FURIOUS, user="U0CUSTDM", channel="C0EXTDM")
    await socket_desk.one(in_channel(DESK))
    assert len(await socket_desk.all(in_channel(DESK))) == 1


async def test_the_shortcut_drafts_inside_a_thread(socket_desk: Desk) -> None:
    ts = await socket_desk.say(FURIOUS)
    await socket_desk.one(in_channel(DESK))
    reply = await socket_desk.say("我看一下", user=AGENT, thread_ts=ts)
    await socket_desk.post("shortcut", user=AGENT, channel=CUSTOMERS, ts=reply, callback_id="draft_reply")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    assert drafts["thread_ts"] == ts
    assert has_action("draft_use")(drafts)


async def test_a_mainland_customer_gets_simplified_drafts(socket_desk: Desk) -> None:
    await socket_desk.say("网站打不开了,后台报502,麻烦赶紧看一下", user="U0CUSTLH", channel="C0EXTLH")
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft", user="U0AGENTCN", channel="C0EXTLH")
    drafts = await socket_desk.one(whispered("U0AGENTCN"))
    assert "网站" in text_of(drafts)
    assert "網站" not in text_of(drafts)


async def test_the_home_shows_each_role_what_waits_for_it(socket_desk: Desk) -> None:
    empty = await socket_desk.post("home", user=AGENT)
    assert "目前沒有在你手上的案件" in str(empty)
    await socket_desk.say(FURIOUS)
    card = await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    await socket_desk.one(whispered(AGENT))
    await socket_desk.say("我先看一下,下午 3 點前回覆您", user=AGENT)
    await socket_desk.escalate(card)
    agent = str(await socket_desk.post("home", user=AGENT))
    assert "draft_use" in agent
    assert "下午 3 點前" in agent
    assert "等了" in str(await socket_desk.post("home", user=SUPERVISOR))
    assert "合約已到期" in str(await socket_desk.post("home", user=SALES))
    outsider = str(await socket_desk.post("home", user=CUSTOMER))
    assert "案件" not in outsider
    assert "/draft" not in outsider


async def test_a_workspace_that_was_reset_gets_a_new_card(socket_desk: Desk) -> None:
    await socket_desk.say(FURIOUS)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.post("reset")
    await socket_desk.say(FURIOUS)
    await socket_desk.one(in_channel(DESK))
