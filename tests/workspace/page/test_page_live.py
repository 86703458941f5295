"""What arrives while the page is open, and what is gone after a reload."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_new_message_appears_without_reload(client, act):
    await client.open()
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="系統掛了"))["ts"]
    await expect(client.hook(f"message-{ts}")).to_contain_text("系統掛了")
    await expect(client.hook(f"message-{ts}")).to_contain_text("永豐紡織")


async def test_a_message_changes_in_place_and_says_so(client, app):
    await client.open()
    ts = await app.say("第一版")
    await expect(client.hook(f"message-{ts}")).to_contain_text("第一版")
    await app.web.chat_update(channel="C0EXTYF", ts=ts, text="第二版")
    await expect(client.hook(f"message-{ts}")).to_contain_text("第二版（已編輯）")
    await app.web.chat_delete(channel="C0EXTYF", ts=ts)
    await expect(client.hook(f"message-{ts}")).to_have_count(0)


async def test_a_live_update_leaves_half_typed_words_and_focus_alone(client, act, app):
    ts = await app.say(
        "卡片",
        blocks=[
            {
                "type": "actions",
                "elements": [{"type": "button", "action_id": "b", "text": {"type": "plain_text", "text": "鈕"}}],
            }
        ],
    )
    await client.open()
    await client.hook("composer").fill("打到一半")
    await client.control("b").focus()
    await act("message", user="U0CUSTYF", channel="C0EXTYF", text="插話")
    await expect(client.hook("timeline")).to_contain_text("插話")
    await expect(client.control("b")).to_be_focused()
    await expect(client.hook("composer")).to_have_value("打到一半")
    await expect(client.hook(f"message-{ts}")).to_be_visible()


async def test_an_ephemeral_is_marked_and_gone_on_reload(client, app):
    await client.open()
    await app.web.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="兩份草稿")
    await expect(client.hook("ephemeral")).to_have_text("只有你看得到")
    await expect(client.hook("timeline")).to_contain_text("兩份草稿")
    await client.reload()
    await client.hook("channel-C0EXTYF").wait_for()
    await expect(client.hook("ephemeral")).to_have_count(0)


async def test_an_ephemeral_is_there_after_a_look_through_other_eyes_and_never_in_theirs(client, app):
    await client.open()
    await client.hook("person-U0CUSTYF").click()
    await expect(client.hook("person-U0CUSTYF")).to_have_attribute("aria-pressed", "true")
    await app.web.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="只給客服")
    await app.say("大家都看得到")
    await expect(client.hook("timeline")).to_contain_text("大家都看得到")
    await expect(client.hook("timeline")).not_to_contain_text("只給客服")
    await client.hook("person-U0AGENTTW").click()
    await expect(client.hook("timeline")).to_contain_text("只給客服")


async def test_a_whisper_into_a_thread_opens_the_thread_and_leaves_typing_alone(client, app, act):
    root = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="開頭"))["ts"]
    await client.open()
    await client.hook("composer").fill("打到一半")
    await app.web.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="兩份草稿", thread_ts=root)
    await expect(client.hook("thread-panel").get_by_test_id("ephemeral")).to_be_visible()
    await expect(client.hook("thread-panel")).to_contain_text("兩份草稿")
    await expect(client.hook("composer")).to_be_focused()
    await expect(client.hook(f"replies-{root}")).to_contain_text("有只有你看得到的回覆")


async def test_an_apps_first_direct_message_shows_up(client, app):
    await client.open()
    await app.say("主管核准了", channel="U0AGENTTW")
    await expect(client.hook("channel-D0AGENTTW").locator(".badge")).to_have_text("1")
    await client.hook("channel-D0AGENTTW").click()
    await expect(client.hook("timeline")).to_contain_text("主管核准了")
    await expect(client.get_by_role("heading", name="分寸", exact=True)).to_be_visible()


async def test_a_permalink_leads_to_its_message_on_the_same_page(client, app, context):
    root = await app.say("請主管裁示", channel="C0ESC")
    link = (await app.web.chat_getPermalink(channel="C0ESC", message_ts=root))["permalink"]
    await client.open()
    ts = await app.say(f"已升級。{link}")
    await client.hook(f"message-{ts}").get_by_role("link", name="「升級處理」裡的那則訊息").click()
    await expect(client.hook("channel-C0ESC")).to_have_attribute("aria-current", "page")
    await expect(client.hook("thread-panel")).to_contain_text("請主管裁示")
    assert len(context.pages) == 1


async def test_replies_live_in_the_side_panel_and_are_counted(client, act):
    root = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="開頭"))["ts"]
    await client.open()
    reply = (await act("message", user="U0AGENTTW", channel="C0EXTYF", text="第一則", thread_ts=root))["ts"]
    await expect(client.hook(f"replies-{root}")).to_contain_text("1 則回覆")
    await expect(client.hook("timeline").get_by_test_id(f"message-{reply}")).to_have_count(0)
    await client.hook(f"replies-{root}").click()
    panel = client.hook("thread-panel")
    await expect(panel).to_contain_text("第一則")
    await act("message", user="U0SUPTW", channel="C0EXTYF", text="第二則", thread_ts=root)
    await expect(panel).to_contain_text("第二則")
    await expect(client.hook(f"replies-{root}")).to_contain_text("2 則回覆")
    await client.hook("thread-composer").fill("第三則")
    await client.keyboard.press("Enter")
    await expect(client.hook(f"replies-{root}")).to_contain_text("3 則回覆")
    await client.keyboard.press("Escape")
    await expect(panel).to_be_hidden()


async def test_unread_and_mentions_are_counted_until_seen(client, app):
    await client.open(channel="C0DESK")
    await app.say("一般訊息")
    await expect(client.hook("channel-C0EXTYF").locator(".unread-dot")).to_be_visible()
    await app.say("<@U0AGENTTW> 看一下")
    await expect(client.hook("channel-C0EXTYF").locator(".badge")).to_have_text("1")
    await client.hook("channel-C0EXTYF").click()
    await expect(client.hook("channel-C0EXTYF").locator(".badge")).to_have_count(0)
    await expect(client.locator(".news")).to_have_text("新訊息")
    await client.reload()
    await client.hook("channel-C0EXTYF").wait_for()
    await expect(client.hook("channel-C0EXTYF").locator(".badge, .unread-dot")).to_have_count(0)


async def test_the_banner_says_when_the_bot_is_not_connected(client, workspace):
    await client.open()
    await expect(client.hook("banner")).to_contain_text("機器人沒有連線")


async def test_the_banner_goes_when_the_bot_comes(client, app):
    await client.open()
    await expect(client.locator("#banner")).to_be_hidden()


async def test_the_page_finds_its_way_back_after_the_stream_broke(client, context, act):
    await client.open()
    await context.set_offline(True)
    await client.evaluate("fetch('/page/people').catch(() => {})")
    await act("message", user="U0CUSTYF", channel="C0EXTYF", text="斷線期間的訊息")
    await context.set_offline(False)
    await expect(client.hook("timeline")).to_contain_text("斷線期間的訊息", timeout=15000)


async def test_a_reset_empties_every_open_page(client, act):
    await client.open()
    await act("message", user="U0CUSTYF", channel="C0EXTYF", text="會被清掉")
    await expect(client.hook("timeline")).to_contain_text("會被清掉")
    await client.hook("reset").click()
    await client.hook("confirm-yes").click()
    await expect(client.hook("timeline")).to_contain_text("還沒有訊息")


async def test_reactions_are_shown_and_taken_back(client, act):
    await client.open()
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="謝謝"))["ts"]
    await client.hook(f"message-{ts}").hover()
    await client.hook(f"more-{ts}").click()
    await client.hook("react-pray").click()
    chip = client.hook(f"message-{ts}").locator(".reaction")
    await expect(chip).to_contain_text("🙏")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await chip.click()
    await expect(chip).to_have_count(0)


async def test_files_are_shared_listed_and_downloaded(client):
    await client.open()
    await client.hook("composer-file").set_input_files(
        files=[{"name": "<b>錯誤.txt", "mimeType": "text/plain", "buffer": "第 1 行".encode()}]
    )
    await expect(client.locator(".file-name")).to_have_text("<b>錯誤.txt")
    await client.hook("files-open").click()
    async with client.expect_download() as download:
        await client.hook("files").locator(".file-card").click()
    path = await (await download.value).path()
    assert path.read_text("utf-8") == "第 1 行"
