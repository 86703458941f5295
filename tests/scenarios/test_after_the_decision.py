"""What people do after a decision: pass it on, ask again, bring up something new, decide again, begin anew."""

from __future__ import annotations

from typing import Any

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    ESCALATION,
    SUPERVISOR,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)

ASKS = "ERP 出貨單印不出來,這次可不可以免費幫我們處理?"
REPLY = "跟您說一聲,主管同意這次免費處理,僅此一次。我下午 5 點前跟您約時間。"


async def approved(desk: Desk) -> tuple[Message, Message]:
    """The root of a decided escalation and the message with the verdict."""
    await desk.say(ASKS)
    card = await desk.one(in_channel(DESK))
    root = await desk.escalate(card)
    await desk.say("可以,這次免費,下不為例", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    verdict = await desk.one(lambda m: m["channel"].startswith("D") and has_action("draft_use")(m))
    return root, verdict


async def passed_on(desk: Desk, verdict: Message) -> dict[str, Any]:
    await desk.click(verdict, "draft_use")
    form = await desk.view()
    await desk.submit(form, {"text": {"text": REPLY}})
    await desk.one(lambda m: in_channel(CUSTOMERS)(m) and "我下午 5 點前跟您約時間" in m["text"])
    return form


async def test_what_was_granted_once_is_not_granted_again_to_new_trouble(socket_desk: Desk) -> None:
    _, verdict = await approved(socket_desk)
    await passed_on(socket_desk, verdict)
    await socket_desk.say("太好了,謝謝")
    await socket_desk.say("月結又當掉了,傳票整批過不去,快點來修")
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "月結又當掉了" in text_of(m))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    for word in ("主管同意", "核准", "免費", "不另外收費", "不收費"):
        assert word not in text_of(drafts)


async def test_a_second_decision_is_answered_with_the_first(socket_desk: Desk) -> None:
    root, _ = await approved(socket_desk)
    await socket_desk.say("算了,還是不行", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    answer = await socket_desk.one(lambda m: m.get("thread_ts") == root["ts"] and "已經有決定了" in text_of(m))
    assert "核准" in text_of(answer)


async def test_a_draft_is_sent_once_and_the_second_try_is_told(socket_desk: Desk) -> None:
    _, verdict = await approved(socket_desk)
    await passed_on(socket_desk, verdict)

    async def told_after_another_click() -> list[Message]:
        await socket_desk.click(verdict, "draft_use")  # at machine speed the first may come before the reply is noted
        return await socket_desk.messages(lambda m: whispered(AGENT)(m) and "已經送出過" in text_of(m))

    assert await eventually(told_after_another_click, 10)


async def test_a_reply_of_blanks_is_refused_at_its_field(socket_desk: Desk) -> None:
    _, verdict = await approved(socket_desk)
    await socket_desk.click(verdict, "draft_use")
    answer = await socket_desk.submit(await socket_desk.view(), {"text": {"text": "   \n "}})
    assert answer["errors"]["text"] == "還沒有寫內容。"


async def test_terms_that_say_nothing_are_refused_at_their_field(socket_desk: Desk) -> None:
    await socket_desk.say(ASKS)
    card = await socket_desk.one(in_channel(DESK))
    root = await socket_desk.escalate(card)
    await socket_desk.click(root, "escalation_counter", user=SUPERVISOR)
    form = await socket_desk.view(SUPERVISOR)
    refused = await socket_desk.submit(form, {"terms": {"terms": "看著辦"}}, user=SUPERVISOR)
    assert "看不出條件" in refused["errors"]["terms"]
    await socket_desk.submit(form, {"terms": {"terms": "打八折,僅此一次"}}, user=SUPERVISOR)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "收 80%" in text_of(m))


async def test_after_a_reset_the_whole_path_works_again(socket_desk: Desk) -> None:
    await approved(socket_desk)
    await socket_desk.post("reset")
    _, verdict = await approved(socket_desk)
    assert "核准" in text_of(verdict)
    await socket_desk.command("/draft")
    assert has_action("draft_use")(await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m)))
