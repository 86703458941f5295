"""Two replicas on one PostgreSQL; one is killed in mid-work: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.adapters.store.store import SqlStore
from bot.cli.demo import SAMPLE
from handlers.manifest import build_manifest
from tests.postgres import PostgresUrl
from tests.scenarios.desk import DESK, ROOT, Desk, eventually, free_ports, in_channel

pytestmark = pytest.mark.postgres

CUSTOMERS = {"C0EXTYF": "U0CUSTYF", "C0EXTLH": "U0CUSTLH", "C0EXTDM": "U0CUSTDM", "C0EXTCX": "U0CUSTCX"}
EACH = 8
"""Messages of each customer."""
LEFT_BEHIND = 60
"""Seconds after which another replica has surely taken up what a dead one had in work (lease and sweep)."""


class Deployment:
    """A workspace and bots beside it, each a process."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.bots: list[asyncio.subprocess.Process] = []

    async def start_workspace(self) -> None:
        manifest = self.folder / "manifest.json"
        manifest.write_text(json.dumps(build_manifest(socket_mode=True)))
        self.port = free_ports()
        workspace = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.workspace", "--control", "--port", str(self.port), "--manifest", str(manifest),
            cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert workspace.stdout is not None
        assert b"api_url" in await asyncio.wait_for(workspace.stdout.readline(), 30)
        self.desk = Desk(self.port, workspace, aiohttp.ClientSession(), self.folder / "workspace.log")

    async def start_bot(self, number: int) -> None:
        port = free_ports()
        settings = {f"FENCUN_{name.upper()}": _text(value) for name, value in SAMPLE.items()}
        slack = {
            "SLACK_BOT_TOKEN": "xoxb-fencun-local",
            "SLACK_APP_TOKEN": "xapp-fencun-local",
            "SLACK_API_URL": f"{self.desk.url}/api/",
        }
        own = {
            "FENCUN_DATABASE_URL": self.url,
            "FENCUN_DATA_DIR": str(self.folder / f"bot{number}"),
            "FENCUN_HTTP__PORT": str(port),
        }
        with (self.folder / f"bot{number}.log").open("ab") as output:
            bot = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env={**os.environ, **settings, **slack, **own},
                stdout=output, stderr=output,
            )  # fmt: skip
        self.bots.append(bot)
        await eventually(lambda: self._is_ready(port), 30)

    async def _is_ready(self, port: int) -> bool:
        try:
            async with self.desk.session.get(f"http://127.0.0.1:{port}/readyz") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def stop(self) -> None:
        for bot in self.bots:
            if bot.returncode is None:
                bot.terminate()
                await asyncio.wait_for(bot.wait(), 30)
        await self.desk.stop()


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ",".join(value)


@pytest.fixture
async def deployment(tmp_path: Path, postgres_url: PostgresUrl) -> AsyncIterator[Deployment]:
    running = Deployment(tmp_path, postgres_url("replicas"))
    await running.start_workspace()
    try:
        await running.start_bot(1)
        await running.start_bot(2)
        yield running
    finally:
        await running.stop()


async def test_a_killed_replica_loses_nothing_and_nothing_is_said_twice(deployment: Deployment) -> None:
    desk = deployment.desk
    for number in range(EACH):
        await asyncio.gather(
            *(desk.say(f"第 {number} 張出貨單又印不出來", user=user, channel=at) for at, user in CUSTOMERS.items())
        )
        if number == EACH // 2:
            deployment.bots[0].kill()

    async with await SqlStore.open(deployment.url) as store:

        async def all_kept() -> bool:
            async with store.read() as unit:
                cases = await unit.cases.open_cases()
                said = [message for case in cases for message in await unit.cases.messages(case.id)]
            return len(said) == EACH * len(CUSTOMERS) and len(cases) == len(CUSTOMERS)

        await eventually(all_kept, LEFT_BEHIND)

        async def all_shown() -> bool:
            return len(await desk.messages(in_channel(DESK))) >= len(CUSTOMERS)

        await eventually(all_shown, LEFT_BEHIND)
    cards = await desk.messages(in_channel(DESK))
    assert len(cards) == len(CUSTOMERS)
