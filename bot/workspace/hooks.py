"""Serves the response_url addresses (hooks.slack.com on Slack)."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.workspace.api.dispatch import break_connection
from bot.workspace.errors import SlackError
from bot.workspace.world import World

METHOD = "response_url"  # under this name faults are injected and calls recorded
_GONE = ("invalid_url", "expired_url", "used_url")


class Hooks:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"/{kind}/{{team}}/{{number}}/{{secret}}", self._use) for kind in ("commands", "actions", "app")
        ]

    async def _use(self, request: web.Request) -> web.Response:
        fault = self._world.faults.take(METHOD)
        kind = fault.kind if fault else None
        if fault and kind in ("delay", "hang"):
            await asyncio.sleep(fault.wait(self._world.config.timing.hang))
        if kind in ("hang", "drop_before"):
            return break_connection(request)
        if fault and kind == "429":
            return web.Response(status=429, headers={"Retry-After": str(fault.retry_after)}, text="rate_limited")
        if kind == "500":
            return web.Response(status=500, text="internal_error")
        response = await self._answer(request, kind)
        return break_connection(request) if kind == "drop_after" else response

    async def _answer(self, request: web.Request, fault: str | None) -> web.Response:
        try:
            body = json.loads(await request.text())
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        if not isinstance(body, dict):
            return web.Response(status=400, text="invalid_payload")
        try:
            self._world.urls.use(request.path, body)
        except SlackError as error:
            status = 404 if error.code in _GONE else 400
            self._world.recorder.note(METHOD, body, error.body(), status, fault)
            return web.json_response(error.body(), status=status)
        self._world.recorder.note(METHOD, body, {"ok": True}, 200, fault)
        return web.Response(text="ok")
