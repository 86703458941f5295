"""The whole product and a workspace in this process, on a loop of their own, so that a plain test can post to it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import http.client
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from structlog.testing import capture_logs

from bot.app import running
from bot.cli.demo import SAMPLE
from bot.workspace.server import Workspace, WorkspaceConfig
from config.settings import load_settings
from handlers.manifest import build_manifest
from handlers.names import EVENTS_PATH
from tests.scenarios.desk import free_ports, strings

SECRET = "fencun-local-signing-secret"
PATIENCE_SECONDS = 60
BOT = "U0FENCUN"

Request = tuple[bytes, dict[str, str]]
"""Body and headers."""
Answer = tuple[int, bytes]
"""Status and body."""


def signed(body: bytes, *, secret: str = SECRET, age: float = 0.0) -> dict[str, str]:
    """The headers with which Slack vouches for ``body``."""
    stamp = str(int(time.time() - age))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass
class Product:
    """``logs`` are the entries the product wrote; ``shown`` is everything of the bot's that could be read at its end."""

    port: int
    workspace: str
    loop: asyncio.AbstractEventLoop
    logs: list[dict[str, Any]]
    sent: int = 0
    shown: list[str] = field(default_factory=list)
    _lines: list[http.client.HTTPConnection] = field(default_factory=list, repr=False)

    def post(self, requests: Sequence[Request]) -> list[Answer]:
        """All at once, each over a connection of its own, that waits cost once. An answer that never comes raises
        ``TimeoutError``.
        """
        while len(self._lines) < len(requests):
            self._lines.append(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS))
        for line, (body, headers) in zip(self._lines, requests, strict=False):
            line.request("POST", EVENTS_PATH, body, headers)
        self.sent += len(requests)
        return [_answer(line) for line, _ in zip(self._lines, requests, strict=False)]

    def hang_up(self) -> None:
        while self._lines:
            self._lines.pop().close()

    def control(self, path: str, **body: Any) -> Any:
        """Asks the workspace's control API; ``state`` and ``calls`` are read."""
        return self.run(self._control(path, body))

    async def _control(self, path: str, body: dict[str, Any]) -> Any:
        method = "GET" if path in ("state", "calls") else "POST"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.workspace}/_control/{path}", json=body or None) as answer,
        ):
            return await answer.json()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE_SECONDS)

    def defects(self) -> dict[str, int]:
        """How often each fault was logged that only we can have made."""
        return dict(Counter(_told(entry) for entry in self.logs if entry["log_level"] in ("error", "critical")))


def _told(entry: dict[str, Any]) -> str:
    """One line of a log entry: what it is, and where its exception was raised."""
    error = entry.get("exc_info")
    error = sys.exc_info()[1] if error is True else error
    if not isinstance(error, BaseException):
        return str({key: value for key, value in entry.items() if key != "log_level"})
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{entry['event']} {entry.get('what', '')}: {error!r} at {' > '.join(places[-4:])}"


def _answer(line: http.client.HTTPConnection) -> Answer:
    answer = line.getresponse()
    content = answer.read()
    if answer.will_close:
        line.close()
    return answer.status, content


def shown_in(state: dict[str, Any], bot: str) -> list[str]:
    """Everything of the bot's that a person can read."""
    messages = [m for m in state["messages"] if m["user"] == bot]
    return [
        *(" ".join([m["text"] or "", *strings(m["blocks"] or [])]) for m in messages),
        *(" ".join(strings(view["view"])) for view in state["views"]),
    ]


@contextmanager
def product(folder: Path, *, relay: str = "") -> Iterator[Product]:
    """Runs until the block ends, and then finishes what is under way.

    ``relay`` is where the workspace delivers to, if not to the product itself.
    """
    started: list[Product] = []
    ready, ending = threading.Event(), asyncio.Event()
    with capture_logs() as logs, ThreadPoolExecutor(1, "product") as thread:
        serving = thread.submit(lambda: asyncio.run(_serve(folder, relay, logs, started, ready, ending)))
        ready.wait(PATIENCE_SECONDS)
        if not started:
            serving.result(PATIENCE_SECONDS)
        try:
            yield started[0]
            started[0].shown = shown_in(started[0].control("state"), BOT)
        finally:
            started[0].hang_up()
            started[0].loop.call_soon_threadsafe(ending.set)
            serving.result(PATIENCE_SECONDS)


async def _serve(
    folder: Path, relay: str, logs: list[Any], started: list[Product], ready: threading.Event, ending: asyncio.Event
) -> None:
    port = free_ports()
    url = f"http://127.0.0.1:{port + 1}{EVENTS_PATH}"
    manifest = build_manifest(socket_mode=False, request_url=url)
    config = WorkspaceConfig(
        port=port, control=True, delivery="http", request_url=relay or url, manifest=manifest, rates=None
    )
    workspace = Workspace(config)
    try:
        await workspace.start()
        slack = {"bot_token": config.bot_token, "signing_secret": SECRET, "api_url": workspace.api_url}
        places: dict[str, Any] = {"http": {"host": "127.0.0.1", "port": port + 1}, "data_dir": folder, **SAMPLE}
        async with running(load_settings(slack=slack, transport="http", **places)):
            started.append(Product(port + 1, workspace.url, asyncio.get_running_loop(), logs))
            ready.set()
            await ending.wait()
    finally:
        ready.set()
        await workspace.stop()
