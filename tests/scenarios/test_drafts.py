"""Drafts as an agent meets them: shown alone, worked over in place, kept, edited, checked and sent."""

from __future__ import annotations

from typing import Any

from tests.scenarios.desk import (
    AGENT,
    CUSTOMERS,
    DESK,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import STUCK, TRIAGE


async def drafted(desk: Desk) -> Message:
    """The drafts for a customer in trouble, as the agent sees them."""
    await desk.say(STUCK)
    await desk.one(in_channel(DESK))
    await desk.command("/draft")
    return await shown(desk)


async def shown(desk: Desk) -> Message:
    return await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))


async def changed(desk: Desk, before: Message, *, user: str = AGENT) -> Message:
    """The same private message with other content."""

    async def other() -> Message | None:
        found = [m for m in await desk.messages(whispered(user)) if m["ts"] == before["ts"]]
        return found[0] if found and found[0]["blocks"] != before["blocks"] else None

    found: Message = await eventually(other, 5)
    return found


def texts(message: Message) -> list[str]:
    """The two drafts, to the letter."""
    sections = [block["text"] for block in message["blocks"] if block["type"] == "section"]
    return [text["text"] for text in sections if text["type"] == "plain_text"]


def button(message: Message, action_id: str) -> dict[str, Any]:
    elements = [e for block in message["blocks"] for e in [*block.get("elements", []), block.get("accessory") or {}]]
    return next(e for e in elements if e.get("action_id") == action_id)


async def test_the_default_view_is_light_and_sources_unfold_in_place(desk: Desk) -> None:
    drafts = await drafted(desk)
    assert len(texts(drafts)) == 2
    assert "永豐紡織" in text_of(drafts)
    assert "依據：" not in text_of(drafts)
    await desk.click(drafts, "draft_unfold")
    unfolded = await changed(desk, drafts)
    assert texts(unfolded) == texts(drafts)
    assert "依據" in text_of(unfolded)
    await desk.click(unfolded, "draft_fold")
    folded = await changed(desk, unfolded)
    assert text_of(folded) == text_of(drafts)
    assert len(await desk.all(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))) == 1


async def test_drafts_are_said_differently_shorter_and_in_the_other_script_in_place(desk: Desk) -> None:
    drafts = await drafted(desk)
    await desk.click(drafts, "draft_again")
    again = await changed(desk, drafts)
    assert texts(again) != texts(drafts)
    await desk.click(again, "draft_shorter")
    short = await changed(desk, again)
    assert all(len(new) <= len(old) for new, old in zip(texts(short), texts(again), strict=True))
    assert not has_action("draft_shorter")(short)
    assert button(short, "draft_script")["text"]["text"] == "改成簡體"
    await desk.click(short, "draft_script")
    simplified = await changed(desk, short)
    assert "您" in "".join(texts(simplified))
    assert not set("們這後處單請") & set("".join(texts(simplified)))
    assert button(simplified, "draft_script")["text"]["text"] == "改成繁體"
    assert len(await desk.all(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))) == 1


async def test_sizing_up_changes_the_drafts_at_once_and_keeps_their_script(socket_desk: Desk) -> None:
    drafts = await drafted(socket_desk)
    await socket_desk.click(drafts, "draft_script")
    simplified = await changed(socket_desk, drafts)
    await socket_desk.click(simplified, "case_triage")
    await socket_desk.submit(await socket_desk.view(), TRIAGE)
    informed = await changed(socket_desk, simplified)
    assert "2026年10月31日" in "".join(texts(informed))


async def test_kept_drafts_wait_in_the_home_with_customer_and_time_until_they_are_thrown_away(desk: Desk) -> None:
    drafts = await drafted(desk)
    await desk.click(drafts, "draft_keep")
    kept = await changed(desk, drafts)
    assert "已存著" in text_of(kept)
    assert not has_action("draft_keep")(kept)
    await desk.click(kept, "draft_again")
    await changed(desk, kept)
    home = (await desk.post("home", user=AGENT))["view"]
    assert "永豐紡織" in str(home)
    assert texts(drafts)[0][:20] in str(home)
    other = (await desk.post("home", user="U0AGENTCN"))["view"]
    assert texts(drafts)[0][:20] not in str(other)


async def test_a_blocked_sentence_comes_back_at_its_field_and_a_doubtful_one_is_asked_once(desk: Desk) -> None:
    drafts = await drafted(desk)
    await desk.click(drafts, "draft_use")
    form = await desk.view()
    refused = await desk.submit(form, {"text": {"text": "這是公司規定,我沒有辦法。"}})
    assert refused["response_action"] == "errors"
    assert "不能送" in refused["errors"]["text"]
    doubtful = {"text": {"text": "許先生,這邊會儘快處理,造成您的不便敬請見諒。"}}
    asked = await desk.submit(form, doubtful)
    assert asked.get("response_action") == "update", asked
    assert "請再看一眼" in str(asked["view"])
    await desk.submit(await desk.view(), doubtful)
    await desk.one(lambda m: in_channel(CUSTOMERS)(m) and "儘快處理" in m["text"])
    posted = [c for c in await desk.get("calls") if c["method"] == "chat.postMessage" and "儘快處理" in str(c)]
    assert "林佳穎" in str(posted[0]), "in the agent's name"


async def test_once_sent_the_drafts_give_way_to_a_note_and_wait_no_longer(desk: Desk) -> None:
    drafts = await drafted(desk)
    await desk.click(drafts, "draft_keep")
    kept = await changed(desk, drafts)
    await desk.click(kept, "draft_use")
    await desk.submit(await desk.view(), {"text": {"text": texts(kept)[0]}})
    sent = await changed(desk, kept)
    assert "已用你的名字" in text_of(sent)
    assert not has_action("draft_use")(sent)
    reply = await desk.one(lambda m: in_channel(CUSTOMERS)(m) and m["text"] == texts(kept)[0])
    assert reply["ts"].replace(".", "") in text_of(sent)
    assert "draft_use" not in str((await desk.post("home", user=AGENT))["view"])


async def test_words_said_on_the_phone_are_answered_and_stay_through_rewording(socket_desk: Desk) -> None:
    await drafted(socket_desk)
    await socket_desk.command("/draft", "他說週五前沒好就要求賠償三萬")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and "賠償三萬" in text_of(m))
    await socket_desk.click(drafts, "draft_again")
    again = await changed(socket_desk, drafts)
    assert "賠償三萬" in text_of(again)


async def test_where_the_private_message_can_no_longer_be_replaced_a_new_one_is_shown(socket_desk: Desk) -> None:
    drafts = await drafted(socket_desk)
    await socket_desk.post("fault", method="response_url", kind="500", times=1)
    await socket_desk.click(drafts, "draft_again")

    async def two() -> bool:
        return len(await socket_desk.messages(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))) == 2

    assert await eventually(two, 5)


async def test_drafts_asked_for_in_a_thread_are_shown_there_and_else_in_the_channel(socket_desk: Desk) -> None:
    ts = await socket_desk.say(STUCK)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.post("shortcut", user=AGENT, channel=CUSTOMERS, ts=ts, callback_id="draft_reply")
    assert not (await shown(socket_desk)).get("thread_ts"), "nothing private shows in a thread nobody has written in"
    reply = await socket_desk.say("我看一下", user=AGENT, thread_ts=ts)
    await socket_desk.post("shortcut", user=AGENT, channel=CUSTOMERS, ts=reply, callback_id="draft_reply")
    await socket_desk.one(lambda m: whispered(AGENT)(m) and m.get("thread_ts") == ts)
