"""The formal reply, from a customer's claim to files and a reminder in the agent's private conversation."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

from docx import Document
from pypdf import PdfReader

from tests.scenarios.desk import AGENT, CUSTOMERS, DESK, Desk, has_action, in_channel, text_of, whispered

CLAIM = "昨天系統整個當掉，出貨全停，我們損失19萬，你們要賠償，不然法院見！"


async def calls(desk: Desk, method: str) -> list[dict[str, Any]]:
    return [call for call in await desk.get("calls") if call["method"] == method and call["answer"].get("ok")]


async def content(desk: Desk, file: dict[str, Any]) -> bytes:
    async with desk.session.get(file["url_private"]) as response:
        assert response.status == 200
        return await response.read()


async def test_rule_58_the_formal_reply_is_handed_to_the_agent_and_a_call_follows_five_minutes_later(socket_desk: Desk):
    desk = socket_desk
    await desk.say(CLAIM)
    await desk.one(in_channel(DESK))
    await desk.command("/draft")
    drafts = await desk.one(lambda m: whispered(AGENT)(m) and has_action("letter_formal")(m))

    started = time.time()
    await desk.click(drafts, "letter_formal")
    handed = await desk.one(lambda m: m["channel"].startswith("D") and bool(m.get("files")))
    assert "永豐紡織" in handed["text"]
    assert "待填" in handed["text"]
    told = await desk.one(lambda m: whispered(AGENT)(m) and "Word" in text_of(m))
    assert told["channel"] == CUSTOMERS

    files = {file["name"].rpartition(".")[2]: file for file in (await desk.get("state"))["files"]}
    assert set(files) == {"docx", "pdf"}
    word = Document(BytesIO(await content(desk, files["docx"])))
    paragraphs = "\n".join(paragraph.text for paragraph in word.paragraphs)
    pages = "".join(page.extract_text() for page in PdfReader(BytesIO(await content(desk, files["pdf"]))).pages)
    for text in (paragraphs, pages):
        assert "往來情形與承辦人員" in text
        assert "永豐紡織股份有限公司" in text
    assert any("ERP 生產模組加購" in cell.text for table in word.tables for row in table.rows for cell in row.cells)

    (reminder,) = await calls(desk, "chat.scheduleMessage")
    assert 295 <= int(reminder["arguments"]["post_at"]) - started <= 320
    assert reminder["arguments"]["channel"] == handed["channel"]

    await desk.click(drafts, "letter_formal")
    await desk.one(lambda m: whispered(AGENT)(m) and "一樣" in text_of(m))
    assert len(await calls(desk, "files.completeUploadExternal")) == 1
    assert len(await calls(desk, "chat.scheduleMessage")) == 1


async def test_no_formal_reply_is_offered_where_nothing_calls_for_one(socket_desk: Desk):
    await socket_desk.say("ERP 登不進去，可以幫忙看一下嗎？")
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    assert not has_action("letter_formal")(drafts)


async def test_rule_65_texts_for_an_executive_are_shown_to_the_agent_alone(socket_desk: Desk):
    await socket_desk.say("改了十幾次還是不對，叫你們主管出來跟我談！")
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("letter_executive")(m))
    await socket_desk.click(drafts, "letter_executive")
    shown = await socket_desk.one(lambda m: whispered(AGENT)(m) and "通話" in text_of(m))
    assert "主動反映" in text_of(shown)
