"""Slack's Web API for a load run: right answers, no limits, and almost no work.

It notes when a card showed a message (by the number in its words), and hands forms and threads to the traffic.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from handlers import names
from tests.load import company

_NUMBER = re.compile(rb"\[(\d+)\]")
_UPDATE, _POST = "chat.update", "chat.postMessage"

Json = dict[str, Any]


class Peer:
    """``shown`` maps the number of a message to when a card first showed it; ``calls`` counts methods."""

    def __init__(self) -> None:
        self.shown: dict[int, float] = {}
        self.calls: Counter[str] = Counter()
        self.on_form: Callable[[str, Json], None] = lambda _trigger, _view: None
        self.on_root: Callable[[str], None] = lambda _ts: None
        self._ts = itertools.count(int(time.time()) * 1_000_000)
        self._answers = {
            "auth.test": {"team_id": company.HOME, "user_id": company.BOT_USER, "bot_id": company.BOT},
            "conversations.history": {"messages": []},
            "conversations.replies": {"messages": []},
        }

    async def handle(self, request: web.Request) -> web.Response:
        method, raw = request.match_info["method"], await request.read()
        self.calls[method] += 1
        answer = self._answers.get(method) or self._answer(method, raw, request)
        return web.Response(body=orjson.dumps({"ok": True, **answer}), content_type="application/json")

    def _answer(self, method: str, raw: bytes, request: web.Request) -> Json:
        given = _arguments(raw, request)
        channel = given.get("channel", "")
        match method:
            case "chat.postMessage" | "chat.update":
                return self._written(method, channel, given, raw)
            case "users.info":
                return {"user": company.user(given["user"])}
            case "conversations.info":
                shared = channel in company.CHANNELS
                return {"channel": {"id": channel, "name": channel.lower(), "is_ext_shared": shared}}
            case "conversations.open":
                return {"channel": {"id": "D" + given["users"][1:]}}
            case "usergroups.users.list":
                return {"users": list(company.GROUPS[given["usergroup"]])}
            case "users.lookupByEmail":
                return {"user": {"id": given["email"].split("@")[0].upper()}}
            case "chat.getPermalink":
                return {"permalink": f"https://load.example/{channel}/{given['message_ts']}"}
            case "views.open" | "views.push":
                view = _parsed(given["view"])
                self.on_form(given["trigger_id"], view)
                return {"view": {"id": "V1"}}
        return {"message_ts": "1.2", "view": {"id": "V1"}, "messages": []}

    def _written(self, method: str, channel: str, given: Json, raw: bytes) -> Json:
        ts = given.get("ts") or f"{(number := next(self._ts)) // 1_000_000}.{number % 1_000_000:06}"
        if channel == company.DESK:
            now = time.monotonic()
            for number in _NUMBER.findall(raw):
                self.shown.setdefault(int(number), now)
        elif channel == company.ESCALATIONS and method == _POST and names.ESCALATION_APPROVE.encode() in raw:
            self.on_root(ts)
        return {"channel": channel, "ts": ts}


def _arguments(raw: bytes, request: web.Request) -> Json:
    if request.content_type == "application/json":
        return orjson.loads(raw)
    return {**request.query, **dict(parse_qsl(raw.decode()))}


def _parsed(value: Any) -> Json:
    return orjson.loads(value) if isinstance(value, str) else value


@asynccontextmanager
async def serving(peer: Peer) -> AsyncIterator[str]:
    """The address of the API."""
    site = web.Application(client_max_size=8 * 1024 * 1024)
    site.router.add_route("*", "/api/{method}", peer.handle)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await asyncio.sleep(0)
        await runner.cleanup()
