"""Slack over HTTP: what Slack signed is always answered, what it did not sign is turned away.

How requests are signed: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import re

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.bolt import MISSHAPEN

log = structlog.get_logger()

_SSL_CHECK = re.compile(rb"(?:^|&)ssl_check=1(?:&|$)")


class HttpMode:
    """Bolt's own check of signatures comes after its reading of the body, and either can fail on what anybody sends."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)

    async def handle(self, request: web.Request) -> web.Response:
        """401 for what is not Slack's. Slack's own is never refused: it would come again as it is."""
        raw = await request.read()
        if not self._is_signed(raw, request):
            return web.Response(status=200 if _SSL_CHECK.search(raw) else 401)
        try:
            received = AsyncBoltRequest(body=raw.decode(), query=request.query_string, headers=dict(request.headers))
            return await to_aiohttp_response(await self._app.async_dispatch(received))
        except MISSHAPEN as error:
            log.warning("unreadable", error=repr(error), bytes=len(raw))
            return web.Response()

    def _is_signed(self, raw: bytes, request: web.Request) -> bool:
        try:
            return self._verifier.is_valid_request(raw, request.headers)
        except (
            ValueError,
            TypeError,
        ):  # a time that is no number, a signature that is no ASCII, a body that is no text
            return False
