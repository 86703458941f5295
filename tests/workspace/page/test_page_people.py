"""Whose eyes one looks through, and the story that leads through them."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_everybody_is_offered_under_their_role(client):
    await client.open()
    for role in ("客戶", "客服", "主管", "業務", "工程師"):
        await expect(client.get_by_role("group", name=role, exact=True)).to_be_visible()
    await expect(client.locator(".person")).to_have_count(11)


async def test_switching_shows_only_what_that_person_may_see(client, act):
    await act("message", user="U0AGENTTW", channel="C0DESK", text="內部的話")
    await client.open(channel="C0DESK")
    await expect(client.hook("timeline")).to_contain_text("內部的話")
    await client.hook("person-U0CUSTYF").click()
    await expect(client.hook("channel-C0DESK")).to_have_count(0)
    await expect(client.hook("home")).to_have_count(0)
    await expect(client.locator("body")).not_to_contain_text("內部的話")


async def test_a_home_stays_with_the_person_who_looked_at_it(client):
    await client.open()
    await client.hook("channel-C0DESK").click()
    await client.hook("home").click()
    await client.hook("person-U0CUSTYF").click()
    await expect(client.hook("timeline")).to_be_visible()
    await client.wait_for_url("**channel=C0EXTYF**")


async def test_a_permanent_address_leads_to_its_message(client, act):
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="在嗎"))["ts"]
    await client.open()
    await client.goto(f"{client.url}/archives/C0EXTYF/p{ts.replace('.', '')}")
    await client.wait_for_url(f"**channel=C0EXTYF&thread={ts}")
    await expect(client.hook(f"message-{ts}").first).to_contain_text("在嗎")


async def test_a_very_long_message_is_folded_until_it_is_asked_for(client, act):
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="出貨單印不出來。" * 2000))["ts"]
    await client.open(channel="C0EXTYF")
    message = client.hook(f"message-{ts}")
    folded = (await message.bounding_box())["height"]
    assert folded < 500
    await client.hook(f"fold-{ts}").click()
    assert (await message.bounding_box())["height"] > 4 * folded
    await client.hook(f"fold-{ts}").click()
    assert (await message.bounding_box())["height"] == folded


async def test_a_reply_that_is_also_sent_to_the_channel_stands_there_too(client, app, act):
    root = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="還要多久"))["ts"]
    await client.open(channel="C0EXTYF")
    said = await app.web.chat_postMessage(channel="C0EXTYF", text="修好了", thread_ts=root, reply_broadcast=True)
    await expect(client.hook("timeline").locator(f'[data-ts="{said["ts"]}"]')).to_contain_text("修好了")


async def test_the_address_can_be_shared_and_back_goes_back(client):
    await client.open(channel="C0DESK")
    await client.hook("person-U0SUPTW").click()
    await client.hook("channel-C0ESC").click()
    await client.wait_for_url("**/?user=U0SUPTW&channel=C0ESC")
    await client.go_back()
    await expect(client.hook("channel-C0DESK")).to_have_attribute("aria-current", "page")
    await client.goto(f"{client.url}/?user=U0SALESTW&channel=C0GENERAL")
    await expect(client.hook("person-U0SALESTW")).to_have_attribute("aria-pressed", "true")
    await expect(client.hook("channel-C0GENERAL")).to_have_attribute("aria-current", "page")


async def test_a_hurried_switch_ends_at_the_last_click(client):
    await client.open()
    for user in ("U0SUPTW", "U0CUSTYF", "U0ENG", "U0SALESTW"):
        await client.hook(f"person-{user}").click(no_wait_after=True)
    await expect(client.hook("person-U0SALESTW")).to_have_attribute("aria-pressed", "true")
    await client.wait_for_url("**/?user=U0SALESTW&**")


async def test_outsiders_carry_their_company_on_both_sides(client, act):
    theirs = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="你好"))["ts"]
    ours = (await act("message", user="U0AGENTTW", channel="C0EXTYF", text="您好"))["ts"]
    await client.open()
    await expect(client.hook(f"message-{theirs}").locator(".tag-company")).to_have_text("永豐紡織")
    await expect(client.hook(f"message-{ours}").locator(".tag-company")).to_have_count(0)
    await client.hook("person-U0CUSTYF").click()
    await expect(client.hook(f"message-{ours}").locator(".tag-company")).to_have_text("分寸示範")


async def test_a_lent_name_still_says_that_an_app_spoke(client, app):
    await client.open()
    ts = await app.say("許先生您好", username="林佳穎", icon_emoji=":wave:")
    head = client.hook(f"message-{ts}").locator(".message-head")
    await expect(head).to_contain_text("林佳穎")
    await expect(head.locator(".tag-bot")).to_have_text("應用程式")


async def test_the_story_leads_ticks_and_never_posts_by_itself(client, act, app):
    await client.open(story=True)
    step = client.hook("story-step-message")
    await expect(step).to_have_attribute("data-done", "false")
    await client.hook("story-lead").click()
    await expect(client.hook("person-U0CUSTYF")).to_have_attribute("aria-pressed", "true")
    assert "保固" in await client.hook("composer").input_value()
    await expect(client.hook("timeline").locator(".message")).to_have_count(0)
    await client.hook("send").click()
    await client.hook("story-toggle").click()
    await expect(step).to_have_attribute("data-done", "true")

    await app.say("卡片", channel="C0DESK")
    await client.hook("story-lead").click()
    await client.hook("story-toggle").click()
    await expect(client.hook("story-step-card")).to_have_attribute("data-done", "true")

    await client.hook("story-lead").click()
    await expect(client.hook("composer")).to_have_value("/draft")
    await app.web.chat_postEphemeral(channel="C0EXTYF", user="U0AGENTTW", text="兩份草稿")
    await client.hook("story-lead").click()
    await expect(client.hook("composer")).to_have_value("/escalate")
    root = await app.say("請主管裁示", channel="C0ESC")
    await client.hook("story-lead").click()
    await expect(client.hook("thread-panel")).to_contain_text("請主管裁示")
    assert "免費" in await client.hook("thread-composer").input_value()
    await client.hook("thread-composer-send").click()
    await app.say("您好，我們處理了", username="林佳穎", thread_ts=None)
    await app.say("<@U0SALESTW> 續約機會", channel="C0ESC", thread_ts=root)
    await client.hook("story-lead").click()
    await expect(client.hook("person-U0SALESTW")).to_have_attribute("aria-pressed", "true")
    await expect(client.hook("story")).to_contain_text("7／7")


async def test_the_story_can_be_put_away_and_taken_up_after_a_reload(client, act):
    await client.open(story=True)
    await act("message", user="U0CUSTYF", channel="C0EXTYF", text="我們的 ERP 掛了")
    await expect(client.hook("story-step-message")).to_have_attribute("data-done", "true")
    await client.hook("story-close").click()
    await client.reload()
    await client.hook("channel-C0EXTYF").wait_for()
    await expect(client.hook("story")).to_have_count(0)
    await client.hook("story-open").click()
    await expect(client.hook("story-step-message")).to_have_attribute("data-done", "true")
    await expect(client.hook("story-step-card")).to_have_attribute("data-done", "false")
