"""What supervisors ask back: it reaches the agent, and the answer comes back into the thread; each once."""

from __future__ import annotations

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    ESCALATION,
    SUPERVISOR,
    Desk,
    Message,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import OTHER_AGENT, direct_to, escalated

QUESTION = "客戶的合約還有效嗎？"


async def asked(desk: Desk, *, of: str = AGENT, event_id: str = "Ev0QUESTION") -> tuple[Message, Message]:
    """The root, and the question as the agent has it."""
    root = await escalated(desk)
    await desk.say(QUESTION, user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"], event_id=event_id)
    return root, await desk.one(lambda m: direct_to(of)(m) and has_action("question_answer")(m))


async def test_a_question_goes_to_the_agent_and_its_answer_back_to_who_asked(desk: Desk) -> None:
    root, question = await asked(desk)
    assert QUESTION in text_of(question)
    assert f"<@{SUPERVISOR}>" in text_of(question)
    assert f"/archives/{ESCALATION}/p" in str(question["blocks"])
    await desk.one(lambda m: m.get("thread_ts") == root["ts"] and f"已把問題轉給 <@{AGENT}>" in text_of(m))

    await desk.click(question, "question_answer")
    form = await desk.view()
    assert QUESTION in str(form)
    blank = await desk.submit(form, {"answer": {"answer": "  "}})
    assert blank["errors"]["answer"] == "還沒有寫內容。"
    await desk.submit(form, {"answer": {"answer": "10/31 到期了，還沒續約"}})
    answer = await desk.one(lambda m: m.get("thread_ts") == root["ts"] and "還沒續約" in text_of(m))
    assert f"<@{AGENT}> 回答 <@{SUPERVISOR}>" in text_of(answer)
    await desk.one(lambda m: m["ts"] == question["ts"] and "已回答" in text_of(m))
    assert await desk.all(has_action("question_answer")) == []
    assert has_action("escalation_approve")(
        await desk.one(lambda m: m["channel"] == ESCALATION and m["ts"] == root["ts"])
    ), "a question decides nothing"


async def test_an_answer_in_the_thread_counts_as_well(socket_desk: Desk) -> None:
    root, question = await asked(socket_desk)
    await socket_desk.say("已經到期了", user=AGENT, channel=ESCALATION, thread_ts=root["ts"])
    closed = await socket_desk.one(lambda m: m["ts"] == question["ts"] and "已回答" in text_of(m))
    assert "已經到期了" in text_of(closed)


async def test_a_question_is_answered_once(socket_desk: Desk) -> None:
    root, question = await asked(socket_desk)
    await socket_desk.click(question, "question_answer")
    late = await socket_desk.view()
    await socket_desk.say("到期了", user=AGENT, channel=ESCALATION, thread_ts=root["ts"])
    await socket_desk.one(lambda m: m["ts"] == question["ts"] and "已回答" in text_of(m))
    await socket_desk.submit(late, {"answer": {"answer": "我查一下"}})
    await socket_desk.one(lambda m: whispered(AGENT)(m) and "已經有人回答" in text_of(m))
    assert await socket_desk.all(lambda m: m["channel"] == ESCALATION and "我查一下" in text_of(m)) == []


async def test_a_question_heard_twice_is_passed_on_once(desk: Desk) -> None:
    root, _ = await asked(desk)
    await desk.post("redeliver", event_id="Ev0QUESTION", reason="http_timeout")
    assert len(await desk.all(has_action("question_answer"))) == 1
    passed = await desk.all(lambda m: m.get("thread_ts") == root["ts"] and "已把問題轉給" in text_of(m))
    assert len(passed) == 1


async def test_a_lost_answer_of_slack_makes_no_second_question(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.post("fault", method="chat.postMessage", kind="drop_after")
    await socket_desk.say(QUESTION, user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    await socket_desk.one(lambda m: m.get("thread_ts") == root["ts"] and "已把問題轉給" in text_of(m), seconds=20)
    assert len(await socket_desk.all(has_action("question_answer"))) == 1


async def test_whoever_has_the_case_now_is_asked(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.say("這件我接手", user=OTHER_AGENT, channel=CUSTOMERS)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and f"<@{OTHER_AGENT}>" in text_of(m))
    await socket_desk.say(QUESTION, user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    question = await socket_desk.one(has_action("question_answer"))
    assert direct_to(OTHER_AGENT)(question)
    assert "有个问题" in text_of(question)


async def test_questions_are_passed_on_after_the_decision_too(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.click(root, "escalation_approve", user=SUPERVISOR)
    await socket_desk.one(lambda m: direct_to(AGENT)(m) and has_action("draft_use")(m))
    await socket_desk.say("客戶回了什麼？", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    await socket_desk.one(lambda m: direct_to(AGENT)(m) and has_action("question_answer")(m))
