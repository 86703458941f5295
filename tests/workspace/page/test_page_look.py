"""Three languages, two themes, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LANGUAGES = {
    "hant": ("傳訊息到 #客服席", "zh-Hant-TW"),
    "hans": ("发消息到 #客服席", "zh-Hans-CN"),
    "en": ("Message #客服席", "en"),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_language_is_chosen_at_once_and_remembered(client, language):
    placeholder, tag = LANGUAGES[language]
    await client.open(channel="C0DESK")
    await client.hook("lang-select").select_option(language)
    await expect(client.hook("composer")).to_have_attribute("placeholder", placeholder)
    await client.reload()
    await expect(client.hook("composer")).to_have_attribute("placeholder", placeholder)
    await expect(client.locator("html")).to_have_attribute("lang", tag)


async def test_until_one_is_chosen_the_language_is_the_persons(client):
    await client.open()
    await expect(client.locator("html")).to_have_attribute("lang", "zh-Hant-TW")
    await client.hook("person-U0AGENTCN").click()
    await expect(client.locator("html")).to_have_attribute("lang", "zh-Hans-CN")


async def test_the_string_tables_have_the_same_keys_and_slots(client):
    await client.open()
    shapes = await client.evaluate(
        """async () => {
          const { TABLES } = await import("/web/js/text/i18n.js");
          const slots = (text) => (text.match(/\\{\\w+\\}/g) ?? []).sort().join();
          return Object.values(TABLES).map((table) => Object.entries(table).map(([key, text]) => key + slots(text)).sort());
        }"""
    )
    assert shapes[0] == shapes[1] == shapes[2]


async def test_every_text_that_the_code_asks_for_exists(client):
    await client.open()
    missing = await client.evaluate(
        """async () => {
          const { TABLES } = await import("/web/js/text/i18n.js");
          const seen = new Set(performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js")));
          const missing = [];
          for (const name of seen) {
            const source = await (await fetch(name)).text();
            for (const [, key] of source.matchAll(/\\bt\\("([a-z_]+)"/g)) if (!(key in TABLES.hant)) missing.push(key);
          }
          return [seen.size > 30, missing];
        }"""
    )
    assert missing == [True, []]


async def test_the_theme_follows_the_system_until_it_is_toggled(client):
    await client.open()
    background = "getComputedStyle(document.body).backgroundColor"
    await client.emulate_media(color_scheme="light")
    light = await client.evaluate(background)
    await client.emulate_media(color_scheme="dark")
    dark = await client.evaluate(background)
    assert light != dark
    await client.hook("theme-toggle").click()
    assert await client.evaluate(background) == light
    await client.reload()
    await client.hook("composer").wait_for()
    assert await client.evaluate(background) == light


CONTRAST = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgb = (name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    canvas.fillStyle = getComputedStyle(probe).color;
    probe.remove();
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (name) => rgb(name).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const pairs = [["ink", "surface"], ["soft", "surface"], ["soft", "shade"], ["soft", "hover"], ["jade", "surface"], ["jade", "jade-soft"],
    ["jade-ink", "jade"], ["here-ink", "here"], ["seal", "surface"], ["seal-ink", "seal"], ["seal", "seal-soft"], ["amber", "amber-soft"],
    ["indigo", "indigo-soft"], ["code", "hover"]];
  return pairs.map(([a, b]) => [light(`--${a}`), light(`--${b}`)].sort((x, y) => y - x))
    .map(([hi, lo], i) => [pairs[i].join("/"), (hi + 0.05) / (lo + 0.05)]).filter(([, ratio]) => ratio < 4.5);
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_text_has_the_contrast_that_wcag_asks_for(client, theme):
    await client.emulate_media(color_scheme=theme)
    await client.open()
    assert await client.evaluate(CONTRAST) == []


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("language", ["hant", "en"])
async def test_nothing_scrolls_sideways(client, app, act, width, language):
    long = "W" * 180 + "、" + "無標點的長句" * 30
    root = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text=long))["ts"]
    fields = [{"type": "plain_text", "text": long}] * 2
    await app.say(
        long,
        blocks=[
            {"type": "header", "text": {"type": "plain_text", "text": long[:150]}},
            {"type": "section", "fields": fields},
        ],
    )
    await client.set_viewport_size({"width": width, "height": 740})
    await client.open(story=True, thread=root)
    await client.hook("lang-select").select_option(language)
    assert await client.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.timeline, .sidebar, .story, .home-view')].filter(n => n.scrollWidth > n.clientWidth + 1).length"
    assert await client.evaluate(wide) == 0


async def test_narrow_the_sidebar_is_a_drawer_and_a_thread_fills_the_page(client, act):
    root = (await act("message", user="U0CUSTYF", channel="C0EXTYF", text="開頭"))["ts"]
    await client.set_viewport_size({"width": 360, "height": 740})
    await client.open(channel="C0DESK")
    await expect(client.hook("channel-C0EXTYF")).to_be_hidden()
    await client.hook("drawer-toggle").click()
    await client.hook("channel-C0EXTYF").click()
    await expect(client.locator("#sidebar")).not_to_have_class("sidebar open")
    await client.hook(f"message-{root}").hover()
    await client.hook(f"reply-{root}").click()
    await expect(client.hook("thread-panel")).to_be_visible()
    await expect(client.locator("#main")).to_be_hidden()
    await client.hook("thread-close").click()
    await expect(client.locator("#main")).to_be_visible()


async def test_every_person_stays_within_reach_when_narrow(client):
    await client.set_viewport_size({"width": 360, "height": 740})
    await client.open()
    boxes = await client.locator(".person").evaluate_all(
        "nodes => nodes.map(n => n.getBoundingClientRect()).map(r => [r.left, r.right])"
    )
    assert min(left for left, _ in boxes) >= 0
    assert max(right for _, right in boxes) <= 360


async def test_every_control_has_a_name(client, app, act):
    await act("message", user="U0CUSTYF", channel="C0EXTYF", text="系統掛了")
    await client.open(story=True)
    nameless = await client.locator("button, select, textarea, input:not([type=file])").evaluate_all(
        "nodes => nodes.filter(n => n.checkVisibility() && !n.ariaLabel && !n.innerText?.trim() && !n.labels?.length).map(n => n.outerHTML)"
    )
    assert nameless == []
