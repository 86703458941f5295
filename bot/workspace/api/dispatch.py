"""Takes a Web API request: arguments, token, scope, rate limit, faults; calls the method; writes the record."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from bot.workspace.api import apps, auth, chat, conversations, files, reactions, team, usergroups, users, views
from bot.workspace.api.method import METHODS, Call, Method, need_one_of
from bot.workspace.clock import new_id
from bot.workspace.errors import InvalidInput, SlackError
from bot.workspace.faults import Fault
from bot.workspace.model import Json
from bot.workspace.world import World

FAMILIES = (apps, auth, chat, conversations, files, reactions, team, usergroups, users, views)
_UPLOAD = "multipart/form-data"
Answer = tuple[Json, int, dict[str, str]]
_FORM = "application/x-www-form-urlencoded"


class RateLimited(Exception):
    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Api:
    """A call once received is carried out to the end, even if the client has hung up meanwhile, as on Slack."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._running: set[asyncio.Task[web.StreamResponse]] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
        except SlackError as error:
            self._world.recorder.note(name, {}, error.body(), 200, None)
            return self._respond(name, error.body(), 200, {})
        task = asyncio.create_task(self._carry_out(name, request, arguments))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Ends what an injected fault still holds back."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _carry_out(self, name: str, request: web.Request, arguments: dict[str, Any]) -> web.StreamResponse:
        fault = self._world.faults.take(name)
        kind = fault.kind if fault else None
        if fault and kind in ("delay", "hang"):
            await asyncio.sleep(fault.wait(self._world.config.timing.hang))
        if kind in ("hang", "drop_before"):
            self._world.recorder.note(name, arguments, None, None, kind)
            return break_connection(request)
        answer, status, headers = _injected(fault) or await self._answer(name, request, arguments)
        self._world.recorder.note(name, arguments, answer, status, kind)
        if kind == "drop_after":
            return break_connection(request)
        return self._respond(name, answer, status, headers)

    async def _answer(self, name: str, request: web.Request, arguments: dict[str, Any]) -> Answer:
        try:
            return await self._perform(name, request, arguments), 200, {}
        except RateLimited as limited:
            return _limited(limited.retry_after)
        except SlackError as error:
            return error.body(), 200, {}

    async def _perform(self, name: str, request: web.Request, arguments: dict[str, Any]) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        person = self._check_token(method, _token(request, arguments))
        wait = self._world.gate.wait(name, method.tier, str(arguments.get("channel", "")))
        if wait:
            raise RateLimited(wait)
        need_one_of(self._world, method.scopes)
        missing = [field for field in method.required if arguments.get(field) in (None, "")]
        if missing:
            raise InvalidInput("invalid_arguments", [f"missing required field: {field}" for field in missing])
        return {"ok": True, **await method.handler(Call(self._world, arguments, person))}

    def _check_token(self, method: Method, token: str) -> str | None:
        """Whose token it is, if a person's."""
        config, state = self._world.config, self._world.state
        known = {config.bot_token: "bot", config.app_token: "app"}
        if not token:
            raise SlackError("not_authed")
        if token in state.revoked:
            raise SlackError("token_revoked")
        prefix, _, name = token.rpartition("-")
        person = state.users.get(name) if f"{prefix}-" == config.user_token else None
        if person is not None and (state.is_stranger(person) or person.is_bot):
            person = None
        if token not in known and person is None:
            raise SlackError("invalid_auth")
        if known.get(token) != method.token and not (person and method.for_people):
            raise SlackError("not_allowed_token_type")
        return person.id if person else None

    def _respond(self, name: str, answer: Json, status: int, headers: dict[str, str]) -> web.Response:
        method = METHODS.get(name)
        headers = {
            **headers,
            "X-OAuth-Scopes": ",".join(sorted(self._world.installation.scopes)),
            "X-Accepted-OAuth-Scopes": ",".join(method.scopes) if method else "",
            "X-Slack-Req-Id": new_id("", 20).lower(),
        }
        return web.json_response(answer, status=status, headers=headers)


async def read_arguments(request: web.Request) -> dict[str, Any]:
    """Arguments of query and body. Raises ``invalid_json``, ``json_not_object``, ``invalid_post_type``."""
    arguments: dict[str, Any] = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return arguments
    if request.content_type == "application/json":
        return arguments | _json_object(await request.text())
    if request.content_type in (_FORM, _UPLOAD):
        return arguments | {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    if request.content_length:
        raise SlackError("invalid_post_type")
    return arguments


def _json_object(text: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text or "{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


def _token(request: web.Request, arguments: dict[str, Any]) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else str(arguments.get("token") or "")


def _injected(fault: Fault | None) -> Answer | None:
    if fault and fault.kind == "429":
        return _limited(fault.retry_after)
    if fault and fault.kind == "500":
        return {"ok": False, "error": "internal_error"}, 500, {}
    return None


def _limited(retry_after: int) -> Answer:
    return {"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(retry_after)}


def break_connection(request: web.Request) -> web.Response:
    """Cuts the line as a failing network does: the client gets no answer at all."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
