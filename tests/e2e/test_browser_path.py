"""The whole path as people walk it: one browser, one product, everybody clicks and types.

With ``FENCUN_SCREENS=docs/screens`` each step leaves a screenshot there (``make screens``).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.scenarios.desk import AGENT, CUSTOMER, CUSTOMERS, DESK, ESCALATION, SALES, SUPERVISOR, Desk

pytestmark = pytest.mark.browser

FURIOUS = "ERP 又當了，出貨單整批印不出來！過去大家那麼熟，你就幫忙一下嘛，花不了幾分鐘。再不處理我們明年就換別家系統。"
REPLY = "許先生，出貨單整批印不出來，出不了貨一定很急。我先把狀況整理給處理的同事，今天下午 5 點前跟您回報進度。"


class People:
    """The page, seen by whoever ``be`` says."""

    def __init__(self, page: Page, desk: Desk) -> None:
        self._page = page
        self._desk = desk
        self._steps = 0

    async def be(self, user: str, channel: str) -> None:
        await self._page.goto(f"{self._desk.url}/?user={user}&channel={channel}")
        await self._page.get_by_test_id(f"person-{user}").wait_for()
        if await self._page.get_by_test_id("story-close").count():
            await self._page.get_by_test_id("story-close").click()

    async def write(self, text: str, box: str = "composer") -> None:
        await self._page.get_by_test_id(box).fill(text)
        await self._page.get_by_test_id(box).press("Enter")

    def hook(self, name: str) -> Locator:
        return self._page.get_by_test_id(name)

    def control(self, action_id: str) -> Locator:
        return self._page.locator(f'[data-action-id="{action_id}"]')

    def words(self, text: str) -> Locator:
        return self._page.get_by_text(text).first

    async def choose(self, action_id: str, value: str) -> None:
        await self.control(action_id).select_option(value)

    async def direct_channel(self) -> str:
        """The id of the conversation that the verdict came in."""
        messages = await self._desk.messages(lambda m: m["channel"].startswith("D"))
        return str(messages[-1]["channel"])

    async def picture(self, name: str) -> None:
        folder = os.environ.get("FENCUN_SCREENS")
        if folder:
            self._steps += 1
            await self._page.wait_for_timeout(400)  # transitions
            await self._page.screenshot(path=Path(folder) / f"{self._steps:02}-{name}.png")


@pytest.fixture
async def people(socket_desk: Desk) -> AsyncIterator[People]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "chromium is not installed: apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 1360, "height": 860}, locale="zh-TW")
        page.set_default_timeout(10_000)
        yield People(page, socket_desk)
        await browser.close()


async def test_from_a_furious_customer_to_sales_in_the_browser(people: People) -> None:
    await a_customer_writes_and_a_card_appears(people)
    await an_agent_gets_drafts_and_sizes_the_case_up(people)
    await the_lint_refuses_once_and_the_reply_goes_out(people)
    await an_escalation_is_answered_in_a_sentence(people)
    await the_agent_gets_the_verdict_and_sales_its_reason(people)


async def a_customer_writes_and_a_card_appears(people: People) -> None:
    await people.be(CUSTOMER, CUSTOMERS)
    await people.write(FURIOUS)
    await people.picture("customer")
    await people.be(AGENT, DESK)
    await expect(people.words("永豐紡織股份有限公司")).to_be_visible()
    await expect(people.words("2026/10/31")).to_be_visible()
    await people.picture("card")


async def an_agent_gets_drafts_and_sizes_the_case_up(people: People) -> None:
    await people.be(AGENT, CUSTOMERS)
    await people.write("/draft")
    await expect(people.hook("ephemeral").first).to_be_visible()
    await expect(people.control("draft_use")).to_have_count(2)
    await people.picture("drafts")
    await people.control("case_triage").last.click()
    await expect(people.hook("modal")).to_be_visible()
    await people.choose("severity", "high")
    await people.choose("difficulty", "easy")
    await people.control("hours").fill("0.5")
    await people.control("cost").fill("一千五")
    await people.choose("fault", "unknown")
    await people.hook("modal-submit").click()
    await expect(people.hook("field-error").first).to_contain_text("請填數字")
    await people.picture("triage")
    await people.control("cost").fill("1500")
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await expect(people.control("draft_use")).to_have_count(4)


async def the_lint_refuses_once_and_the_reply_goes_out(people: People) -> None:
    await people.control("draft_use").nth(2).click()
    await people.control("text").fill("這是公司規定，我沒有辦法。")
    await people.hook("modal-submit").click()
    await expect(people.hook("field-error").first).to_contain_text("這是公司規定")
    await people.picture("lint")
    await people.control("text").fill(REPLY)
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await people.be(CUSTOMER, CUSTOMERS)
    await people.hook("timeline").get_by_text("則回覆").click()
    await expect(people.hook("thread-panel")).to_contain_text("今天下午 5 點前跟您回報進度")
    await expect(people.hook("thread-panel")).to_contain_text("林佳穎")
    await people.picture("reply")


async def an_escalation_is_answered_in_a_sentence(people: People) -> None:
    await people.be(AGENT, CUSTOMERS)
    await people.write("/escalate 客戶希望這次免費處理")
    await expect(people.control("reason")).to_have_value("客戶希望這次免費處理")
    await people.hook("modal-submit").click()
    await expect(people.words("已請主管決定")).to_be_visible()
    await people.be(SUPERVISOR, ESCALATION)
    await expect(people.control("escalation_approve")).to_be_visible()
    await people.picture("escalation")
    await people.hook("timeline").get_by_text("則回覆").last.click()
    await people.write("可以，這次免費處理，下不為例", "thread-composer")
    await expect(people.hook("thread-panel")).to_contain_text("已記下")
    await people.picture("decision")


async def the_agent_gets_the_verdict_and_sales_its_reason(people: People) -> None:
    await people.be(AGENT, DESK)
    await expect(people.words("主管決定：核准")).to_be_visible()
    await people.hook(f"channel-{await people.direct_channel()}").click()
    await expect(people.control("draft_use")).to_have_count(2)
    await people.picture("verdict")
    await people.be(SALES, ESCALATION)
    await expect(people.words("合約已到期，客戶現在需要服務")).to_be_visible()
    await people.picture("sales")
