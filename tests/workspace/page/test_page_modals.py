"""Modals: fields, errors, stack, and the keyboard."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(block: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": block, "label": plain(label), "element": {"action_id": "a", **element}, **more}


def modal(*blocks: dict[str, Any], title: str = "用這份", **more: Any) -> dict[str, Any]:
    base = {
        "type": "modal",
        "callback_id": "use",
        "title": plain(title),
        "submit": plain("送出"),
        "close": plain("先不要"),
    }
    return {**base, "blocks": list(blocks), **more}


TEXT = field("text", "內容", {"type": "plain_text_input", "multiline": True, "min_length": 3, "max_length": 20})


async def run_draft(client) -> None:
    await client.hook("composer").fill("/draft")
    await client.hook("send").click()
    await client.hook("modal").wait_for()


async def submitted(app) -> dict[str, Any]:
    for _ in range(60):
        if views := app.interactions("view_submission"):
            return {name: next(iter(state.values())) for name, state in views[-1]["view"]["state"]["values"].items()}
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was submitted")


async def test_titles_and_buttons_are_the_apps_own(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    await expect(client.get_by_role("dialog", name="用這份")).to_be_visible()
    await expect(client.hook("modal-submit")).to_have_text("送出")
    await expect(client.hook("modal-close")).to_have_text("先不要")


async def test_every_kind_of_field_is_sent(client, app):
    choices = [{"text": plain(value), "value": value} for value in ("x", "y")]
    app.opens(
        modal(
            TEXT,
            field("number", "金額", {"type": "number_input", "is_decimal_allowed": False}),
            field("mail", "信箱", {"type": "email_text_input"}),
            field("url", "網址", {"type": "url_text_input"}),
            field("pick", "等級", {"type": "static_select", "options": choices}),
            field("who", "知會", {"type": "multi_users_select"}),
            field("radio", "難度", {"type": "radio_buttons", "options": choices}),
            field("boxes", "選項", {"type": "checkboxes", "options": choices}),
            field("day", "日期", {"type": "datepicker", "initial_date": "2026-12-24"}),
            field("note", "備註", {"type": "plain_text_input"}, optional=True),
        )
    )
    await client.open()
    await run_draft(client)
    await client.get_by_label("內容").fill("許先生您好")
    await client.get_by_label("金額").fill("3000")
    await client.get_by_label("信箱").fill("a@b.example")
    await client.get_by_label("網址").fill("https://a.example/x")
    await client.get_by_label("等級").select_option("y")
    await client.locator('[data-block-id="who"]').click()
    await client.get_by_label("@陳志豪").check()
    await client.keyboard.press("Escape")
    await client.locator('[data-block-id="radio"][value="x"]').check()
    await client.locator('[data-block-id="boxes"][value="y"]').check()
    await client.hook("modal-submit").click()
    await expect(client.hook("modal")).to_have_count(0)
    sent = await submitted(app)
    assert sent["text"]["value"] == "許先生您好"
    assert sent["number"]["value"] == "3000"
    assert sent["mail"]["value"] == "a@b.example"
    assert sent["url"]["value"] == "https://a.example/x"
    assert sent["pick"]["selected_option"]["value"] == "y"
    assert sent["who"]["selected_users"] == ["U0SUPTW"]
    assert sent["radio"]["selected_option"]["value"] == "x"
    assert [each["value"] for each in sent["boxes"]["selected_options"]] == ["y"]
    assert sent["day"]["selected_date"] == "2026-12-24"
    assert sent["note"]["value"] is None


async def test_what_is_required_is_asked_for_before_the_app_is(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    await client.hook("modal-submit").click()
    await expect(client.hook("field-error")).to_have_text("請填寫這個欄位")
    await expect(client.get_by_label("內容")).to_be_focused()
    await client.get_by_label("內容").fill("短")
    await client.hook("modal-submit").click()
    await expect(client.hook("field-error")).to_have_text("至少要 3 個字")
    assert app.interactions("view_submission") == []


async def test_the_apps_errors_stand_at_their_fields_and_go_when_mended(client, app):
    async def lint(request: Any) -> dict[str, Any] | None:
        values = request.payload.get("view", {}).get("state", {}).get("values", {})
        if "規定" in values["text"]["a"]["value"]:
            return {"response_action": "errors", "errors": {"text": "別說「這是公司規定」"}}
        return None

    app.opens(modal(TEXT))
    app.answers["interactive"] = lint
    await client.open()
    await run_draft(client)
    await client.get_by_label("內容").fill("這是公司規定")
    await client.hook("modal-submit").click()
    await expect(client.hook("field-error")).to_have_text("別說「這是公司規定」")
    await expect(client.get_by_label("內容")).to_have_value("這是公司規定")
    await expect(client.get_by_label("內容")).to_have_attribute("aria-invalid", "true")
    await client.get_by_label("內容").fill("我們這樣處理")
    await client.hook("modal-submit").click()
    await expect(client.hook("modal")).to_have_count(0)


async def test_a_submit_that_nobody_answers_keeps_what_was_typed(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    app.silent = True
    await client.get_by_label("內容").fill("寫了很久")
    await client.hook("modal-submit").click()
    await expect(client.hook("modal-submit")).to_have_attribute("aria-busy", "true")
    await expect(client.hook("toast")).to_be_visible()
    await expect(client.get_by_label("內容")).to_have_value("寫了很久")


async def test_views_stack_and_what_lies_beneath_is_kept(client, app):
    async def push(request: Any) -> dict[str, Any]:
        return {
            "response_action": "push",
            "view": modal(field("why", "原因", {"type": "plain_text_input"}), title="第二層"),
        }

    app.opens(modal(TEXT))
    app.answers["interactive"] = push
    await client.open()
    await run_draft(client)
    await client.get_by_label("內容").fill("第一層的字")
    await client.hook("modal-submit").click()
    await expect(client.get_by_role("dialog", name="第二層")).to_be_visible()
    await client.hook("modal-close").click()
    await expect(client.get_by_role("dialog", name="用這份")).to_be_visible()
    await expect(client.get_by_label("內容")).to_have_value("第一層的字")


async def test_an_update_keeps_what_was_typed_in_fields_that_stay(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    await client.get_by_label("內容").fill("還在這裡")
    state = await client.request.get(f"{client.url}/_control/state")
    view_id = (await state.json())["views"][0]["id"]
    more = field("extra", "補充", {"type": "plain_text_input"}, optional=True)
    await app.web.views_update(view_id=view_id, view=modal(TEXT, more, title="改過了"))
    await expect(client.get_by_role("dialog", name="改過了")).to_be_visible()
    await expect(client.get_by_label("內容")).to_have_value("還在這裡")


async def test_the_counter_counts_characters(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    await client.get_by_label("內容").fill("四個字😀")
    await expect(client.locator(".counter")).to_have_text("4 / 20")


async def test_escape_closes_and_focus_goes_back(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await client.hook("composer").fill("/draft")
    await client.keyboard.press("Escape")
    await client.keyboard.press("Enter")
    await client.hook("modal").wait_for()
    await client.keyboard.press("Escape")
    await expect(client.hook("modal")).to_have_count(0)
    await expect(client.hook("composer")).to_be_focused()


async def test_tab_stays_inside_the_modal(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    for _ in range(9):
        await client.keyboard.press("Tab")
        assert await client.evaluate("document.activeElement.closest('dialog') !== null")
    await client.keyboard.press("Shift+Tab")
    assert await client.evaluate("document.activeElement.closest('dialog') !== null")


async def test_an_open_modal_survives_a_reload(client, app):
    app.opens(modal(TEXT))
    await client.open()
    await run_draft(client)
    await client.reload()
    await expect(client.get_by_role("dialog", name="用這份")).to_be_visible()
