"""Writing: sending, input methods, completion, commands, one's own messages."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_enter_sends_and_shift_enter_breaks_the_line(client):
    await client.open()
    box = client.hook("composer")
    await box.click()
    await client.keyboard.type("第一行")
    await client.keyboard.press("Shift+Enter")
    await client.keyboard.type("第二行")
    await expect(box).to_have_value("第一行\n第二行")
    await client.keyboard.press("Enter")
    await expect(client.hook("timeline")).to_contain_text("第一行\n第二行")
    await expect(box).to_have_value("")


async def test_enter_that_ends_a_composition_does_not_send(client, context):
    await client.open()
    box = client.hook("composer")
    await box.click()
    devtools = await context.new_cdp_session(client.page)
    await devtools.send("Input.imeSetComposition", {"text": "ㄋㄧㄣˊ", "selectionStart": 4, "selectionEnd": 4})
    await box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    await devtools.send("Input.insertText", {"text": "您"})
    await expect(box).to_have_value("您")
    await expect(client.hook("timeline")).to_contain_text("還沒有訊息")
    await client.keyboard.press("Enter")
    await expect(client.hook("timeline").locator(".message")).to_have_count(1)


async def test_blank_words_are_not_sent(client):
    await client.open()
    await client.hook("composer").fill("  \n ")
    await expect(client.hook("send")).to_be_disabled()
    await client.keyboard.press("Enter")
    await expect(client.hook("timeline").locator(".message")).to_have_count(0)


async def test_commands_complete_by_arrow_keys(client, app):
    await client.open()
    await client.hook("composer").press_sequentially("/")
    rows = client.hook("completion").get_by_role("option")
    await expect(rows).to_have_count(3)
    await expect(rows.first).to_contain_text("寫兩份草稿")
    await expect(rows.first).to_contain_text("[補充]")
    await client.keyboard.press("ArrowDown")
    await expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    await client.keyboard.press("Tab")
    await expect(client.hook("composer")).to_have_value("/desk ")
    await client.keyboard.type("help")
    await client.keyboard.press("Enter")
    for _ in range(40):
        if app.requests:
            break
        await asyncio.sleep(0.05)
    assert (app.requests[0].payload["command"], app.requests[0].payload["text"]) == ("/desk", "help")


async def test_escape_dismisses_the_suggestions_alone(client):
    await client.open()
    await client.hook("composer").press_sequentially("/dr")
    await client.keyboard.press("Escape")
    await expect(client.hook("completion")).to_be_hidden()
    await expect(client.hook("composer")).to_have_value("/dr")


async def test_customers_are_offered_no_commands(client):
    await client.open(user="U0CUSTYF")
    await client.hook("composer").press_sequentially("/")
    await expect(client.hook("completion")).to_be_hidden()


async def test_people_and_groups_complete_after_at_even_without_a_space(client, app):
    await client.open()
    box = client.hook("composer")
    await box.press_sequentially("請@陳")
    await expect(client.hook("completion").get_by_role("option").first).to_contain_text("陳志豪")
    await client.keyboard.press("Enter")
    await box.press_sequentially("和@sup")
    await client.keyboard.press("Enter")
    await expect(box).to_have_value("請@陳志豪 和@supervisors ")
    await client.keyboard.press("Enter")
    mentions = client.hook("timeline").locator(".mention")
    await expect(mentions).to_have_text(["@陳志豪", "@supervisors"])
    found = await client.request.get(f"{client.url}/_control/state")
    assert (await found.json())["messages"][0]["text"] == "請<@U0SUPTW> 和<!subteam^S0SUP>"


async def test_a_mail_address_is_no_mention(client):
    await client.open()
    await client.hook("composer").press_sequentially("a@b")
    await expect(client.hook("completion")).to_be_hidden()


async def test_an_unknown_command_is_refused_and_kept(client):
    await client.open()
    await client.hook("composer").fill("/nope 一下")
    await client.keyboard.press("Enter")
    await expect(client.hook("toast")).to_contain_text("/nope")
    await expect(client.hook("composer")).to_have_value("/nope 一下")


async def test_a_command_that_times_out_says_so_and_gives_the_words_back(client, app):
    app.silent = True
    await client.open()
    await client.hook("composer").fill("/draft 很急")
    await client.keyboard.press("Escape")
    await client.keyboard.press("Enter")
    await expect(client.hook("toast")).to_contain_text("3 秒內沒有回應")
    await expect(client.hook("composer")).to_have_value("/draft 很急")


async def test_half_written_words_wait_where_they_were_written(client):
    await client.open()
    await client.hook("composer").fill("給永豐的話")
    await client.hook("channel-C0DESK").click()
    await expect(client.hook("composer")).to_have_value("")
    await client.hook("channel-C0EXTYF").click()
    await expect(client.hook("composer")).to_have_value("給永豐的話")


async def test_ones_own_message_can_be_edited_and_deleted(client, act):
    await client.open()
    ts = (await act("message", user="U0AGENTTW", channel="C0EXTYF", text="請 <@U0SUPTW> 看 https://a.example/x 1 < 2"))[
        "ts"
    ]
    await client.hook(f"message-{ts}").hover()
    await client.hook(f"more-{ts}").click()
    await client.hook(f"edit-{ts}").click()
    await expect(client.hook("editor")).to_have_value("請 @陳志豪 看 https://a.example/x 1 < 2")
    await client.hook("editor").fill("改成 @陳志豪 這樣")
    await client.hook("editor-save").click()
    await expect(client.hook(f"message-{ts}").locator(".text")).to_have_text("改成 @陳志豪 這樣（已編輯）")
    await client.hook(f"message-{ts}").hover()
    await client.hook(f"more-{ts}").click()
    await client.hook(f"delete-{ts}").click()
    await client.hook("confirm-yes").click()
    await expect(client.hook(f"message-{ts}")).to_have_count(0)


async def test_others_messages_offer_shortcuts_but_no_editing(client, app, act):
    await client.open()
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="系統掛了"))["ts"]
    await client.hook(f"message-{ts}").hover()
    await client.hook(f"more-{ts}").click()
    await expect(client.hook(f"edit-{ts}")).to_have_count(0)
    await client.hook("shortcut-draft_reply").click()
    for _ in range(40):
        if app.interactions("message_action"):
            break
        await asyncio.sleep(0.05)
    (shortcut,) = app.interactions("message_action")
    assert (shortcut["callback_id"], shortcut["message"]["ts"]) == ("draft_reply", ts)
