"""The whole path as people walk it: one browser, one product, everybody clicks and types."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.e2e.people import People
from tests.scenarios.desk import AGENT, CUSTOMER, CUSTOMERS, DESK, ESCALATION, SALES, SUPERVISOR

pytestmark = pytest.mark.browser

FURIOUS = "ERP 又當了，出貨單整批印不出來！過去大家那麼熟，你就幫忙一下嘛，花不了幾分鐘。再不處理我們明年就換別家系統。"
REPLY = "許先生，出貨單整批印不出來，出不了貨一定很急。我先把狀況整理給處理的同事，今天下午 5 點前跟您回報進度。"


async def test_from_a_furious_customer_to_sales_in_the_browser(people: People) -> None:
    await a_customer_writes_and_a_card_appears(people)
    await an_agent_gets_drafts_and_sizes_the_case_up(people)
    await the_lint_refuses_once_and_the_reply_goes_out(people)
    await an_escalation_is_answered_in_a_sentence(people)
    await the_agent_gets_the_verdict_and_sales_its_reason(people)


async def a_customer_writes_and_a_card_appears(people: People) -> None:
    await people.be(CUSTOMER, CUSTOMERS)
    await people.write(FURIOUS)
    await people.picture("01-customer")
    await people.be(AGENT, DESK)
    await expect(people.words("永豐紡織股份有限公司")).to_be_visible()
    await expect(people.words("2026/10/31")).to_be_visible()
    await people.picture("02-card")


async def an_agent_gets_drafts_and_sizes_the_case_up(people: People) -> None:
    await people.be(AGENT, CUSTOMERS)
    await people.write("/draft")
    await expect(people.hook("ephemeral").first).to_be_visible()
    await expect(people.control("draft_use")).to_have_count(2)
    await people.picture("03-drafts")
    await people.control("case_triage").last.click()
    await expect(people.hook("modal")).to_be_visible()
    await people.choose("severity", "high")
    await people.choose("difficulty", "easy")
    await people.control("hours").fill("0.5")
    await people.control("cost").fill("一千五")
    await people.choose("fault", "unknown")
    await people.hook("modal-submit").click()
    await expect(people.hook("field-error").first).to_contain_text("請填數字")
    await people.picture("04-triage")
    await people.control("cost").fill("1500")
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await expect(people.control("draft_use")).to_have_count(2)


async def the_lint_refuses_once_and_the_reply_goes_out(people: People) -> None:
    await people.control("draft_use").first.click()
    await people.control("text").fill("這是公司規定，我沒有辦法。")
    await people.hook("modal-submit").click()
    await expect(people.hook("field-error").first).to_contain_text("這是公司規定")
    await people.picture("05-lint")
    await people.control("text").fill(REPLY)
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await people.be(CUSTOMER, CUSTOMERS)
    await people.hook("timeline").get_by_text("則回覆").click()
    await expect(people.hook("thread-panel")).to_contain_text("今天下午 5 點前跟您回報進度")
    await expect(people.hook("thread-panel")).to_contain_text("林佳穎")
    await people.picture("06-reply")


async def an_escalation_is_answered_in_a_sentence(people: People) -> None:
    await people.be(AGENT, CUSTOMERS)
    await people.write("/escalate 客戶希望這次免費處理")
    await expect(people.control("reason")).to_have_value("客戶希望這次免費處理")
    await people.hook("modal-submit").click()
    await expect(people.words("已請主管決定")).to_be_visible()
    await people.be(SUPERVISOR, ESCALATION)
    await expect(people.control("escalation_approve")).to_be_visible()
    await people.picture("07-escalation")
    await people.hook("timeline").get_by_text("則回覆").last.click()
    await people.write("可以，這次免費處理，下不為例", "thread-composer")
    await expect(people.hook("thread-panel")).to_contain_text("已記下")
    await people.picture("08-decision")


async def the_agent_gets_the_verdict_and_sales_its_reason(people: People) -> None:
    await people.be(AGENT, DESK)
    await expect(people.words("主管決定：核准")).to_be_visible()
    await people.hook(f"channel-{await people.direct_channel()}").click()
    await expect(people.control("draft_use")).to_have_count(2)
    await people.picture("09-verdict")
    await people.be(SALES, ESCALATION)
    await expect(people.words("合約已到期，客戶現在需要服務")).to_be_visible()
    await people.picture("10-sales")
