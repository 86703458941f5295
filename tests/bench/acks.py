"""CPU per ack and per stored-and-read message, against a bare Bolt app in the same run.

The bare app has two listeners that do nothing but ack. Both get the same signed requests through Bolt's own
dispatch. CPU is the whole process's, so whatever runs beside the ack (the database's thread, say) counts.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.bench.parts import quiet_bot

SECRET = "bench-signing-secret"
ROUNDS = 7
CONCURRENT = 50
COMPLAINT = "ERP 又當了,出貨單整批印不出來,過去大家那麼熟,你就幫忙一下嘛,花不了幾分鐘。再不處理我們明年就換別家系統,到時候不要怪我沒有先講。"

Request = Callable[[int], AsyncBoltRequest]


def signed(body: str, content_type: str) -> AsyncBoltRequest:
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body)
    headers = {
        "content-type": [content_type],
        "x-slack-request-timestamp": [timestamp],
        "x-slack-signature": [signature or ""],
    }
    return AsyncBoltRequest(body=body, headers=headers)


def draft_command(number: int) -> AsyncBoltRequest:
    fields = {
        "command": "/draft",
        "text": "",
        "team_id": "T_HOME",
        "user_id": "U1AGENT",
        "channel_id": "C1EXT",
        "trigger_id": f"{number}.1",
        "response_url": "https://slack.example/r",
    }
    return signed(urlencode(fields), "application/x-www-form-urlencoded")


def customer_message(number: int) -> AsyncBoltRequest:
    event = {
        "type": "message",
        "channel": f"C1EXT{number % 40}",
        "channel_type": "channel",
        "user": "U9CUSTOMER",
        "user_team": "T9",
        "text": COMPLAINT,
        "ts": f"{time.time() + number / 1000:.6f}",
    }
    body = {
        "type": "event_callback",
        "event_id": f"Ev{number}{time.time_ns()}",
        "team_id": "T_HOME",
        "event": event,
        "authorizations": [{"team_id": "T_HOME", "user_id": "U0BOT", "is_bot": True}],
    }
    return signed(json.dumps(body), "application/json")


def bare_app() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T_HOME", bot_token="xoxb-bench", bot_id="B0", bot_user_id="U0BOT"
        )

    app = AsyncApp(client=AsyncWebClient(token="xoxb-bench"), authorize=authorize, signing_secret=SECRET)

    @app.command("/draft")
    async def on_draft(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    @app.event("message")
    async def on_message() -> None: ...

    return app


async def cpu_per_request(
    app: AsyncApp, request: Request, settle: Callable[[], Awaitable[object]], count: int = 400
) -> float:
    """Microseconds of CPU per request, requests of ``CONCURRENT`` at a time, work begun by them included."""
    begun = time.process_time()
    for start in range(0, count, CONCURRENT):
        answers = await asyncio.gather(*(app.async_dispatch(request(n)) for n in range(start, start + CONCURRENT)))
        assert {answer.status for answer in answers} == {200}
    await settle()
    return (time.process_time() - begun) / count * 1e6


async def compare(folder: Path) -> dict[str, float]:
    """Medians over alternating rounds, in µs, and the ratios."""
    bare, figures = bare_app(), {}
    async with quiet_bot(folder, SECRET) as (app, settle):
        for name, request in (("ack", draft_command), ("message", customer_message)):
            ours, theirs = [], []
            for _ in range(ROUNDS):
                theirs.append(await cpu_per_request(bare, request, partial(asyncio.sleep, 0)))
                ours.append(await cpu_per_request(app, request, settle))
            middle = ROUNDS // 2
            figures |= {f"{name}_us": sorted(ours)[middle], f"bare_{name}_us": sorted(theirs)[middle]}
            figures[f"{name}_ratio"] = figures[f"{name}_us"] / figures[f"bare_{name}_us"]
    return figures
