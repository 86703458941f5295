"""Every block and element of Block Kit: what it looks like, and what the app hears of it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    return {"text": plain(text or value), "value": value, **more}


def actions(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "row", "elements": list(elements)}]


async def heard(app) -> dict[str, Any]:
    """The one action that reached the app."""
    for _ in range(60):
        if clicks := app.interactions("block_actions"):
            return clicks[-1]["actions"][0]
        await asyncio.sleep(0.05)
    raise AssertionError("no action reached the app")


async def test_every_layout_block_is_drawn(client, app):
    await client.open()
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "粗", "style": {"bold": True}}]},
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0SUPTW"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "引"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "碼"}]},
        ],
    }
    ts = await app.say(
        blocks=[
            {"type": "header", "text": plain("標題")},
            {"type": "divider"},
            {"type": "section", "text": plain("正文"), "fields": [plain("甲"), plain("乙")]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "*來源*"}]},
            {"type": "image", "image_url": f"{client.url}/web/icon.svg", "alt_text": "圖", "title": plain("圖說")},
            rich,
        ]
    )
    message = client.hook(f"message-{ts}")
    await expect(message.locator("h3")).to_have_text("標題")
    await expect(message.locator("hr")).to_have_count(1)
    assert await message.locator(".section-fields > div").all_inner_texts() == ["甲", "乙"]
    await expect(message.locator(".block-context strong")).to_have_text("來源")
    await expect(message.locator("figcaption")).to_have_text("圖說")
    await expect(message.locator(".rich strong")).to_have_text("粗")
    await expect(message.locator(".rich ol li")).to_have_text("@陳志豪")
    await expect(message.locator(".rich blockquote")).to_have_text("引")
    await expect(message.locator(".rich pre")).to_have_text("碼")


async def test_a_block_that_the_page_does_not_know_is_named(client):
    await client.open()
    text = await client.evaluate(
        """async () => {
          const { renderBlocks } = await import("/web/js/blocks/blocks.js");
          return renderBlocks([{ type: "constructor" }, { type: "hologram" }], { names: null }).textContent;
        }"""
    )
    assert "constructor" in text
    assert "hologram" in text


async def test_a_button_tells_the_app_its_value(client, app):
    await client.open()
    await app.say(blocks=actions({"type": "button", "action_id": "go", "text": plain("走"), "value": "v1"}))
    await client.control("go").click()
    action = await heard(app)
    assert (action["action_id"], action["block_id"], action["value"]) == ("go", "row", "v1")


async def test_a_confirmed_button_waits_for_the_yes(client, app):
    confirm = {"title": plain("確定？"), "text": plain("不能復原"), "confirm": plain("結案"), "deny": plain("不要")}
    await client.open()
    await app.say(blocks=actions({"type": "button", "action_id": "end", "text": plain("結束"), "confirm": confirm}))
    await client.control("end").click()
    await expect(client.hook("confirm")).to_contain_text("不能復原")
    await client.get_by_role("button", name="不要").click()
    await expect(client.hook("confirm")).to_have_count(0)
    assert app.interactions("block_actions") == []
    await client.control("end").click()
    await client.get_by_role("button", name="結案").click()
    assert (await heard(app))["action_id"] == "end"


async def test_a_link_button_with_an_unsafe_address_leads_nowhere(client):
    await client.open()
    tag = await client.evaluate(
        """async () => {
          const { renderBlocks } = await import("/web/js/blocks/blocks.js");
          const text = { type: "plain_text", text: "走" };
          const elements = [{ type: "button", action_id: "u", text, url: "javascript:alert(1)" }];
          return renderBlocks([{ type: "actions", elements }], { names: null }).querySelector(".btn").tagName;
        }"""
    )
    assert tag == "BUTTON"


PICKS = {
    "static_select": ({"options": [option("a", "甲"), option("b", "乙")]}, "b", "selected_option"),
    "users_select": ({}, "U0SUPTW", "selected_user"),
    "channels_select": ({}, "C0GENERAL", "selected_channel"),
    "conversations_select": ({}, "C0DESK", "selected_conversation"),
}


@pytest.mark.parametrize("kind", PICKS)
async def test_a_single_select_tells_what_was_picked(client, app, kind):
    more, picked, field = PICKS[kind]
    await client.open()
    await app.say(blocks=actions({"type": kind, "action_id": "pick", "placeholder": plain("選"), **more}))
    await client.control("pick").select_option(picked)
    chosen = (await heard(app))[field]
    assert (chosen["value"] if isinstance(chosen, dict) else chosen) == picked


async def test_option_groups_keep_their_headings(client, app):
    groups = [
        {"label": plain("北"), "options": [option("tp", "台北")]},
        {"label": plain("南"), "options": [option("kh")]},
    ]
    await client.open()
    await app.say(blocks=actions({"type": "static_select", "action_id": "pick", "option_groups": groups}))
    labels = await client.control("pick").locator("optgroup").evaluate_all("nodes => nodes.map(node => node.label)")
    assert labels == ["北", "南"]


async def test_a_multi_select_sends_once_when_it_closes(client, app):
    spec = {
        "type": "multi_static_select",
        "action_id": "many",
        "options": [option("a", "甲"), option("b", "乙"), option("c", "丙")],
    }
    await client.open()
    await app.say(blocks=[{"type": "section", "block_id": "row", "text": plain("選"), "accessory": spec}])
    await client.control("many").click()
    await client.get_by_label("甲").check()
    await client.get_by_label("丙").check()
    await client.keyboard.press("Escape")
    assert [each["value"] for each in (await heard(app))["selected_options"]] == ["a", "c"]
    assert len(app.interactions("block_actions")) == 1
    assert await client.control("many").locator(".chip").all_inner_texts() == ["甲", "丙"]


async def test_an_overflow_menu_works_by_keyboard(client, app):
    spec = {"type": "overflow", "action_id": "more", "options": [option("a", "甲"), option("b", "乙")]}
    await client.open()
    await app.say(blocks=actions(spec))
    await client.control("more").press("Enter")
    await client.keyboard.press("ArrowDown")
    await client.keyboard.press("Enter")
    assert (await heard(app))["selected_option"]["value"] == "b"


async def test_boxes_and_radios_tell_what_is_ticked(client, app):
    boxes = {
        "type": "checkboxes",
        "action_id": "boxes",
        "options": [option("a"), option("b")],
        "initial_options": [option("a")],
    }
    radios = {"type": "radio_buttons", "action_id": "radio", "options": [option("x"), option("y")]}
    await client.open()
    await app.say(blocks=actions(boxes, radios))
    await client.locator('[data-action-id="boxes"][value="b"]').check()
    assert [each["value"] for each in (await heard(app))["selected_options"]] == ["a", "b"]
    app.requests.clear()
    await client.locator('[data-action-id="radio"][value="y"]').check()
    assert (await heard(app))["selected_option"]["value"] == "y"


TIMES = {
    "datepicker": ("2026-12-24", "selected_date", "2026-12-24"),
    "timepicker": ("15:30", "selected_time", "15:30"),
    "datetimepicker": ("2026-12-24T15:30", "selected_date_time", 1798097400),
}


@pytest.mark.parametrize("kind", TIMES)
async def test_dates_and_times_reach_the_app(client, app, kind):
    typed, field, sent = TIMES[kind]
    await client.open()
    await app.say(blocks=actions({"type": kind, "action_id": "when"}))
    await client.control("when").fill(typed)
    assert (await heard(app))[field] == sent


async def test_an_app_that_does_not_answer_is_told_in_a_toast(client, app):
    app.silent = True
    await client.open()
    await app.say(blocks=actions({"type": "button", "action_id": "go", "text": plain("走")}))
    await client.control("go").click()
    await expect(client.control("go")).to_have_attribute("aria-busy", "true")
    await expect(client.hook("toast")).to_contain_text("3 秒內沒有回應")
    await expect(client.control("go")).not_to_have_attribute("aria-busy", "true")


async def test_the_home_shows_what_the_app_publishes(client, app):
    await client.open()
    view = {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("我的案件")},
            *actions({"type": "button", "action_id": "h", "text": plain("看")}),
        ],
    }
    await client.hook("home").click()
    await expect(client.hook("home-view")).to_contain_text("還沒有準備首頁")
    await app.web.views_publish(user_id="U0AGENTTW", view=view)
    await expect(client.hook("home-view").locator("h3")).to_have_text("我的案件")
    await client.control("h").click()
    assert (await heard(app))["action_id"] == "h"
