"""JSON in and out for page and control API: 400 ``{"error": …}`` for what cannot be done."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.workspace.errors import Refused, SlackError
from bot.workspace.model import Json

Act = Callable[[Json], Awaitable[Json]]


def json_handler(act: Act, guard: Callable[[web.Request], None]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        guard(request)
        try:
            return web.json_response(await act(await _body(request)))
        except Refused as refused:
            return web.json_response({"error": str(refused)}, status=400)
        except SlackError as error:
            return web.json_response({"error": error.code}, status=400)

    return handle


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body
