"""A private word on an agent's own message: with why and what to say instead, once, and only where it is wanted."""

from __future__ import annotations

import pytest

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    SUPERVISOR,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)

STUCK = "ERP 又當了,出貨單整批印不出來"
RUDE = "這是公司規定,我沒有辦法,你怎麼聽不懂"
KIND = "我先確認出貨單的狀況,十分鐘內回覆您"


async def hints(desk: Desk, user: str = AGENT) -> list[Message]:
    return await desk.messages(lambda m: whispered(user)(m) and has_action("hints_off")(m))


async def hint(desk: Desk, user: str = AGENT) -> Message:
    found: list[Message] = await eventually(lambda: hints(desk, user), 10)
    return found[0]


async def asked(desk: Desk) -> str:
    ts = await desk.say(STUCK)
    await desk.one(in_channel(DESK))
    return ts


async def test_a_harmful_message_is_hinted_at_in_its_thread_and_left_alone(desk: Desk) -> None:
    ts = await asked(desk)
    await desk.say(RUDE, user=AGENT, thread_ts=ts)
    found = await hint(desk)
    assert found["thread_ts"] == ts
    assert "公司規定" in text_of(found)
    assert "可以改成" in text_of(found)
    assert await desk.all(lambda m: in_channel(CUSTOMERS)(m) and m["text"] == RUDE)
    public = await desk.all(lambda m: in_channel(CUSTOMERS)(m) and m["user"] == "U0FENCUN")
    assert public == []
    assert [m for m in await desk.all() if m["visible_to"] not in (None, AGENT)] == []


async def test_a_message_gets_one_hint_and_a_good_one_that_turns_bad_gets_its_own(socket_desk: Desk) -> None:
    ts = await asked(socket_desk)
    first = await socket_desk.say(KIND, user=AGENT, thread_ts=ts)
    await socket_desk.say(RUDE, user=AGENT, thread_ts=ts)
    await hint(socket_desk)
    await socket_desk.post("edit", user=AGENT, channel=CUSTOMERS, ts=first, text=RUDE)
    await eventually(lambda: _count(socket_desk, 2), 10)
    await socket_desk.post("edit", user=AGENT, channel=CUSTOMERS, ts=first, text=RUDE + "!")
    await socket_desk.say(KIND, user=AGENT, thread_ts=ts)
    await socket_desk.quiet()
    assert len(await hints(socket_desk)) == 2


async def test_hints_are_dismissed_and_switched_off_and_on_by_each_person(desk: Desk) -> None:
    ts = await asked(desk)
    await desk.say(RUDE, user=AGENT, thread_ts=ts)
    found = await hint(desk)
    await desk.click(found, "hint_dismiss")
    await eventually(lambda: _count(desk, 0), 5)
    await desk.say(RUDE + "啦", user=AGENT, thread_ts=ts)
    await desk.click(await hint(desk), "hints_off")
    await desk.one(lambda m: whispered(AGENT)(m) and "不再提示" in text_of(m))
    await desk.say(RUDE + "喔", user=AGENT, thread_ts=ts)
    await desk.say(RUDE, user=SUPERVISOR, thread_ts=ts)
    await hint(desk, SUPERVISOR)
    await desk.quiet()
    assert await hints(desk) == []
    await desk.command("/desk", "hints on")
    await desk.one(lambda m: whispered(AGENT)(m) and "會私下提示" in text_of(m))
    await desk.say(RUDE + "耶", user=AGENT, thread_ts=ts)
    await hint(desk)


async def test_where_the_desk_tells_nobody_anything_it_gives_no_hints(socket_desk: Desk) -> None:
    ts = await asked(socket_desk)
    await socket_desk.command("/desk", "mode shadow")
    await socket_desk.one(whispered(AGENT))
    await socket_desk.say(RUDE, user=AGENT, thread_ts=ts)
    await socket_desk.quiet()
    assert await hints(socket_desk) == []


@pytest.mark.parametrize("channel", [DESK, "C0ESC"])
async def test_what_is_said_among_ourselves_is_nobodys_business(socket_desk: Desk, channel: str) -> None:
    await asked(socket_desk)
    await socket_desk.say(RUDE, user=AGENT, channel=channel)
    await socket_desk.say(RUDE, user=SUPERVISOR, channel=channel)
    await socket_desk.quiet()
    assert await hints(socket_desk) + await hints(socket_desk, SUPERVISOR) == []


async def _count(desk: Desk, number: int) -> bool:
    return len(await hints(desk)) == number
