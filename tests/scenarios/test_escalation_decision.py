"""Decisions: by button, by form, in words that are asked back; changed and taken back within a minute."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    ESCALATION,
    SALES,
    SUPERVISOR,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import ASKS, OTHER_AGENT, OTHER_SUPERVISOR, direct_to, escalated

ROOT = Path(__file__).parents[2]
REPLY = "跟您說明一下，這次的處理方式我先整理好，下午 5 點前回您。"


async def verdict_of(desk: Desk, words: str, user: str = AGENT) -> Message:
    return await desk.one(lambda m: direct_to(user)(m) and has_action("draft_use")(m) and words in text_of(m))


async def now(desk: Desk, message: Message) -> Message:
    """The message as it stands now."""
    return next(m for m in await desk.messages() if (m["channel"], m["ts"]) == (message["channel"], message["ts"]))


async def announced(desk: Desk, root: Message, verdict: str) -> Message:
    return await desk.one(
        lambda m: m.get("thread_ts") == root["ts"] and "已記下" in text_of(m) and verdict in text_of(m)
    )


def element(form: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(b["element"] for b in form["view"]["blocks"] if b.get("block_id") == name)
    return found


async def test_rule_43_changed_terms_begin_with_the_ask_and_reach_the_drafts(desk: Desk) -> None:
    root = await escalated(desk, ask="discount", share="85")
    await desk.click(root, "escalation_counter", user=SUPERVISOR)
    form = await desk.view(SUPERVISOR)
    assert element(form, "share")["initial_value"] == "85"
    assert element(form, "once")["initial_options"], "what is given is given once (rule 43)"
    await desk.submit(form, {"share": {"share": "80"}, "conditions": {"conditions": "之後請客戶續約"}}, user=SUPERVISOR)
    verdict = await verdict_of(desk, "收 80%")
    assert "僅此一次" in text_of(verdict)
    assert "之後請客戶續約" in text_of(verdict)
    assert "8 折" in text_of(verdict), "in the drafts too"
    await desk.one(lambda m: in_channel(DESK)(m) and "收 80%" in text_of(m) and "之後請客戶續約" in text_of(m))
    assert "收 80%" in text_of(await now(desk, root))


async def test_a_yes_grants_what_the_agent_offered(socket_desk: Desk) -> None:
    root = await escalated(socket_desk, ask="discount", share="80")
    await socket_desk.say("可以", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    verdict = text_of(await verdict_of(socket_desk, "收 80%"))
    assert "8 折" in verdict


async def test_unclear_words_are_asked_back_and_count_once_a_supervisor_confirms(desk: Desk) -> None:
    root = await escalated(desk)
    await desk.say("應該可以吧，打八折，下不為例", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    asked = await desk.one(has_action("escalation_confirm"))
    assert "收 80%・僅此一次」嗎" in text_of(asked)
    assert asked["thread_ts"] == root["ts"]
    await desk.click(asked, "escalation_confirm", user=AGENT)
    await desk.one(lambda m: whispered(AGENT)(m) and "只開放" in text_of(m))
    assert has_action("escalation_approve")(await now(desk, root)), "still open"
    await desk.click(asked, "escalation_confirm", user=OTHER_SUPERVISOR)
    verdict = await verdict_of(desk, "收 80%")
    assert f"<@{OTHER_SUPERVISOR}>" in text_of(verdict)
    await desk.one(lambda m: m["ts"] == asked["ts"] and not has_action("escalation_confirm")(m))


async def test_a_wrong_guess_gives_way_to_the_buttons(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.say("大概打八折吧，我想想", user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    asked = await socket_desk.one(has_action("escalation_reject"))
    await socket_desk.click(asked, "escalation_reject", user=SUPERVISOR)
    offered = await socket_desk.one(lambda m: m["ts"] == asked["ts"] and has_action("escalation_approve")(m))
    await socket_desk.click(offered, "escalation_decline", user=SUPERVISOR)
    await verdict_of(socket_desk, "婉拒")


async def test_whoever_comes_second_is_shown_the_first_decision_in_private(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.click(root, "escalation_counter", user=OTHER_SUPERVISOR)
    late = await socket_desk.view(OTHER_SUPERVISOR)
    await socket_desk.click(root, "escalation_decline", user=SUPERVISOR)
    await announced(socket_desk, root, "婉拒")
    await socket_desk.submit(late, {"share": {"share": "80"}}, user=OTHER_SUPERVISOR)
    refused = await socket_desk.one(lambda m: whispered(OTHER_SUPERVISOR)(m) and "已经有决定" in text_of(m))
    assert "婉拒" in text_of(refused)
    assert f"<@{SUPERVISOR}>" in text_of(refused)
    assert "收 80%" not in text_of(await now(socket_desk, root))


@pytest.mark.parametrize("user", [AGENT, SALES])
async def test_only_supervisors_decide(socket_desk: Desk, user: str) -> None:
    root = await escalated(socket_desk)
    for button in ("escalation_approve", "escalation_decline", "escalation_counter"):
        await socket_desk.click(root, button, user=user)
    await socket_desk.say("可以，這次免費", user=user, channel=ESCALATION, thread_ts=root["ts"])
    refusals = await eventually(
        lambda: socket_desk.messages(lambda m: whispered(user)(m) and "只開放" in text_of(m)), 10
    )
    assert refusals
    assert has_action("escalation_approve")(await now(socket_desk, root))
    await socket_desk.quiet()
    views = [v for v in (await socket_desk.get("state"))["views"] if v["user"] == user and v["type"] == "modal"]
    assert views == []


async def test_a_decision_taken_back_is_open_again_and_its_drafts_are_gone(desk: Desk) -> None:
    root = await escalated(desk)
    await desk.click(root, "escalation_approve", user=SUPERVISOR)
    verdict = await verdict_of(desk, "核准")
    said = await announced(desk, root, "核准")
    await desk.click(said, "escalation_take_back", user=SUPERVISOR)
    told = await desk.one(lambda m: direct_to(AGENT)(m) and "收回了決定" in text_of(m))
    assert "不要依原本的決定" in text_of(told)
    await desk.one(lambda m: m["ts"] == root["ts"] and has_action("escalation_approve")(m))
    await desk.one(lambda m: m["ts"] == verdict["ts"] and not has_action("draft_use")(m))
    assert "更改" not in text_of(await now(desk, said))
    await desk.one(lambda m: in_channel(DESK)(m) and "等主管" in text_of(m))
    await desk.click(root, "escalation_decline", user=OTHER_SUPERVISOR)
    await verdict_of(desk, "婉拒")


async def test_a_changed_decision_reaches_the_agent_with_new_drafts(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.click(root, "escalation_approve", user=SUPERVISOR)
    first = await verdict_of(socket_desk, "核准")
    said = await announced(socket_desk, root, "核准")
    await socket_desk.click(said, "escalation_change", user=SUPERVISOR)
    form = await socket_desk.view(SUPERVISOR)
    assert element(form, "verdict")["initial_option"]["value"] == "approve"
    await socket_desk.submit(form, {"verdict": {"verdict": "decline"}}, user=SUPERVISOR)
    second = await verdict_of(socket_desk, "主管更改了決定")
    assert "原本是：核准" in text_of(second)
    assert "主管決定：婉拒" in text_of(second)
    await socket_desk.one(lambda m: m["ts"] == first["ts"] and not has_action("draft_use")(m))
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "婉拒" in text_of(m))
    assert "婉拒" in text_of(await now(socket_desk, root))


async def test_a_decision_that_overtakes_the_record_of_its_root_counts(socket_desk: Desk) -> None:
    """The root stands in Slack, but the answer that says so was lost: the desk still looks for it."""
    await socket_desk.say(ASKS)
    card = await socket_desk.one(in_channel(DESK))
    await socket_desk.post("fault", method="chat.postMessage", kind="drop_after")
    root = await socket_desk.escalate(card)
    await socket_desk.click(root, "escalation_approve", user=SUPERVISOR)
    await verdict_of(socket_desk, "核准")
    await announced(socket_desk, root, "核准")
    assert "核准" in text_of(await now(socket_desk, root))


async def test_another_supervisor_cannot_change_it(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.click(root, "escalation_approve", user=SUPERVISOR)
    said = await announced(socket_desk, root, "核准")
    await socket_desk.click(said, "escalation_take_back", user=OTHER_SUPERVISOR)
    await socket_desk.one(lambda m: whispered(OTHER_SUPERVISOR)(m) and "只有做这个决定的人" in text_of(m))
    assert "核准" in text_of(await now(socket_desk, root))


async def test_what_the_customer_was_told_is_not_changed_any_more(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.click(root, "escalation_approve", user=SUPERVISOR)
    verdict = await verdict_of(socket_desk, "核准")
    said = await announced(socket_desk, root, "核准")
    await socket_desk.click(verdict, "draft_use")
    await socket_desk.submit(await socket_desk.view(), {"text": {"text": REPLY}})
    await socket_desk.one(lambda m: in_channel(CUSTOMERS)(m) and REPLY in text_of(m))
    await socket_desk.quiet()
    for button in ("escalation_change", "escalation_take_back"):
        await socket_desk.click(said, button, user=SUPERVISOR)
        await socket_desk.one(lambda m: whispered(SUPERVISOR)(m) and "已經把回覆送給客戶" in text_of(m))
    assert "核准" in text_of(await now(socket_desk, root))


@pytest.fixture
async def hasty_desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Second thoughts are allowed for two seconds."""
    policy = tmp_path / "policy.yaml"
    policy.write_text("revise_within_seconds: 2\n")
    running = await Desk.start(tmp_path / "demo.log", env={"FENCUN_POLICY_FILE": str(policy)})
    yield running
    await running.stop()


