"""The App Home by role: what waits, in pages, with ways to it, and what can be done on the page itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    CUSTOMERS,
    DESK,
    ENGINEER,
    SALES,
    SUPERVISOR,
    Desk,
    eventually,
    has_action,
    in_channel,
    strings,
    whispered,
)
from tests.scenarios.scenes import STUCK

ZONE = ZoneInfo("Asia/Taipei")


async def home(desk: Desk, user: str) -> dict[str, Any]:
    view: dict[str, Any] = (await desk.post("home", user=user))["view"]
    return view


def words(view: dict[str, Any]) -> str:
    return "\n".join(strings(view["blocks"]))


def ids(view: dict[str, Any]) -> list[str]:
    """The action ids on a page, in order."""
    elements = [e for b in view["blocks"] for e in [*b.get("elements", []), b.get("accessory") or {}]]
    return [e["action_id"] for e in elements if "action_id" in e]


async def press(desk: Desk, user: str, action_id: str, **more: Any) -> dict[str, Any]:
    """The page as it is after a click on it."""
    before = await home(desk, user)
    await desk.post("action", user=user, view_id=before["id"], action_id=action_id, **more)

    async def changed() -> dict[str, Any] | None:
        views = (await desk.get("state"))["views"]
        shown: dict[str, Any] = next(v["view"] for v in views if v["user"] == user and v["type"] == "home")
        return shown if words(shown) != words(before) else None

    found: dict[str, Any] = await eventually(changed, 5)
    return found


async def test_an_empty_page_says_what_will_stand_there(socket_desk: Desk) -> None:
    for user, expected in (
        (AGENT, ["目前沒有答應客戶", "目前沒有在你手上的案件", "沒有存著的草稿"]),
        (SUPERVISOR, ["沒有等主管決定的案件", "沒有過期的承諾"]),
        (SALES, ["還沒有新的機會"]),
        (ENGINEER, ["目前沒有客戶繞過客服直接找你"]),
    ):
        page = words(await home(socket_desk, user))
        assert all(line in page for line in expected), user
    agent = words(await home(socket_desk, AGENT))
    assert "等你們決定" not in agent


async def test_outsiders_learn_what_the_bot_is_and_nothing_else(desk: Desk) -> None:
    await desk.say(STUCK)
    await desk.one(in_channel(DESK))
    page = await home(desk, CUSTOMER)
    assert "內部助理" in words(page)
    assert len(page["blocks"]) == 1
    assert ids(page) == []


async def test_a_case_is_listed_with_customer_contract_wish_age_and_ways_to_it(desk: Desk) -> None:
    said = await desk.say(STUCK)
    card = await desk.one(in_channel(DESK))
    await desk.say("我先看一下,下午 3 點前回覆您", user=AGENT, thread_ts=said)
    page = await eventually(lambda: _listing(desk, AGENT, "已回覆"), 5)  # until then it stands among those nobody took
    assert "永豐紡織" in page
    assert "2026/10/31" in page
    assert "求助" in page
    assert "剛剛" in page
    assert card["ts"].replace(".", "") in page
    assert said.replace(".", "") in page
    await desk.say("到底好了沒", thread_ts=said)
    await eventually(lambda: _listing(desk, AGENT, "客戶在等"), 5)


async def test_more_cases_than_fit_are_turned_over_in_pages(socket_desk: Desk) -> None:
    roots = [await socket_desk.say(f"第 {n} 門市", user=AGENT, channel="C0EXTDM") for n in range(7)]
    for number, root in enumerate(roots):
        broken = f"{number} 號 POS 開不了機,請幫忙"
        await socket_desk.say(broken, user="U0CUSTDM", channel="C0EXTDM", thread_ts=root)
        await socket_desk.say(f"{number} 號收到", user=AGENT, channel="C0EXTDM", thread_ts=root)
    first = words(await eventually(lambda: _older(socket_desk), 10))
    assert [n for n in range(7) if f"{n} 號收到" in first] == [2, 3, 4, 5, 6]
    second = await press(socket_desk, AGENT, "home_older")
    assert [n for n in range(7) if f"{n} 號收到" in words(second)] == [0, 1]
    assert "home_newer" in ids(second)
    assert "home_older" not in ids(second)
    assert "home_newer" not in ids(await home(socket_desk, AGENT)), "who opens it anew begins at the top"


async def test_a_promise_in_a_reply_is_listed_until_it_is_kept(desk: Desk) -> None:
    said = await desk.say(STUCK)
    await desk.one(in_channel(DESK))
    later = datetime.now(ZONE) + timedelta(hours=2)
    await desk.say(f"我{later.month}月{later.day}日{later:%H:%M}前把結果回覆您", user=AGENT, thread_ts=said)
    page = await eventually(lambda: _listing(desk, AGENT, f"{later:%m/%d %H:%M} 到期"), 5)
    assert "把結果回覆您" in page
    assert "promise_kept" in ids(await home(desk, AGENT))
    kept = await press(desk, AGENT, "promise_kept")
    assert "promise_kept" not in ids(kept)


async def test_a_reply_sent_from_a_draft_makes_promises_too(socket_desk: Desk) -> None:
    await socket_desk.say(STUCK)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(whispered(AGENT))
    await socket_desk.click(drafts, "draft_use")
    later = datetime.now(ZONE) + timedelta(days=1)
    text = f"許先生,出貨單印不出來確實很急,我{later.month}月{later.day}日上午十點前把進度告訴您。"
    await socket_desk.submit(await socket_desk.view(), {"text": {"text": text}})
    await socket_desk.one(lambda m: in_channel(CUSTOMERS)(m) and m["text"] == text)
    await eventually(lambda: _listing(socket_desk, AGENT, f"{later:%m/%d} 10:00 到期"), 5)


async def test_supervisors_see_what_waits_for_them_with_age_customer_and_ways(desk: Desk) -> None:
    await desk.say(STUCK)
    await desk.one(in_channel(DESK))
    root = await desk.escalate(reason="客戶要求免費處理")
    page = words(await home(desk, SUPERVISOR))
    assert "永豐紡織" in page
    assert "客戶要求免費處理" in page
    assert "等了" in page
    assert root["ts"].replace(".", "") in page
    assert "客戶要求免費處理" not in words(await home(desk, SALES))


async def test_a_supervisor_who_drafts_finds_the_drafts_too(socket_desk: Desk) -> None:
    assert "存著的草稿" not in words(await home(socket_desk, SUPERVISOR))
    await socket_desk.say(STUCK)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft", user=SUPERVISOR)
    drafts = await socket_desk.one(lambda m: whispered(SUPERVISOR)(m) and has_action("draft_keep")(m))
    await socket_desk.click(drafts, "draft_keep", user=SUPERVISOR)
    page = await eventually(lambda: _listing(socket_desk, SUPERVISOR, "📌"), 5)
    assert "我的案件" not in page


async def test_sales_sees_the_opportunity_with_stage_value_and_reason(socket_desk: Desk) -> None:
    await socket_desk.say("我們的 ERP 維護想續約,一年多少錢?")
    await socket_desk.one(in_channel(DESK))
    page = await eventually(lambda: _listing(socket_desk, SALES, "永豐紡織"), 10)
    assert "客戶主動問續約" in page
    assert "NT$" in page
    assert "還沒有人跟進" in page


async def test_an_engineer_sees_customers_who_came_past_the_agent(socket_desk: Desk) -> None:
    await socket_desk.say(f"<@{ENGINEER}> ERP 又當了,出貨單印不出來,你直接幫我處理一下就好")
    await socket_desk.one(in_channel(DESK))
    page = await eventually(lambda: _listing(socket_desk, ENGINEER, "永豐紡織"), 10)
    assert "2026/10/31" in page
    assert "還沒有客服接手" in page
    assert "直接找到你的客戶" not in words(await home(socket_desk, AGENT))


async def test_stored_drafts_are_taken_or_thrown_away_on_the_page(socket_desk: Desk) -> None:
    await socket_desk.say(STUCK)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_keep")(m))
    await socket_desk.click(drafts, "draft_keep")
    page = await eventually(lambda: _listing(socket_desk, AGENT, "📌"), 5)
    assert "永豐紡織" in page
    gone = await press(socket_desk, AGENT, "draft_throw")
    assert "draft_use" not in ids(gone)


async def test_language_and_hints_are_switched_on_the_page(desk: Desk) -> None:
    await home(desk, AGENT)
    english = await press(desk, AGENT, "home_language", value="en")
    assert "My cases" in words(english)
    simplified = await press(desk, AGENT, "home_language", value="hans")
    assert "存着的草稿" in words(simplified)
    back = await press(desk, AGENT, "home_language", value="auto")
    assert "我的案件" in words(back)


async def _listing(desk: Desk, user: str, expected: str) -> str | None:
    page = words(await home(desk, user))
    return page if expected in page else None


async def _older(desk: Desk) -> dict[str, Any] | None:
    """The page once all cases are listed and the newest of them leads."""
    page = await home(desk, AGENT)
    return page if "home_older" in ids(page) and "6 號收到" in words(page) else None


async def test_an_open_page_follows_what_happens(desk: Desk) -> None:
    await home(desk, AGENT)

    async def shown() -> str:
        views = (await desk.get("state"))["views"]
        return words(next(v["view"] for v in views if v["user"] == AGENT and v["type"] == "home"))

    async def shows(expected: str) -> bool:
        return expected in await shown()

    await desk.say(STUCK)
    await desk.say("我看一下,下午五點前回覆您", user=AGENT)
    await eventually(lambda: shows("永豐紡織"), 15)
    await eventually(lambda: shows("下午五點前回覆您"), 15)
    await desk.command("/draft")
    drafts = await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_keep")(m))
    await desk.click(drafts, "draft_keep")
    await eventually(lambda: shows("📌"), 15)
