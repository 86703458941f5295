"""The language of the interface: from Slack, changed by command, whole in each; help by role; the first hello."""

from __future__ import annotations

import re

import pytest

from tests.scenarios.desk import (
    AGENT,
    CUSTOMER,
    DESK,
    ENGINEER,
    SALES,
    SUPERVISOR,
    Desk,
    Message,
    eventually,
    has_action,
    in_channel,
    text_of,
    whispered,
)
from tests.scenarios.scenes import STUCK

HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


async def told(desk: Desk, user: str, part: str) -> Message:
    return await desk.one(lambda m: whispered(user)(m) and part in text_of(m))


@pytest.mark.parametrize(
    ("user", "expected", "not_theirs"),
    [
        (AGENT, ["/draft", "/escalate", "/desk link"], ["升級處理頻道裡按按鈕", "把客戶、原因和報價通知你"]),
        (SUPERVISOR, ["/draft", "升級處理頻道裡按按鈕"], ["把客戶、原因和報價通知你"]),
        (SALES, ["把客戶、原因和報價通知你"], ["/draft", "/escalate", "/desk link"]),
        (ENGINEER, ["沒有維護合約卻直接找你"], ["/draft", "/escalate", "/desk link"]),
    ],
)
async def test_help_tells_each_role_what_concerns_it(
    socket_desk: Desk, user: str, expected: list[str], not_theirs: list[str]
) -> None:
    await socket_desk.command("/desk", "help", user=user)
    help_ = text_of(await told(socket_desk, user, "分寸可以這樣用"))
    assert all(part in help_ for part in [*expected, "/desk language"])
    assert not any(part in help_ for part in not_theirs)


async def test_the_language_follows_slack_until_it_is_chosen_and_again_on_auto(desk: Desk) -> None:
    await desk.command("/desk", "help", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "分寸可以这样用")
    await desk.command("/desk", "language english", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "The interface is in English from now on")
    await desk.command("/desk", "help", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "What Fencun does for you")
    await desk.command("/desk", "language 繁體", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "之後介面都用繁體中文")
    await desk.command("/desk", "language klingon", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "沒有這種語言")
    await desk.command("/desk", "language auto", user="U0AGENTCN")
    await told(desk, "U0AGENTCN", "之后界面都用简体中文")


async def test_the_desk_introduces_itself_once_in_three_lines(desk: Desk) -> None:
    await desk.command("/desk", "status")
    hello = await told(desk, AGENT, "我是分寸")
    assert len(hello["text"].splitlines()) == 3
    await desk.command("/desk", "status")
    await desk.command("/desk", "help")
    await told(desk, AGENT, "分寸可以這樣用")
    greetings = await desk.all(lambda m: whispered(AGENT)(m) and "我是分寸" in text_of(m))
    assert len(greetings) == 1
    assert "我是分寸" not in str((await desk.post("home", user=AGENT))["view"])
    assert "我是分寸" in str((await desk.post("home", user=SALES))["view"])
    assert "我是分寸" not in str((await desk.post("home", user=SALES))["view"])


async def test_outsiders_are_neither_greeted_nor_helped(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", "help", user=CUSTOMER)
    answer = text_of(await socket_desk.one(whispered(CUSTOMER)))
    assert "/draft" not in answer
    assert "我是分寸" not in answer
    assert len(await socket_desk.all(whispered(CUSTOMER))) == 1


async def test_an_english_interface_is_english_throughout(socket_desk: Desk) -> None:
    """Only what is content stays Chinese: names, products, drafts, quotes."""
    await socket_desk.post("user", user=AGENT, locale="en-US")
    await socket_desk.say(STUCK)
    await socket_desk.one(in_channel(DESK))
    await socket_desk.command("/draft")
    drafts = await socket_desk.one(lambda m: whispered(AGENT)(m) and has_action("draft_use")(m))
    content = {block["text"]["text"] for block in drafts["blocks"] if _plain(block)}
    interface = [part for part in _texts(drafts["blocks"]) if part not in content]
    assert _chinese(interface) == ["永豐紡織股份有限公司"]
    await socket_desk.click(drafts, "draft_unfold")
    unfolded = await told(socket_desk, AGENT, "Hide sources")
    facts = " ".join(part for part in _texts(unfolded["blocks"]) if part.startswith("Sources"))
    assert "（" not in facts

    await socket_desk.click(unfolded, "case_triage")
    form = await socket_desk.view()
    assert _chinese([part for part in _texts(form["view"]["blocks"]) if "2" not in part]) == ["永豐紡織股份有限公司"]
    wrong = {"hours": {"hours": "-2"}, "cost": {"cost": "9" * 20}, "severity": {"severity": "low"}}
    rest = {"difficulty": {"difficulty": "easy"}, "fault": {"fault": "ours"}}
    answer = await socket_desk.submit(form, wrong | rest)
    assert answer["errors"]["hours"] == "This cannot be negative"
    assert answer["errors"]["cost"] == "This number is too large; 100,000,000 at most"

    home = (await socket_desk.post("home", user=AGENT))["view"]
    left = [part for part in _chinese(_texts(home["blocks"])) if part not in content]
    allowed = ("分寸", "擬回覆", "繁體", "简体", "永豐紡織", "下午五點前回您", "Empathetic*", "Firm*")
    assert [part for part in left if not any(name in part for name in allowed)] == []


async def test_desk_words_are_understood_in_every_language(socket_desk: Desk) -> None:
    await socket_desk.command("/desk", "語言 简体")
    await eventually(lambda: _says(socket_desk, "之后界面都用简体中文"), 5)
    await socket_desk.command("/desk", "提示 关")
    await eventually(lambda: _says(socket_desk, "之后不再提示"), 5)


async def _says(desk: Desk, part: str) -> list[Message]:
    return await desk.messages(lambda m: whispered(AGENT)(m) and part in text_of(m))


def _plain(block: dict[str, object]) -> bool:
    text = block.get("text")
    return block["type"] == "section" and isinstance(text, dict) and text["type"] == "plain_text"


def _texts(value: object) -> list[str]:
    """Every piece of text in blocks, options of selects among them."""
    if isinstance(value, dict):
        own = [inner for key, inner in value.items() if key == "text" and isinstance(inner, str)]
        return own + [text for key, inner in value.items() if key != "value" for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return []


def _chinese(texts: list[str]) -> list[str]:
    found = {run for text in texts if HAN.search(text) for run in [text]}
    return sorted(text.split(" · ")[0].strip("*") for text in found)
