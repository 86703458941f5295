"""A Slack of a few lines on the loopback interface, with faults to order."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


class Slack:
    """``calls`` is what came in; ``messages`` what stands in the channels; ``answers`` what a method answers.

    ``faults[method]`` are used up one per call: ``drop_before``, ``drop_after``, ``hang``, an HTTP status,
    ``{"error": …}`` or ``{"retry_after": …}``.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.messages: list[dict[str, Any]] = []
        self.answers: dict[str, Any] = {
            "auth.test": {"team_id": "T_HOME", "user_id": "U0FENCUN", "bot_id": "B0FENCUN"},
        }
        self.faults: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.slow: dict[str, float] = {}
        self.url = ""

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self.calls.append((method, arguments))
        await asyncio.sleep(self.slow.get(method, 0))
        fault = self.faults[method].popleft() if self.faults[method] else None
        match fault:
            case "hang":
                await asyncio.sleep(60)
            case "drop_before" | "drop_after":
                if fault == "drop_after":
                    self.answer(method, arguments)
                request.transport.abort()
                return web.Response()
            case {"error": error}:
                return web.json_response({"ok": False, "error": error})
            case {"retry_after": seconds}:
                body = {"ok": False, "error": "ratelimited"}
                return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})
            case int(status):
                return web.Response(status=status, text="<html>upstream</html>", content_type="text/html")
        return web.json_response({"ok": True, **self.answer(method, arguments)})

    def answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "chat.postMessage":
                ts = f"1763800000.{len(self.messages) + 1:06d}"
                self.messages.append({**arguments, "ts": ts, "bot_id": "B0FENCUN"})
                return {"ts": ts}
            case "conversations.history" | "conversations.replies":
                return self.page(arguments)
        given = self.answers.get(method, {})
        return given(arguments) if callable(given) else given

    def page(self, arguments: dict[str, Any]) -> dict[str, Any]:
        shown = [m for m in self.messages if m["channel"] == arguments["channel"]]
        shown = [m for m in shown if m.get("thread_ts") == arguments.get("ts")]
        shown = [m for m in shown if float(m["ts"]) > float(arguments.get("oldest") or 0)]
        start, limit = int(arguments.get("cursor") or 0), int(arguments["limit"])
        if arguments.get("include_all_metadata") not in ("1", "true", "True"):
            shown = [{k: v for k, v in m.items() if k != "metadata"} for m in shown]
        more = str(start + limit) if start + limit < len(shown) else ""
        return {"messages": shown[start : start + limit], "response_metadata": {"next_cursor": more}}


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        return dict(await request.json())
    given = {**request.query, **await request.post()}
    return {k: json.loads(v) if k in ("metadata", "blocks", "view") else v for k, v in given.items()}


@asynccontextmanager
async def running():
    slack = Slack()
    site = web.Application()
    site.router.add_route("*", "/api/{method}", slack.handle)
    runner = web.AppRunner(site, shutdown_timeout=0.1)
    await runner.setup()
    port = web.TCPSite(runner, "127.0.0.1", 0)
    await port.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield slack
    await runner.cleanup()
