"""Socket Mode: envelopes over WebSockets that the bot opens (docs.slack.dev/apis/events-api/using-socket-mode)."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any, Literal

from aiohttp import WSMsgType, web

from bot.workspace.delivery import Kind, Outcome, Retry

MOST_CONNECTIONS = 10
_TICKET_SECONDS = 30.0
_GOODBYE_SECONDS = 1.0  # how long a close waits for the bot to close too
Drop = Literal["refresh", "close", "abort"]


class SocketCourier:
    """Each payload goes to one of the connections in turn; a lost connection fails what it had not acked."""

    def __init__(self, app_id: str, ack_seconds: float, changed: Callable[[bool], None]) -> None:
        self._app_id = app_id
        self._ack_seconds = ack_seconds
        self._changed = changed
        self._tickets: dict[str, float] = {}
        self._sockets: dict[web.WebSocketResponse, asyncio.Transport | None] = {}
        self._turn = itertools.count()
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[dict[str, Any] | None]]] = {}

    def issue_ticket(self) -> str:
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = time.monotonic() + _TICKET_SECONDS
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The WebSocket end point. A ticket opens one connection, once."""
        valid_until = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if valid_until < time.monotonic():
            raise web.HTTPForbidden(text="invalid ticket")
        socket = web.WebSocketResponse(heartbeat=30, max_msg_size=0, timeout=_GOODBYE_SECONDS)
        await socket.prepare(request)
        if len(self._sockets) >= MOST_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await self._run(socket, request.transport)
        return socket

    async def _run(self, socket: web.WebSocketResponse, transport: asyncio.Transport | None) -> None:
        self._sockets[socket] = transport
        await socket.send_json(self._hello())
        self._changed(True)
        try:
            async for frame in socket:
                if frame.type == WSMsgType.TEXT:
                    self._take_ack(frame.data)
        finally:
            self._forget(socket)

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "debug_info": {"host": "local-workspace", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    def _take_ack(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            frame = json.loads(text)
            waiting = self._waiting.get(frame.get("envelope_id", "")) if isinstance(frame, dict) else None
            if waiting and not waiting[1].done():
                body = frame.get("payload")
                waiting[1].set_result(body if isinstance(body, dict) else {})

    def _forget(self, socket: web.WebSocketResponse) -> asyncio.Transport | None:
        """Fails what the connection had not acked, and answers its transport if it was still counted."""
        transport = self._sockets.pop(socket, None)
        for carrier, answer in list(self._waiting.values()):
            if carrier is socket and not answer.done():
                answer.set_result(None)
        self._changed(bool(self._sockets))
        return transport

    async def deliver(self, kind: Kind, payload: dict[str, Any], retry: Retry | None = None) -> Outcome:
        if not self._sockets:
            return Outcome(False, 0.0, 0, error="dispatch_failed", reason="connection_failed")
        socket = list(self._sockets)[next(self._turn) % len(self._sockets)]
        envelope = _envelope(kind, payload, retry)
        answer: asyncio.Future[dict[str, Any] | None] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (socket, answer)
        started = time.perf_counter()
        try:
            await socket.send_str(json.dumps(envelope, ensure_ascii=False))
            body = await asyncio.wait_for(answer, self._ack_seconds)
        except TimeoutError:
            return Outcome(False, _ms(started), 0, error="operation_timeout", reason="timeout")
        except ConnectionError:
            body = None
        finally:
            del self._waiting[envelope["envelope_id"]]
        if body is None:
            return Outcome(False, _ms(started), 0, error="dispatch_failed", reason="connection_failed")
        return Outcome(True, _ms(started), 200, body=body or None)

    async def connected(self) -> bool:
        return bool(self._sockets)

    async def drop(self, how: Drop) -> int:
        """Ends every connection: ``refresh`` asks the bot to reconnect first, as Slack does now and then; ``close``
        only says goodbye; ``abort`` cuts the line as a failing network does.
        """
        sockets = list(self._sockets)
        for socket in sockets:
            if how == "refresh":
                frame = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "local-workspace"}}
                with contextlib.suppress(ConnectionError):
                    await socket.send_json(frame)
            transport = self._forget(socket)
            if how == "abort" and transport is not None:
                transport.abort()
            else:
                await socket.close()
        return len(sockets)

    async def close(self) -> None:
        await self.drop("close")


def _envelope(kind: Kind, payload: dict[str, Any], retry: Retry | None) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "accepts_response_payload": kind != "events_api",
        "payload": payload,
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.attempt if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
