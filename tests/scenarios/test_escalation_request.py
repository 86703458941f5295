"""Asking the supervisors: the form, what they then see, and where the agent is told."""

from __future__ import annotations

from typing import Any

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    CUSTOMERS,
    DESK,
    ENGINEER,
    ESCALATION,
    SUPERVISOR,
    Desk,
    Message,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import ASKS

MAINLAND_AGENT, MAINLAND = "U0AGENTCN", "C0EXTLH"


async def carded(desk: Desk) -> Message:
    await desk.say(ASKS)
    return await desk.one(in_channel(DESK))


def field(form: dict[str, Any], name: str) -> dict[str, Any]:
    """The element of a form's field."""
    found: dict[str, Any] = next(b["element"] for b in form["view"]["blocks"] if b.get("block_id") == name)
    return found


def roots(message: Message) -> bool:
    return in_channel(ESCALATION)(message) and has_action("escalation_approve")(message)


async def test_the_command_opens_the_form_with_the_reason_and_what_the_customer_wants(desk: Desk) -> None:
    await carded(desk)
    answer = await desk.command("/escalate", "客戶要求這次免費")
    assert answer["ack_ms"] < 3000
    form = await desk.view()
    assert field(form, "reason")["initial_value"] == "客戶要求這次免費"
    assert field(form, "ask")["initial_option"]["value"] == "free_once"
    assert await desk.all(in_channel(ESCALATION)) == [], "nothing is asked before the form is sent"


async def test_the_root_says_in_a_screenful_what_is_asked_and_shows_the_ways_to_it(desk: Desk) -> None:
    card = await carded(desk)
    root = await desk.escalate(
        card,
        reason="",
        ask="discount",
        share="85",
        promised="說過今天下班前回覆",
        links="https://shots.example/1.png https://shots.example/2.png",
    )
    shown = text_of(root)
    for part in (
        "永豐紡織",
        f"<@{AGENT}>",
        "<!subteam^S0SUP>",
        "2026/10/31",
        "查詢",
        "折扣",
        "提議：收 85%",
        "可不可以免費幫我們處理",
        "說過今天下班前回覆",
        "https://shots.example/2.png",
        "還沒有評估",
        "階段：",
        f"/archives/{DESK}/p{card['ts'].replace('.', '')}",
        f"/archives/{CUSTOMERS}/p",
    ):
        assert part in shown, part
    assert len(root["blocks"]) <= 12, "a screenful"
    transcript = await desk.one(lambda m: m.get("thread_ts") == root["ts"] and "對話原文" in text_of(m))
    assert ASKS in text_of(transcript)


async def test_an_offer_beyond_the_role_is_refused_at_its_field_in_the_persons_language(socket_desk: Desk) -> None:
    await carded(socket_desk)
    await socket_desk.command("/escalate", "要補償")
    form = await socket_desk.view()
    over = await socket_desk.submit(form, {"ask": {"ask": "compensation"}, "amount": {"amount": "ＮＴ$8,000"}})
    assert "NT$5,000" in over["errors"]["amount"]
    assert "主管可以給得更多" in over["errors"]["amount"]
    under = await socket_desk.submit(form, {"amount": {"amount": ""}, "share": {"share": "50"}})
    assert "80%" in under["errors"]["share"]
    assert await socket_desk.all(in_channel(ESCALATION)) == []

    await socket_desk.say("网站打不开了，这次能不能赔偿我们？", user="U0CUSTLH", channel=MAINLAND)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "蓝海" in text_of(m))
    await socket_desk.command("/escalate", "要赔偿", user=MAINLAND_AGENT, channel=MAINLAND)
    form = await socket_desk.view(MAINLAND_AGENT)
    assert field(form, "currency")["initial_option"]["value"] == "CNY"
    over = await socket_desk.submit(
        form, {"ask": {"ask": "compensation"}, "amount": {"amount": "2000"}}, user=MAINLAND_AGENT
    )
    assert over["errors"]["amount"].startswith("客服最多可以提 ¥1,200")
    assert "原因里写明" in over["errors"]["amount"]


