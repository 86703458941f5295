"""The other side of the workspace: bots made of Slack's own library, and a person at the control API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Timing, Workspace, WorkspaceConfig

BOT_TOKEN = "xoxb-fencun-local"
APP_TOKEN = "xapp-fencun-local"
SECRET = "fencun-local-signing-secret"

SCOPES = [
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "files:read",
    "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:write", "mpim:read",
    "reactions:read", "reactions:write", "team:read", "usergroups:read", "users:read", "users:read.email",
]  # fmt: skip
EVENTS = [
    "app_home_opened", "app_mention", "channel_archive", "channel_shared", "channel_unshared", "member_joined_channel",
    "member_left_channel", "message.channels", "message.groups", "message.im", "reaction_added", "subteam_updated", "user_change",
]  # fmt: skip
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "分寸"},
    "features": {
        "slash_commands": [
            {"command": "/draft", "description": "擬回覆", "usage_hint": "[重點]", "should_escape": False},
            {"command": "/desk", "description": "席位", "should_escape": True},
        ],
        "shortcuts": [
            {"name": "擬回覆", "type": "message", "callback_id": "draft_reply", "description": "擬回覆"},
            {"name": "總覽", "type": "global", "callback_id": "overview", "description": "總覽"},
        ],
    },
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"event_subscriptions": {"bot_events": EVENTS}},
}
QUICK = Timing(ack=0.25, retries=(0.02, 0.04, 0.06), trigger=0.3, home=0.5, hang=0.3)


def config(**changes: Any) -> WorkspaceConfig:
    return WorkspaceConfig(**{"port": 0, "control": True, "manifest": MANIFEST, "timing": QUICK, **changes})


def manifest(
    *, without_scopes: tuple[str, ...] = (), with_scopes: tuple[str, ...] = (), events: list[str] | None = None
) -> dict[str, Any]:
    scopes = [scope for scope in SCOPES if scope not in without_scopes] + list(with_scopes)
    changed = {"oauth_config": {"scopes": {"bot": scopes}}}
    if events is not None:
        changed["settings"] = {"event_subscriptions": {"bot_events": events}}
    return MANIFEST | changed


def client(workspace: Workspace, token: str = BOT_TOKEN) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=workspace.api_url, retry_handlers=[])


@dataclass
class Person:
    """Whoever acts through ``/_control`` (or ``/page``)."""

    session: aiohttp.ClientSession
    prefix: str = "/_control/"

    async def ask(self, act: str, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(self.prefix + act, json=body) as response:
            return response.status, await response.json()

    async def do(self, act: str, **body: Any) -> dict[str, Any]:
        status, answer = await self.ask(act, **body)
        assert status == 200, (act, body, answer)
        return answer

    async def refused(self, act: str, **body: Any) -> str:
        status, answer = await self.ask(act, **body)
        assert status == 400, (act, body, answer)
        return str(answer["error"])

    async def say(self, user: str, channel: str, text: str, **more: Any) -> str:
        return str((await self.do("message", user=user, channel=channel, text=text, **more))["ts"])

    async def get(self, path: str) -> Any:
        async with self.session.get(path) as response:
            assert response.status == 200, path
            return await response.json()

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        state = await self.get("/_control/state")
        return [message for message in state["messages"] if message["channel"] == channel]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        return [call for call in await self.get("/_control/calls") if call["method"] == method]


Reply = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any] | None]]


@dataclass
class Received:
    kind: str
    payload: dict[str, Any]
    retry: int = 0
    reason: str = ""


@dataclass
class Inbox:
    """What a bot received, and what it answers: ``reply`` may wait, answer a body, or raise ``Silence``."""

    received: list[Received] = field(default_factory=list)
    reply: Reply | None = None

    async def answer(self, item: Received) -> dict[str, Any] | None:
        self.received.append(item)
        return await self.reply(item.kind, item.payload) if self.reply else None

    async def until(self, fits: Callable[[Received], bool], count: int = 1, seconds: float = 2.0) -> list[Received]:
        await eventually(lambda: sum(map(fits, self.received)) >= count, seconds)
        return [item for item in self.received if fits(item)]

    async def event(self, kind: str, subtype: str | None = None) -> dict[str, Any]:
        """The event, unwrapped, waited for."""
        found = await self.until(lambda item: is_event(item, kind, subtype))
        return dict(found[-1].payload["event"])

    async def payload(self, kind: str) -> dict[str, Any]:
        return (await self.until(lambda item: item.payload.get("type") == kind or item.kind == kind))[-1].payload

    async def quiet(self, fits: Callable[[Received], bool], seconds: float = 0.1) -> None:
        await asyncio.sleep(seconds)
        assert [item for item in self.received if fits(item)] == []


async def eventually(holds: Callable[[], bool], seconds: float = 2.0) -> None:
    """Waits until ``holds``, or raises ``TimeoutError``."""

    async def poll() -> None:
        while not holds():  # noqa: ASYNC110 - what is waited for happens in another process's protocol
            await asyncio.sleep(0.005)

    await asyncio.wait_for(poll(), seconds)


def is_event(item: Received, kind: str, subtype: str | None = None) -> bool:
    event = item.payload.get("event", {})
    return event.get("type") == kind and event.get("subtype") == subtype


class Silence(Exception):
    """A bot that never acks."""


class SocketBot(Inbox):
    """Slack's own Socket Mode client."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.socket = SocketModeClient(APP_TOKEN, web_client=client(workspace), ping_interval=0.2)
        self.socket.socket_mode_request_listeners.append(self._listen)

    @property
    def session(self) -> object | None:
        """The open connection, if there is one."""
        current = self.socket.current_session
        return current if current is not None and not current.closed else None

    async def start(self) -> None:
        await self.socket.connect()

    async def stop(self) -> None:
        await self.socket.close()

    async def _listen(self, socket: Any, request: SocketModeRequest) -> None:
        try:
            body = await self.answer(
                Received(request.type, request.payload, request.retry_attempt or 0, request.retry_reason or "")
            )
        except Silence:
            return
        await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload=body))


