"""From a customer's message to the card, start-up and memory: the bot and the workspace as two processes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from handlers.manifest import build_manifest
from tests.scenarios.desk import ROOT, free_ports

CHANNELS = {"C0EXTYF": "U0CUSTYF", "C0EXTLH": "U0CUSTLH", "C0EXTDM": "U0CUSTDM", "C0EXTCX": "U0CUSTCX"}
RATE = 20
SECONDS = 20


@dataclass(frozen=True)
class Running:
    url: str
    bot: psutil.Process
    startup_seconds: float
    session: aiohttp.ClientSession

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.url}/_control/{path}") as answer:
            return await answer.json()

    async def say(self, channel: str, text: str) -> str:
        body = {"user": CHANNELS[channel], "channel": channel, "text": text}
        async with self.session.post(f"{self.url}/_control/message", json=body) as answer:
            return str((await answer.json())["ts"])


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Running]:
    """A workspace without rate limits in one process, ``fencun run`` in another."""
    port = free_ports()
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps(build_manifest(socket_mode=True)))
    options = ("--port", str(port), "--control", "--no-rate-limits", "--manifest", str(manifest))
    async with AsyncExitStack() as stack:
        workspace = await _process(stack, "bot.workspace", *options)
        assert workspace.stdout is not None
        await asyncio.wait_for(workspace.stdout.readline(), 20)
        begun = time.monotonic()
        bot = await _process(stack, "bot", "run", env=_settings(port, folder))
        assert bot.stdout is not None
        while b'"ready"' not in (line := await asyncio.wait_for(bot.stdout.readline(), 20)):
            assert line, "the bot ended before it was ready"
        startup = time.monotonic() - begun
        silencer = asyncio.create_task(_drop(bot.stdout))
        stack.callback(silencer.cancel)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        yield Running(f"http://127.0.0.1:{port}", psutil.Process(bot.pid), startup, session)


async def _process(stack: AsyncExitStack, *arguments: str, env: dict[str, str] | None = None) -> Process:
    """A Python module as a process that ends with ``stack``; what it logs comes out of ``stdout`` too."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=PIPE, stderr=STDOUT
    )

    async def end() -> None:
        process.terminate()
        await process.wait()

    stack.push_async_callback(end)
    return process


def _settings(port: int, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-fencun-local",
        "SLACK_APP_TOKEN": "xapp-fencun-local",
        "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        "FENCUN_DATA_DIR": str(folder),
        "FENCUN_HTTP__HOST": "127.0.0.1",
        "FENCUN_HTTP__PORT": str(port + 1),
        "FENCUN_DESK_CHANNEL": "C0DESK",
        "FENCUN_ESCALATION_CHANNEL": "C0ESC",
        "FENCUN_AGENTS": "S0AGENTS",
        "FENCUN_SUPERVISORS": "S0SUP",
        "FENCUN_SALES": "S0SALES",
        "FENCUN_LOG__FORMAT": "json",
    }


async def _drop(stream: asyncio.StreamReader) -> None:
    while await stream.readline():
        pass


async def measure(folder: Path) -> dict[str, float]:
    async with running(folder) as demo:
        await asyncio.sleep(1)
        figures = {"startup_s": demo.startup_seconds, "idle_memory_mb": demo.bot.memory_info().rss / 2**20}
        for channel in CHANNELS:  # caches of people and channels are warm in any channel that lives
            await demo.say(channel, "系統登不進去,請幫忙看一下")
        await asyncio.sleep(2)
        said = await _say_at_rate(demo)
        await asyncio.sleep(2)
        waits = sorted(_waits(said, await demo.get("calls")))
        assert len(waits) == len(said), f"{len(said) - len(waits)} messages never reached a card"
        figures |= {"card_p50_ms": waits[len(waits) // 2], "card_p99_ms": waits[int(len(waits) * 0.99)]}
    return figures


async def _say_at_rate(demo: Running) -> dict[int, float]:
    """When each numbered message was stored in the workspace, by its number."""
    begun, said = time.monotonic(), {}
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, begun + number / RATE - time.monotonic()))
        channel = list(CHANNELS)[number % len(CHANNELS)]
        ts = await demo.say(channel, f"第 {number} 號單據印不出來,ERP 又當了,請盡快幫忙處理")
        said[number] = float(ts)
    return said


def _waits(said: dict[int, float], calls: list[dict[str, Any]]) -> list[float]:
    """Milliseconds from a message to the first card that shows it or a later one of its channel."""
    shown: dict[int, float] = {}
    for call in calls:
        arguments = json.dumps(call["arguments"], ensure_ascii=False)
        if call["method"] in ("chat.postMessage", "chat.update") and "C0DESK" in arguments:
            for number in re.findall(r"第 (\d+) 號單據", arguments):
                for earlier in range(int(number), -1, -len(CHANNELS)):
                    shown.setdefault(earlier, datetime.fromisoformat(call["time"]).timestamp())
    return [(shown[number] - at) * 1000 for number, at in said.items() if number in shown]
