"""Slack's text format, as nodes."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# What is written, and the HTML that the browser then holds.
CASES = {
    "*粗* _斜_ ~刪~ `碼`": "<strong>粗</strong> <em>斜</em> <s>刪</s> <code>碼</code>",
    "*_都有_*": "<strong><em>都有</em></strong>",
    "中*不粗*文": "中*不粗*文",
    "「*粗*」": "「<strong>粗</strong>」",
    "3 * 4 * 5": "3 * 4 * 5",
    "snake_case_name": "snake_case_name",
    "`*不粗*`": "<code>*不粗*</code>",
    "*跨\n行*": "*跨\n行*",
    "前\n&gt; 引一\n&gt; 引二\n後": "前<blockquote>引一\n引二</blockquote>後",
    "```\na = *1*\n```": "<pre>a = *1*</pre>",
    "沒關的 ``` 記號": "沒關的 ``` 記號",
    "1 &lt; 2 &amp;&amp; 3 &gt; 2": "1 &lt; 2 &amp;&amp; 3 &gt; 2",
    ":tada: :no_such_name: 12:30:45": "🎉 :no_such_name: 12:30:45",
}


@pytest.mark.parametrize("text", CASES)
async def test_mrkdwn_becomes_nodes(client, text):
    await client.open()
    html = await client.evaluate(
        """async (text) => {
          const { mrkdwn } = await import("/web/js/text/mrkdwn.js");
          const box = document.createElement("div");
          box.append(...mrkdwn(text, null));
          return box.innerHTML;
        }""",
        text,
    )
    assert html == CASES[text]


async def test_mentions_are_named_and_ones_own_stand_out(client, app):
    await client.open()
    ts = await app.say("<@U0AGENTTW> <@U0SUPTW> <!subteam^S0AGENTS> <#C0DESK> <!here>")
    message = client.hook(f"message-{ts}")
    await expect(message.locator(".text")).to_have_text("@林佳穎 @陳志豪 @agents #客服席 @here")
    assert await message.locator(".mention-me").all_inner_texts() == ["@林佳穎", "@agents", "@here"]


async def test_a_channel_mention_leads_there(client, app):
    await client.open()
    await app.say("看 <#C0DESK>")
    await client.get_by_role("button", name="#客服席", exact=True).click()
    await expect(client.hook("channel-C0DESK")).to_have_attribute("aria-current", "page")


async def test_dates_are_told_in_the_readers_words(client, app):
    await client.open()
    ts = await app.say("<!date^1793588400^{date_num} {time}|備用> <!date^x^{date}|備用>")
    await expect(client.hook(f"message-{ts}").locator(".text")).to_have_text("2026-11-02 11:00 備用")
