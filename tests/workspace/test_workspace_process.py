"""``python -m bot.workspace``"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from tests.workspace.peers import BOT_TOKEN, MANIFEST


async def run(*arguments: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.workspace", *arguments, stdout=pipe, stderr=pipe
    )


async def test_a_process_of_its_own_tells_its_address_and_ends_on_sigterm(tmp_path: Path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(MANIFEST), "utf-8")
    process = await run("--port", "0", "--manifest", str(manifest))
    assert process.stdout is not None
    ready = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
    assert ready["api_url"] == f"{ready['url']}/api/"
    assert (await AsyncWebClient(BOT_TOKEN, base_url=ready["api_url"]).auth_test())["ok"]
    process.terminate()
    assert await asyncio.wait_for(process.wait(), 10) == 0
    await process.communicate()


async def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path):
    process = await run("--manifest", str(tmp_path / "none.json"))
    _, stderr = await process.communicate()
    assert (process.returncode, b"none.json" in stderr) == (2, True)


async def test_a_port_taken_is_named(workspace: Workspace, tmp_path: Path):
    manifest = tmp_path / "manifest.json"
    manifest.write_text("{}", "utf-8")
    process = await run("--port", workspace.url.rpartition(":")[2], "--manifest", str(manifest))
    _, stderr = await process.communicate()
    assert process.returncode == 1
    assert stderr.startswith(b"cannot listen on 127.0.0.1:")
