"""The check that ends every scenario sees what it has to see."""

from __future__ import annotations

from typing import Any

from tests.scenarios.privacy import internal_words, leaks


def state(text: str, *, visible_to: str | None = None, username: str | None = None) -> dict[str, Any]:
    message = {
        "channel": "C0EXTYF", "user": "U0FENCUN", "text": text, "blocks": None, "visible_to": visible_to,
        "deleted": False, "username": username,
    }  # fmt: skip
    return {
        "users": [{"id": "U0CUSTYF", "is_stranger": True}, {"id": "U0AGENTTW", "is_stranger": False}],
        "channels": [{"id": "C0EXTYF", "members": ["U0CUSTYF", "U0AGENTTW"]}],
        "messages": [message],
        "views": [],
        "files": [],
    }


def test_words_of_ours_before_a_customer_are_found() -> None:
    assert leaks(state("兩份草稿備好了"))
    assert leaks(state("合約 MA-2025-0417"))
    assert (
        leaks(
            state("客戶想攀人情"),
        )
        or "攀人情" not in internal_words()
    )


def test_what_only_ours_see_and_what_an_agent_sends_on_purpose_is_no_leak() -> None:
    assert leaks(state("兩份草稿備好了", visible_to="U0AGENTTW")) == []
    assert leaks(state("草稿我再看一下", username="林佳穎")) == []


def test_the_words_come_from_the_interface_and_the_crm() -> None:
    assert {"MA-2025-0417", "年底盤點當週協助匯入庫存一次", "主管決定"} <= internal_words()
    assert len(internal_words()) > 200
