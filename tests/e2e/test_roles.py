"""Each role at its own surfaces, on both sides of the strait, as they click through them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from tests.e2e.people import People
from tests.scenarios.desk import DESK, ENGINEER, ESCALATION

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Side:
    """Who sits where, what they say, and the words that prove their language."""

    name: str
    agent: str
    supervisor: str
    sales: str
    customer: str
    channel: str
    pleads: str
    asks_engineer: str
    kept: str
    hold: str
    bypass: str
    title: str
    currency: str


HANT = Side(
    name="hant",
    agent="U0AGENTTW",
    supervisor="U0SUPTW",
    sales="U0SALESTW",
    customer="U0CUSTYF",
    channel="C0EXTYF",
    pleads="ERP 又當了，出貨單整批印不出來！大家這麼熟，這次就別收錢了，不然我們明年換別家。",
    asks_engineer="吳工程師，直接連進來看一下就好，不用開單了",
    kept="存著的草稿",
    hold="先不要聯絡",
    bypass="工程師",
    title="需要主管決定",
    currency="TWD",
)
HANS = Side(
    name="hans",
    agent="U0AGENTCN",
    supervisor="U0SUPCN",
    sales="U0SALESCN",
    customer="U0CUSTLH",
    channel="C0EXTLH",
    pleads="后台又打不开了，客户全在骂！合作这么多年，这次就别收费了，不然我们真换一家。",
    asks_engineer="吴工，你直接远程上来看一下就行，别走工单了",
    kept="存着的草稿",
    hold="先别联系",
    bypass="工程师",
    title="需要主管定夺",
    currency="CNY",
)


@pytest.fixture(params=[HANT, HANS], ids=lambda side: side.name)
def side(request: pytest.FixtureRequest) -> Side:
    found: Side = request.param
    return found


async def test_an_agent_works_a_draft_over_keeps_it_and_finds_it_at_home(people: People, side: Side) -> None:
    await pleads(people, side)
    await people.be(side.agent, side.channel)
    await people.write("/draft")
    await expect(people.control("draft_use")).to_have_count(2)
    await people.control("draft_unfold").click()
    await expect(people.control("draft_fold")).to_be_visible()
    await people.picture(f"agent-drafts-{side.name}")
    await people.control("draft_shorter").click()
    await expect(people.control("draft_use")).to_have_count(2)
    await people.control("draft_keep").click()
    await people.be(side.agent, "home")
    await expect(people.words(side.kept)).to_be_visible()
    await expect(people.control("draft_use").first).to_be_visible()
    await people.picture(f"agent-home-{side.name}")


async def test_a_supervisor_decides_with_terms_and_takes_it_back(people: People, side: Side) -> None:
    await escalates(people, side)
    await people.be(side.supervisor, "home")
    await people.picture(f"supervisor-home-{side.name}")
    await people.be(side.supervisor, ESCALATION)
    await expect(people.words(side.title)).to_be_visible()
    await people.control("escalation_counter").click()
    await expect(people.control("currency")).to_have_value(side.currency)
    await people.control("share").fill("80")
    await people.picture(f"supervisor-terms-{side.name}")
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await people.hook("timeline").get_by_role("button", name=REPLIES).last.click()
    await people.picture(f"supervisor-decided-{side.name}")
    await people.control("escalation_take_back").last.click()
    await expect(people.control("escalation_approve").first).to_be_visible()


async def test_sales_is_held_back_until_a_supervisor_says_so(people: People, side: Side) -> None:
    await escalates(people, side)
    await people.be(side.sales, "home")
    await expect(people.words(side.hold)).to_be_visible()
    await people.picture(f"sales-home-{side.name}")
    await thread(people, side.sales)
    await expect(people.control("sales_take")).to_have_count(0)
    await thread(people, side.supervisor)
    await people.control("sales_clear").click()
    await thread(people, side.sales)
    await people.control("sales_take").click()
    await expect(people.control("sales_won")).to_be_visible()
    await people.picture(f"sales-taken-{side.name}")


async def test_an_engineer_who_is_addressed_past_the_agent_is_told_what_to_answer(people: People, side: Side) -> None:
    await people.be(side.customer, side.channel)
    await people.write(side.asks_engineer)
    await people.be(side.agent, DESK)
    await expect(people.words(side.bypass)).to_be_visible()
    await people.be(ENGINEER, "home")
    await expect(people.hook("home-view")).to_contain_text("/desk")
    await people.picture(f"engineer-home-{side.name}")


async def test_a_customer_sees_their_own_words_and_nothing_of_ours(people: People, side: Side) -> None:
    await escalates(people, side)
    await people.be(side.customer, side.channel)
    await expect(people.hook("timeline")).to_contain_text(side.pleads[:10])
    seen = await people.hook("timeline").inner_text()
    for word in ("草稿", "升級", "升级", "主管", "手法", "同理", "共情"):
        assert word not in seen


REPLIES = re.compile("則回覆|条回复")


async def pleads(people: People, side: Side) -> None:
    await people.be(side.customer, side.channel)
    await people.write(side.pleads)
    await people.be(side.agent, DESK)
    await expect(people.control("case_draft").last).to_be_visible()


async def escalates(people: People, side: Side) -> None:
    await pleads(people, side)
    await people.control("case_escalate").last.click()
    await people.hook("modal-submit").click()
    await expect(people.hook("modal")).to_be_hidden()
    await people.be(side.supervisor, ESCALATION)
    await expect(people.control("escalation_approve")).to_be_visible()


async def thread(people: People, user: str) -> None:
    await people.be(user, ESCALATION)
    await people.hook("timeline").get_by_role("button", name=REPLIES).last.click()
