"""Sizing up a case: with the CRM's history beside it, remembered, checked field by field, and felt by the drafts."""

from __future__ import annotations

import pytest

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    DESK,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import STUCK

ESTIMATE = {
    "severity": {"severity": "high"},
    "difficulty": {"difficulty": "hard"},
    "hours": {"hours": "６.5"},
    "cost": {"cost": "12,000"},
    "currency": {"currency": "TWD"},
    "fault": {"fault": "theirs"},
    "product": {"product": "ERP 出貨模組"},
    "history": {"history": ["checked"]},
}


async def carded(desk: Desk) -> Message:
    await desk.say(STUCK)
    return await desk.one(in_channel(DESK))


def initial(view: Message, block_id: str) -> object:
    element = next(block["element"] for block in view["view"]["blocks"] if block["block_id"] == block_id)
    chosen = element.get("initial_option") or next(iter(element.get("initial_options", [])), None)
    return chosen["value"] if chosen else element.get("initial_value")


async def test_the_crm_history_stands_beside_the_fields_and_what_is_known_in_them(socket_desk: Desk) -> None:
    await socket_desk.click(await carded(socket_desk), "case_triage")
    form = await socket_desk.view()
    assert "免費到場" in str(form)
    assert "NT$4,500" in str(form)
    assert initial(form, "product") == "ERP"
    assert initial(form, "currency") == "TWD"
    assert initial(form, "severity") is None


async def test_an_estimate_is_remembered_for_the_next_time(desk: Desk) -> None:
    card = await carded(desk)
    await desk.click(card, "case_triage")
    answer = await desk.submit(await desk.view(), ESTIMATE)
    assert "errors" not in answer
    await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    await desk.click(card, "case_triage")
    form = await eventually(lambda: _reopened(desk), 5)
    assert initial(form, "hours") == "6.5"
    assert initial(form, "cost") == "12000"
    for name, value in (("severity", "high"), ("difficulty", "hard"), ("fault", "theirs"), ("history", "checked")):
        assert initial(form, name) == value
    assert initial(form, "product") == "ERP 出貨模組"


async def test_drafts_change_at_once_with_what_was_estimated(desk: Desk) -> None:
    await carded(desk)
    await desk.command("/draft")
    before = await desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    assert "2026/10/31" not in text_of(before)
    await desk.click(before, "case_triage")
    await desk.submit(await desk.view(), ESTIMATE)
    after = await desk.one(lambda m: whispered(AGENT)(m) and "2026/10/31" in text_of(m))
    assert after["ts"] == before["ts"], "in the place of the drafts that came before"


@pytest.mark.parametrize(
    ("locale", "hours", "cost", "expected"),
    [
        ("zh-TW", "-2", "12a", {"hours": "不能是負數", "cost": "請填數字，例如 1.5"}),
        ("zh-CN", "9999", "1e9", {"hours": "这个数字太大了，最多填 2,000", "cost": "请填数字，比如 1.5"}),
        (
            "en-GB",
            "",
            "NaN",
            {"hours": "Please enter a number such as 1.5", "cost": "Please enter a number such as 1.5"},
        ),
        ("en-US", "1/2", "9" * 31, {"hours": "Please enter a number such as 1.5"}),
        (
            "zh-TW",
            "兩小時",
            "1000000000",
            {"hours": "請填數字，例如 1.5", "cost": "這個數字太大了，最多填 100,000,000"},
        ),
    ],
)
async def test_faults_come_back_at_their_fields_in_the_language_of_the_person(
    socket_desk: Desk, locale: str, hours: str, cost: str, expected: dict[str, str]
) -> None:
    await socket_desk.post("user", user=AGENT, locale=locale)
    await socket_desk.click(await carded(socket_desk), "case_triage")
    form = await socket_desk.view()
    wrong = {"hours": {"hours": hours or " "}, "cost": {"cost": cost}}
    answer = await socket_desk.submit(form, ESTIMATE | wrong)
    assert answer["response_action"] == "errors"
    assert expected.items() <= answer["errors"].items()
    assert set(answer["errors"]) <= {"hours", "cost"}
    assert "errors" not in await socket_desk.submit(form, ESTIMATE)


async def test_customers_size_up_nothing(socket_desk: Desk) -> None:
    await carded(socket_desk)
    await socket_desk.command("/draft", user=CUSTOMER)
    await socket_desk.one(whispered(CUSTOMER))
    await socket_desk.quiet()
    assert [v for v in (await socket_desk.get("state"))["views"] if v["user"] == CUSTOMER] == []


async def _reopened(desk: Desk) -> Message | None:
    views = [v for v in (await desk.get("state"))["views"] if v["user"] == AGENT and v["type"] == "modal"]
    return views[-1] if views else None