async def test_when_the_minute_is_over_the_ways_back_are_gone(hasty_desk: Desk) -> None:
    root = await escalated(hasty_desk)
    await hasty_desk.click(root, "escalation_approve", user=SUPERVISOR)
    said = await announced(hasty_desk, root, "核准")
    await hasty_desk.click(said, "escalation_change", user=SUPERVISOR)
    late = await hasty_desk.view(SUPERVISOR)
    await hasty_desk.one(lambda m: m["ts"] == said["ts"] and not has_action("escalation_take_back")(m))
    await hasty_desk.submit(late, {"verdict": {"verdict": "decline"}}, user=SUPERVISOR)
    await hasty_desk.one(lambda m: whispered(SUPERVISOR)(m) and "時間已經過了" in text_of(m))
    assert "核准" in text_of(await now(hasty_desk, root))


async def test_the_verdict_reaches_whoever_has_the_case_and_whoever_asked(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    await socket_desk.say("我接手這件，您稍等", user=OTHER_AGENT)
    await socket_desk.one(lambda m: in_channel(DESK)(m) and f"<@{OTHER_AGENT}>" in text_of(m))
    await socket_desk.click(root, "escalation_decline", user=SUPERVISOR)
    await verdict_of(socket_desk, "主管決定：婉拒")
    await verdict_of(socket_desk, "主管决定：婉拒", user=OTHER_AGENT)


async def test_that_nothing_was_understood_is_said_once_and_not_at_every_remark(socket_desk: Desk) -> None:
    root = await escalated(socket_desk)
    for words in ("嗯嗯", "我看一下", "辛苦了", "大概打八折吧，我想想"):
        await socket_desk.say(words, user=SUPERVISOR, channel=ESCALATION, thread_ts=root["ts"])
    await socket_desk.one(has_action("escalation_confirm"))
    asked = await socket_desk.all(lambda m: m.get("thread_ts") == root["ts"] and "沒辦法確定" in text_of(m))
    assert len(asked) == 1
