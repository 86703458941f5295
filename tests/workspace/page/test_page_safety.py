"""Nothing that people or apps write becomes markup, a script or a request."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NASTY = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


async def test_markup_in_a_persons_message_is_shown_as_text(client, act):
    await client.open()
    ts = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text=NASTY))["ts"]
    message = client.hook(f"message-{ts}")
    await expect(message).to_contain_text(NASTY)
    assert await message.locator("script, img[src=x]").count() == 0
    assert await client.evaluate("window.hit") is None


async def test_markup_in_every_text_of_blocks_is_shown_as_text(client, app):
    await client.open()
    blocks = [
        {"type": "header", "text": plain(NASTY)},
        {"type": "section", "text": mrkdwn(NASTY.replace("<", "&lt;").replace(">", "&gt;")), "fields": [plain(NASTY)]},
        {"type": "context", "elements": [plain(NASTY)]},
        {"type": "actions", "elements": [{"type": "button", "action_id": "b", "text": plain(NASTY[:70])}]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": NASTY}]}],
        },
    ]
    ts = await app.say(NASTY, blocks=blocks, username=NASTY[:60])
    await expect(client.hook(f"message-{ts}").locator(".block-header")).to_have_text(NASTY)
    assert await client.hook(f"message-{ts}").locator("script, img[src=x]").count() == 0
    assert await client.evaluate("window.hit") is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,<b>x", "vbscript:x", "file:///etc/passwd", "//evil.example"]
)
async def test_only_web_and_mail_addresses_become_links(client, app, address):
    await client.open()
    encoded = address.replace("<", "&lt;")
    ts = await app.say(f"<{encoded}|點我> <https://ok.example/a?b=1&amp;c=2|網站> <mailto:a@b.example|寫信>")
    message = client.hook(f"message-{ts}")
    await expect(message).to_contain_text("點我")
    links = await message.locator("a").evaluate_all("nodes => nodes.map(node => node.href)")
    assert links == ["https://ok.example/a?b=1&c=2", "mailto:a@b.example"]


async def test_links_do_not_hand_over_the_window(client, app):
    await client.open()
    ts = await app.say("<https://ok.example|網站>")
    assert "noopener" in (await client.hook(f"message-{ts}").locator("a").get_attribute("rel") or "")


async def test_a_picture_from_elsewhere_is_named_but_never_loaded(client, app):
    await client.open()
    image = {"type": "image", "image_url": "https://tracker.example/pixel.png", "alt_text": "出貨單"}
    ts = await app.say("圖", blocks=[image])
    await expect(client.hook(f"message-{ts}")).to_contain_text("出貨單")
    assert await client.hook(f"message-{ts}").locator("img[src*=tracker]").count() == 0


async def test_plain_text_is_never_formatted(client, app):
    await client.open()
    ts = await app.say("x", blocks=[{"type": "section", "text": plain("*不粗* _不斜_ <https://a.example|甲> :tada:")}])
    section = client.hook(f"message-{ts}").locator(".section-text")
    await expect(section).to_have_text("*不粗* _不斜_ <https://a.example|甲> 🎉")
    assert await section.locator("strong, em, a").count() == 0
