"""Socket Mode with an orderly end: what arrived is answered before the connection closes, and nothing new is taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.bolt import MISSHAPEN

log = structlog.get_logger()

ANSWER_SECONDS = 3.0
"""Slack waits this long for an answer; after it, waiting helps nobody."""


class _Handler(AsyncSocketModeHandler):
    """Without this, closing cuts off answers that are being made, and Slack delivers those events again."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        super().__init__(app, app_token)
        self._closing = False
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as its base does
        if self._closing:
            return  # not acknowledged: Slack gives it to another connection
        self._under_way += 1
        self._idle.clear()
        try:
            await super().handle(client, req)
        except MISSHAPEN as error:
            log.warning("unreadable", error=repr(error), envelope=req.type)
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def finish(self) -> None:
        self._closing = True
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._idle.wait()
        except TimeoutError:
            pass
        await self.close_async()  # type: ignore[no-untyped-call]  # Bolt gives it no types


@asynccontextmanager
async def socket_mode(app: AsyncApp, app_token: str) -> AsyncIterator[None]:
    """Connected while inside."""
    handler = _Handler(app, app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # likewise
    try:
        yield
    finally:
        await handler.finish()
