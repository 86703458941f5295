"""What Slack and the CRM do wrong, and what becomes of it: nothing lost, nothing twice, nothing claimed."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.desk import AGENT, CUSTOMERS, DESK, ESCALATION, Desk, has_action, in_channel, text_of, whispered

BROKEN = "ERP 從早上就登不進去,會計整間在等,請問什麼時候可以處理?"


async def test_a_repeated_event_makes_one_card(desk: Desk) -> None:
    await desk.say(BROKEN, event_id="Ev0TWICE")
    await desk.one(in_channel(DESK))
    await desk.post("redeliver", event_id="Ev0TWICE", reason="http_timeout")
    assert len(await desk.all(in_channel(DESK))) == 1
    assert "1 則訊息" in text_of((await desk.all(in_channel(DESK)))[0])


async def test_a_rate_limited_post_comes_later_and_once(desk: Desk) -> None:
    await desk.post("fault", method="chat.postMessage", kind="429", times=2, retry_after=1)
    await desk.say(BROKEN)
    await desk.one(in_channel(DESK), seconds=20)
    assert len(await desk.all(in_channel(DESK))) == 1


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "500"])
async def test_a_lost_answer_makes_no_second_post(desk: Desk, kind: str) -> None:
    await desk.post("fault", method="chat.postMessage", kind=kind)
    await desk.say(BROKEN)
    await desk.one(in_channel(DESK), seconds=20)
    assert len(await desk.all(in_channel(DESK))) == 1


async def test_a_lost_answer_to_a_customer_is_not_sent_twice(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(whispered(AGENT))
    await socket_desk.click(drafts, "draft_use")
    form = await socket_desk.view()
    await socket_desk.post("fault", method="chat.postMessage", kind="drop_after")
    await socket_desk.submit(form, {"text": {"text": "登不進去的畫面方便截一張給我嗎?我下午 5 點前跟您回報。"}})
    sent = lambda m: in_channel(CUSTOMERS)(m) and "截一張" in m["text"]  # noqa: E731 - asked twice below
    await socket_desk.one(sent, seconds=20)
    assert len(await socket_desk.all(sent)) == 1


async def test_a_mention_in_a_customers_words_calls_nobody(socket_desk: Desk) -> None:
    await socket_desk.say(f"{BROKEN} <!channel> <!here> <@U0SUPTW> <https://evil.example|點我>")
    card = await socket_desk.one(in_channel(DESK))
    await socket_desk.escalate(card)
    for message in await socket_desk.all(lambda m: m["channel"] in (DESK, ESCALATION)):
        words = text_of(message)
        assert "<!channel>" not in words
        assert "<!here>" not in words
        assert "<https://evil.example" not in words


async def test_a_draft_is_seen_by_the_agent_alone(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    await socket_desk.one(whispered(AGENT))
    assert await socket_desk.all(lambda m: has_action("draft_use")(m) and m["visible_to"] != AGENT) == []


@pytest.fixture
async def deaf_crm(tmp_path: Path) -> AsyncIterator[Desk]:
    """A CRM that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        env = {"FENCUN_CRM": "sql", "FENCUN_CRM_URL": f"postgresql://crm:secret@127.0.0.1:{port}/crm"}
        running = await Desk.start(tmp_path / "demo.log", env=env)
        yield running
        await running.stop()


async def test_a_hanging_crm_delays_nothing_and_nothing_is_claimed(deaf_crm: Desk) -> None:
    await deaf_crm.say(BROKEN)
    card = await deaf_crm.one(in_channel(DESK), seconds=5)
    assert "暫時查不到" in text_of(card)
    answer = await deaf_crm.command("/draft")
    assert answer["status"] == 200
    assert answer["ack_ms"] < 1000
    drafts = await deaf_crm.one(whispered(AGENT), seconds=5)
    assert has_action("draft_use")(drafts)
    for claim in ("到期", "過保", "保固", "合約", "續約"):
        assert claim not in text_of(drafts)


async def test_what_was_kept_before_a_stop_is_worked_through_after_it(socket_desk: Desk) -> None:
    """SIGTERM in the middle: what was acknowledged is finished before the process ends."""
    await socket_desk.say(BROKEN)
    code = await socket_desk.stop()
    assert code == 0
    log = socket_desk.log.read_text()
    assert "Traceback" not in log, log[-3000:]


async def test_a_very_long_message_gets_its_card_and_its_escalation(socket_desk: Desk) -> None:
    long = (BROKEN + "\n> *引用* `程式` & <標籤>\n") * 800
    await socket_desk.say(long[:39_000])
    for _ in range(12):
        await socket_desk.say(long[:5_000])
    card = await socket_desk.one(lambda m: in_channel(DESK)(m) and "13 則訊息" in text_of(m))
    root = await socket_desk.escalate(card)
    await socket_desk.one(lambda m: m.get("thread_ts") == root["ts"] and "對話原文" in text_of(m))
    await socket_desk.command("/draft", long[:30_000])
    await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))


async def test_a_reply_that_slack_refuses_is_given_back_to_its_writer(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(whispered(AGENT))
    await socket_desk.click(drafts, "draft_use")
    form = await socket_desk.view()
    await socket_desk.post("archive", channel=CUSTOMERS)
    written = "登不進去的畫面方便截一張給我嗎?我下午 5 點前跟您回報。"
    await socket_desk.submit(form, {"text": {"text": written}})
    await socket_desk.one(lambda m: m["channel"].startswith("D") and written in text_of(m))