async def test_a_supervisor_may_go_beyond_what_agents_may_offer(socket_desk: Desk) -> None:
    card = await carded(socket_desk)
    root = await socket_desk.escalate(card, user=SUPERVISOR, ask="compensation", amount="8000")
    assert "給 NT$8,000" in text_of(root)


async def test_what_cannot_be_read_is_refused_at_its_field(socket_desk: Desk) -> None:
    await carded(socket_desk)
    await socket_desk.command("/escalate", "要補償")
    faulty = {
        "amount": {"amount": "很多"},
        "share": {"share": "120"},
        "links": {"links": "看我桌面上的截圖"},
    }
    errors = (await socket_desk.submit(await socket_desk.view(), faulty))["errors"]
    assert set(errors) == {"amount", "share", "links"}


async def test_asking_again_shows_where_it_is_and_repeats_nothing(socket_desk: Desk) -> None:
    card = await carded(socket_desk)
    root = await socket_desk.escalate(card)
    await socket_desk.click(card, "case_escalate")
    where = await socket_desk.one(lambda m: whispered(AGENT)(m) and "還在等結果" in text_of(m))
    assert f"/archives/{ESCALATION}/p{root['ts'].replace('.', '')}" in str(where["blocks"])
    await socket_desk.command("/escalate", "再問一次")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and m["channel"] == CUSTOMERS and "還在等結果" in text_of(m))
    assert len(await socket_desk.all(roots)) == 1


async def test_who_asks_within_a_thread_is_told_within_it_and_alone(socket_desk: Desk) -> None:
    said = await socket_desk.say(ASKS)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.say("我先看一下", user=AGENT, thread_ts=said)
    again = await socket_desk.say("麻煩了，可以免費嗎？", thread_ts=said)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "麻煩了" in text_of(m))
    await socket_desk.post("shortcut", user=AGENT, channel=CUSTOMERS, ts=again, callback_id="draft_reply")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("case_escalate")(m))
    await socket_desk.escalate(drafts)
    told = await socket_desk.one(lambda m: "已請主管決定" in text_of(m))
    assert (told["visible_to"], told["channel"], told["thread_ts"]) == (AGENT, CUSTOMERS, said)


async def test_outsiders_and_engineers_ask_supervisors_for_nothing(socket_desk: Desk) -> None:
    await carded(socket_desk)
    for user in (CUSTOMER, ENGINEER):
        await socket_desk.command("/escalate", "免費啦", user=user)
        refusal = await socket_desk.one(whispered(user))
        assert "永豐" not in text_of(refusal)
    assert await socket_desk.all(in_channel(ESCALATION)) == []
    assert "not_allowed" in socket_desk.log.read_text()


async def test_an_agent_takes_the_question_back(socket_desk: Desk) -> None:
    card = await carded(socket_desk)
    root = await socket_desk.escalate(card)
    told = await socket_desk.one(has_action("escalation_withdraw"))
    await socket_desk.click(told, "escalation_withdraw")
    await socket_desk.one(lambda m: m["ts"] == root["ts"] and "已撤回" in text_of(m))
    assert await socket_desk.all(roots) == []
    second = await socket_desk.escalate(card)
    assert second["ts"] != root["ts"]


async def test_a_form_that_did_not_open_loses_no_words(socket_desk: Desk) -> None:
    await carded(socket_desk)
    await socket_desk.post("fault", method="views.open", kind="500")
    await socket_desk.command("/escalate", "客戶說今天一定要有答案")
    again = await socket_desk.one(has_action("escalation_again"))
    assert again["visible_to"] == AGENT
    await socket_desk.click(again, "escalation_again")
    assert field(await socket_desk.view(), "reason")["initial_value"] == "客戶說今天一定要有答案"
