"""Signed requests from a process of their own: ``python -m tests.bench.load URL {command|message} COUNT``."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

SECRET = "bench-signing-secret"
CONCURRENT = 64
COMPLAINT = "ERP 又當了,出貨單整批印不出來,過去大家那麼熟,你就幫忙一下嘛,花不了幾分鐘。再不處理我們明年就換別家系統,到時候不要怪我沒有先講。"


def draft_command(number: int) -> tuple[str, str]:
    fields = {
        "command": "/draft",
        "text": "",
        "team_id": "T_HOME",
        "user_id": "U1AGENT",
        "channel_id": "C1EXT",
        "trigger_id": f"{number}.1",
        "response_url": "https://slack.example/r",
    }
    return urlencode(fields), "application/x-www-form-urlencoded"


def customer_message(number: int) -> tuple[str, str]:
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
    return json.dumps(body), "application/json"


MAKE = {"command": draft_command, "message": customer_message}


async def send(url: str, kind: str, count: int) -> None:
    """All of them, ``CONCURRENT`` at a time over kept connections; every answer must be 200."""
    verifier = SignatureVerifier(SECRET)
    numbers = iter(range(count))
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONCURRENT)) as session:

        async def worker() -> None:
            for number in numbers:
                body, content_type = MAKE[kind](number)
                timestamp = str(int(time.time()))
                headers = {
                    "Content-Type": content_type,
                    "X-Slack-Request-Timestamp": timestamp,
                    "X-Slack-Signature": verifier.generate_signature(timestamp=timestamp, body=body) or "",
                }
                async with session.post(url, data=body, headers=headers) as answer:
                    assert answer.status == 200, answer.status

        await asyncio.gather(*(worker() for _ in range(CONCURRENT)))


if __name__ == "__main__":
    asyncio.run(send(sys.argv[1], sys.argv[2], int(sys.argv[3])))
