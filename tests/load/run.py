"""One load run against one kind of store, and its figures."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import aiohttp
import psutil

from handlers.names import EVENTS_PATH
from tests.load import company
from tests.load.peer import Peer, serving
from tests.load.traffic import SECRET, Measured, Traffic
from tests.scenarios.desk import ROOT, free_ports

WARM_UP_RATE = 12.0
"""Each customer writes once before the figures are taken, no faster than a CRM is asked for all of them."""
SETTLE_SECONDS = 10.0


@dataclass
class Figures:
    """Of one run. Times are milliseconds, sizes MiB, CPU the share of one core."""

    store: str
    sent: int = 0
    ours: Measured = field(default_factory=Measured)
    bare: Measured = field(default_factory=Measured)
    waits: list[float] = field(default_factory=list)
    lost: int = 0
    decided: int = 0
    memory: list[float] = field(default_factory=list)
    bare_memory: list[float] = field(default_factory=list)
    cpu: float = 0.0
    bare_cpu: float = 0.0
    calls: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


async def measure(
    folder: Path, store: str, database_url: str | None, *, channels: int, rate: float, seconds: float
) -> Figures:
    peer, port = Peer(), free_ports()
    company.write_crm(folder / "crm.db", date.today())
    log = folder / "bot.log"
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(serving(peer))
        env = _settings(folder, api, port, database_url)
        bot = await stack.enter_async_context(_process(log, "bot", "run", env=env))
        bare = await stack.enter_async_context(_process(folder / "bare.log", "tests.load.bare", str(port + 1), env={}))
        patience = aiohttp.ClientTimeout(total=30)
        session = aiohttp.ClientSession(timeout=patience, connector=aiohttp.TCPConnector(limit=512))
        await stack.enter_async_context(session)
        ours, theirs = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        await _answering(session, f"{ours}/readyz", log)
        await _answering(session, f"{theirs}{EVENTS_PATH}", log)
        places = company.CHANNELS[:channels]
        traffic = Traffic(session, peer, places, ours + EVENTS_PATH, theirs + EVENTS_PATH)
        await traffic.run(min(rate, WARM_UP_RATE), len(places))
        await asyncio.sleep(SETTLE_SECONDS)
        figures = Figures(store)
        await _run(figures, traffic, peer, psutil.Process(bot.pid), psutil.Process(bare.pid), rate, seconds)
    figures.failures = [line for line in log.read_text().splitlines() if '"level":"error"' in line][:5]
    return figures


async def _run(
    figures: Figures,
    traffic: Traffic,
    peer: Peer,
    bot: psutil.Process,
    bare: psutil.Process,
    rate: float,
    seconds: float,
) -> None:
    traffic.measured |= {"ours": figures.ours, "bare": figures.bare}
    first = max(traffic.said, default=0)
    peer.calls.clear()
    begun, before, bare_before = time.monotonic(), sum(bot.cpu_times()[:2]), sum(bare.cpu_times()[:2])
    watching = asyncio.create_task(_watch(figures, bot, bare, seconds))
    await traffic.run(rate, int(rate * seconds))
    took = time.monotonic() - begun
    figures.cpu = (sum(bot.cpu_times()[:2]) - before) / took
    figures.bare_cpu = (sum(bare.cpu_times()[:2]) - bare_before) / took
    await asyncio.sleep(SETTLE_SECONDS)
    await watching
    figures.calls = dict(peer.calls)
    figures.decided = traffic.decided
    said = {number: at for number, at in traffic.said.items() if number > first}
    shown = _shown(peer.shown, traffic.place)
    figures.sent = len(said)
    figures.waits = sorted((shown[number] - at) * 1000 for number, at in said.items() if number in shown)
    figures.lost = len(said) - len(figures.waits)


def _shown(shown: dict[int, float], place: dict[int, str]) -> dict[int, float]:
    """When each message was on a card: one that shows a later message of the same channel shows it, too."""
    when: dict[int, float] = {}
    latest: dict[str, float] = {}
    for number in sorted(place, reverse=True):
        channel = place[number]
        at = min(shown.get(number, float("inf")), latest.get(channel, float("inf")))
        if at < float("inf"):
            when[number] = latest[channel] = at
    return when


async def _watch(figures: Figures, bot: psutil.Process, bare: psutil.Process, seconds: float) -> None:
    """Memory at the start, in the middle and at the end."""
    for _ in range(3):
        figures.memory.append(bot.memory_info().rss / 2**20)
        figures.bare_memory.append(bare.memory_info().rss / 2**20)
        await asyncio.sleep(seconds / 2)


@asynccontextmanager
async def _process(log: Path, *arguments: str, env: dict[str, str]) -> AsyncIterator[Process]:
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, cwd=ROOT, env={**os.environ, **env}, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                process.terminate()
            await process.wait()


async def _answering(session: aiohttp.ClientSession, url: str, log: Path) -> None:
    for _ in range(200):
        try:
            async with session.get(url):
                return
        except aiohttp.ClientError:
            await asyncio.sleep(0.1)
    raise AssertionError(f"{url} does not answer: {_last_words(log)}")


def _last_words(log: Path) -> str:
    return log.read_text()[-500:]


def _settings(folder: Path, api: str, port: int, database_url: str | None) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-load",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": api,
        "FENCUN_TRANSPORT": "http",
        "FENCUN_HTTP__HOST": "127.0.0.1",
        "FENCUN_HTTP__PORT": str(port),
        "FENCUN_DATA_DIR": str(folder),
        "FENCUN_DATABASE_URL": database_url or "",
        "FENCUN_CRM": "sql",
        "FENCUN_CRM_URL": f"sqlite:///{folder / 'crm.db'}",
        "FENCUN_DESK_CHANNEL": company.DESK,
        "FENCUN_ESCALATION_CHANNEL": company.ESCALATIONS,
        "FENCUN_AGENTS": "S1AGENTS",
        "FENCUN_SUPERVISORS": "S1SUP",
        "FENCUN_SALES": "S1SALES",
        "FENCUN_LOG__FORMAT": "json",
    }
