"""Signed HTTP delivery, as docs.slack.dev/authentication/verifying-requests-from-slack describes it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp

from bot.workspace.delivery import Kind, Outcome, Retry

_PROBE_SECONDS = 0.3


class HttpCourier:
    """POSTs to ``request_url``. Anything but a 200 within ``ack_seconds`` is a failure."""

    def __init__(self, request_url: str | None, signing_secret: str, ack_seconds: float) -> None:
        self._url = request_url
        self._secret = signing_secret.encode()
        self._timeout = aiohttp.ClientTimeout(total=ack_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, kind: Kind, payload: dict[str, Any], retry: Retry | None = None) -> Outcome:
        if self._url is None:
            return Outcome(False, 0.0, 0, error="dispatch_failed", reason="connection_failed")
        body, content_type = _encode(kind, payload)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        headers |= self._sign(body)
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        started = time.perf_counter()
        try:
            async with self._client().post(self._url, data=body, headers=headers, allow_redirects=False) as response:
                content = await response.read()
        except TimeoutError:
            return Outcome(False, _ms(started), 0, error="operation_timeout", reason="http_timeout")
        except aiohttp.ClientError:
            return Outcome(False, _ms(started), 0, error="dispatch_failed", reason="connection_failed")
        return _judge(response, content, _ms(started))

    def _sign(self, body: bytes) -> dict[str, str]:
        stamp = str(int(time.time()))
        digest = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=200)
            self._session = aiohttp.ClientSession(timeout=self._timeout, connector=connector)
        return self._session

    async def connected(self) -> bool:
        if self._url is None:
            return False
        url = urlsplit(self._url)
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(url.hostname, port), _PROBE_SECONDS)
        except OSError:  # TimeoutError is one
            return False
        writer.close()
        return True

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None


def _encode(kind: Kind, payload: dict[str, Any]) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload, ensure_ascii=False).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload, ensure_ascii=False)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _judge(response: aiohttp.ClientResponse, content: bytes, ms: float) -> Outcome:
    no_retry = response.headers.get("X-Slack-No-Retry") == "1"
    if response.status == 200:  # noqa: PLR2004 - the HTTP status Slack asks for
        return Outcome(True, ms, 200, body=_body(content))
    error = "http_service_error" if response.status >= 500 else "http_client_error"  # noqa: PLR2004 - HTTP's classes
    return Outcome(False, ms, response.status, error=error, reason="http_error", no_retry=no_retry)


def _body(content: bytes) -> dict[str, Any] | None:
    """The answer to an ack: JSON, or the plain text that Slack shows to the user of a command."""
    text = content.decode("utf-8", "replace").strip()
    if not text:
        return None
    try:
        parsed = json.loads(text)
    except ValueError:
        return {"text": text}
    return parsed if isinstance(parsed, dict) else {"text": text}


def _ms(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)
