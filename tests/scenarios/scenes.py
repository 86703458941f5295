"""What several scenarios begin with, and what they say of people."""

from __future__ import annotations

from collections.abc import Callable

from tests.scenarios.desk import DESK, ESCALATION, Desk, Message, has_action, in_channel, text_of

STUCK = "ERP 又當了,出貨單整批印不出來,過去大家那麼熟,你就幫忙一下嘛"
ASKS = "ERP 出貨單印不出來，這次可不可以免費幫我們處理？"
WANTS = "請問我們 ERP 續約一年要多少錢？"
OTHER_AGENT, OTHER_SUPERVISOR, OTHER_SALES = "U0AGENTCN", "U0SUPCN", "U0SALESCN"

TRIAGE = {
    "severity": {"severity": "high"},
    "difficulty": {"difficulty": "easy"},
    "hours": {"hours": "0.5"},
    "cost": {"cost": "1500"},
    "currency": {"currency": "TWD"},
    "fault": {"fault": "unknown"},
    "history": {"history": ["checked"]},
}
"""The form in which a case is sized up, filled in."""


async def escalated(desk: Desk, **fields: str) -> Message:
    """The root of a new escalation."""
    await desk.say(ASKS)
    return await desk.escalate(await desk.one(in_channel(DESK)), **fields)


async def tagged(desk: Desk, words: str = WANTS) -> Message:
    """The message to sales about a calm customer."""
    await desk.say(words)
    return await desk.one(lambda m: in_channel(ESCALATION)(m) and has_action("sales_take")(m))


async def changed(desk: Desk, message: Message, words: str) -> Message:
    """The same message once it says ``words``."""
    return await desk.one(lambda m: m["ts"] == message["ts"] and words in text_of(m))


def direct_to(user: str) -> Callable[[Message], bool]:
    return lambda m: m["channel"] == f"D{user[1:]}"
