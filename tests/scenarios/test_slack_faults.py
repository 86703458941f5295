"""Slack's own faults, one by one as docs/faults.md lists them: what is decided, who is told, nothing lost or twice."""

from __future__ import annotations

import pytest

from tests.scenarios.desk import (
    AGENT,
    DESK,
    SUPERVISOR,
    Desk,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import direct_to

BROKEN = "ERP 從早上就登不進去，會計整間在等，請問什麼時候可以處理？"


async def test_a_post_that_hangs_comes_once(socket_desk: Desk) -> None:
    await socket_desk.post("fault", method="chat.postMessage", kind="hang", seconds=1)
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK), seconds=30)
    assert len(await socket_desk.all(in_channel(DESK))) == 1


async def test_a_retry_while_the_first_is_still_at_work_does_nothing_twice(desk: Desk) -> None:
    await desk.post("fault", method="chat.postMessage", kind="delay", seconds=2)
    await desk.say(BROKEN, event_id="Ev0BUSY")
    for reason in ("http_timeout", "http_error"):
        answer = await desk.post("redeliver", event_id="Ev0BUSY", reason=reason)
        assert answer["status"] == 200
    await desk.one(in_channel(DESK), seconds=20)
    cards = await desk.all(in_channel(DESK))
    assert len(cards) == 1
    assert "1 則訊息" in text_of(cards[0])


@pytest.mark.parametrize("how", [{"abort": True}, {"refresh": True}])
async def test_a_socket_that_drops_in_mid_burst_loses_nothing(socket_desk: Desk, how: dict[str, bool]) -> None:
    for number in range(12):
        await socket_desk.say(f"{BROKEN}（第 {number} 次）")
        if number == 5:
            await socket_desk.post("disconnect", **how)
    card = await socket_desk.one(lambda m: in_channel(DESK)(m) and "12 則訊息" in text_of(m), seconds=60)
    assert len(await socket_desk.all(in_channel(DESK))) == 1
    assert card["channel"] == DESK


async def test_a_form_that_opens_too_late_is_told_in_private(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    card = await socket_desk.one(in_channel(DESK))
    await socket_desk.post("fault", method="views.open", kind="delay", seconds=3.5)
    await socket_desk.click(card, "case_triage")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and ("連不上" in text_of(m) or "再按一次" in text_of(m)))


async def test_a_deleted_card_is_replaced_when_the_case_moves(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    card = await socket_desk.one(in_channel(DESK))
    body = {"channel": DESK, "ts": card["ts"]}
    token = {"Authorization": "Bearer xoxb-fencun-local"}
    async with socket_desk.session.post(f"{socket_desk.url}/api/chat.delete", json=body, headers=token) as answer:
        assert (await answer.json())["ok"]
    await socket_desk.say("還是不行")
    new = await socket_desk.one(lambda m: in_channel(DESK)(m) and "2 則訊息" in text_of(m))
    assert new["ts"] != card["ts"]


async def test_whispers_that_are_gone_are_found_again_in_the_home(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    home = await socket_desk.post("home", user=AGENT)
    assert "draft_use" in str(home)


async def test_a_desk_without_the_bot_is_told_to_the_supervisors_and_follows_when_it_is_back(
    socket_desk: Desk,
) -> None:
    await socket_desk.post("kick", channel=DESK)
    await socket_desk.say(BROKEN)
    told = await socket_desk.one(direct_to(SUPERVISOR), seconds=20)
    assert f"<#{DESK}>" in text_of(told)
    assert "先留著" in text_of(told)
    await socket_desk.say("有人在嗎？")
    assert len(await socket_desk.all(direct_to(SUPERVISOR))) == 1, "once a day"
    await socket_desk.post("invite", channel=DESK)
    await socket_desk.say("還是登不進去")
    await socket_desk.one(lambda m: in_channel(DESK)(m) and "3 則訊息" in text_of(m), seconds=20)


async def test_an_archived_desk_is_told_to_the_supervisors(socket_desk: Desk) -> None:
    await socket_desk.post("archive", channel=DESK)
    await socket_desk.say(BROKEN)
    assert "封存" in text_of(await socket_desk.one(direct_to(SUPERVISOR), seconds=20))


async def test_a_revoked_token_is_said_by_readiness_and_slack_is_left_alone(socket_desk: Desk) -> None:
    await socket_desk.say(BROKEN)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.post("revoke")
    await socket_desk.say("還是不行")
    await socket_desk.command("/draft")

    async def unready() -> str | None:
        async with socket_desk.session.get(f"http://127.0.0.1:{socket_desk.port + 1}/readyz") as answer:
            return await answer.text() if answer.status == 503 else None

    assert "token_revoked" in await eventually(unready, 15)
    asked = len(await socket_desk.get("calls"))
    for _ in range(5):
        await socket_desk.say("怎麼還不能用")
        await socket_desk.command("/draft")
    await socket_desk.quiet()
    assert len(await socket_desk.get("calls")) <= asked + 1
    log = socket_desk.log.read_text()
    assert log.count('"slack_locked_out"') == 1
    assert "SLACK_BOT_TOKEN" in log
