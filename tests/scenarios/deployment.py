"""The product as it is deployed: the local workspace in Slack's place, and bots beside it, each a process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import aiohttp

from bot.cli.demo import SAMPLE
from handlers.manifest import build_manifest
from handlers.names import EVENTS_PATH
from tests.scenarios.desk import ROOT, Desk, eventually, free_ports

LEFT_BEHIND = 60
"""Seconds after which what a dead process had in work has surely been taken up (lease and sweep)."""


class Deployment:
    """``url`` is the database of all bots. Over HTTP the workspace knows one address, so one bot at a time."""

    def __init__(self, folder: Path, url: str, transport: str = "socket") -> None:
        self.folder = folder
        self.url = url
        self.transport = transport
        self.bots: list[asyncio.subprocess.Process] = []
        self._address = free_ports()

    async def start_workspace(self) -> None:
        manifest = self.folder / "manifest.json"
        manifest.write_text(json.dumps(build_manifest(socket_mode=self.transport == "socket")))
        self.port = free_ports()
        workspace = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.workspace", "--control", "--port", str(self.port), "--manifest", str(manifest),
            "--delivery", self.transport, "--request-url", f"http://127.0.0.1:{self._address}{EVENTS_PATH}",
            cwd=ROOT, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert workspace.stdout is not None
        assert b"api_url" in await asyncio.wait_for(workspace.stdout.readline(), 30)
        self.desk = Desk(self.port, workspace, aiohttp.ClientSession(), self.folder / "workspace.log")

    async def start_bot(self, number: int) -> None:
        port = self._address if self.transport == "http" else free_ports()
        settings = {f"FENCUN_{name.upper()}": _text(value) for name, value in SAMPLE.items()}
        slack = {
            "SLACK_BOT_TOKEN": "xoxb-fencun-local",
            "SLACK_APP_TOKEN": "xapp-fencun-local",
            "SLACK_SIGNING_SECRET": "fencun-local-signing-secret",
            "FENCUN_TRANSPORT": self.transport,
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