@asynccontextmanager
async def connected(workspace: Workspace) -> AsyncIterator[SocketBot]:
    bot = SocketBot(workspace)
    await bot.start()
    try:
        yield bot
    finally:
        await bot.stop()


class HttpBot(Inbox):
    """A web server that checks every signature with Slack's own verifier."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._verifier = SignatureVerifier(SECRET)

    async def start(self) -> None:
        app = web.Application()
        app.add_routes([web.post("/slack/events", self._take)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.text()
        if not self._verifier.is_valid_request(body, dict(request.headers)):
            return web.Response(status=401)
        kind, payload = _decoded(request.content_type, body)
        retry = int(request.headers.get("X-Slack-Retry-Num", 0))
        item = Received(kind, payload, retry, request.headers.get("X-Slack-Retry-Reason", ""))
        answer = await self.answer(item)
        status = self.statuses.pop(0) if self.statuses else 200
        if answer is None:
            return web.Response(status=status, headers=self.headers)
        return web.json_response(answer, status=status)


def _decoded(content_type: str, body: str) -> tuple[str, dict[str, Any]]:
    if content_type == "application/json":
        return "events_api", json.loads(body)
    form = {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
    return ("interactive", json.loads(form["payload"])) if "payload" in form else ("slash_commands", form)


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(action_id: str, value: str = "v", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("按"), "action_id": action_id, "value": value, **more}


def options(*values: str) -> list[dict[str, Any]]:
    return [{"text": plain(value.upper()), "value": value} for value in values]


def text_input(
    block_id: str = "words", action_id: str = "text", *, optional: bool = False, **more: Any
) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": action_id, **more}
    return {"type": "input", "block_id": block_id, "label": plain("內容"), "element": element, "optional": optional}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain("擬回覆"),
        "submit": plain("送出"),
        "blocks": list(blocks) or [text_input()],
        **more,
    }
