"""CPU per ack and per stored-and-read message, against a bare Bolt app in the same run.

The bare app has two listeners that do nothing but ack. Both serve signed HTTP here, the load comes from another
process. CPU is the whole server process's, so whatever runs beside the ack (the database's thread, say) counts.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.http_mode import HttpMode
from tests.bench.load import SECRET
from tests.bench.parts import quiet_bot
from tests.scenarios.desk import ROOT

ROUNDS = 5
COUNT = 600

Settle = Callable[[], Awaitable[object]]


def bare_app() -> AsyncApp:
    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id="T_HOME", bot_token="xoxb-bench", bot_id="B0", bot_user_id="U0BOT"
        )

    app = AsyncApp(client=AsyncWebClient(), authorize=authorize, signing_secret=SECRET)

    @app.command("/draft")
    async def on_draft(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    @app.event("message")
    async def on_message() -> None: ...

    return app


Handle = Callable[[web.Request], Awaitable[web.Response]]


def bolt_alone(app: AsyncApp) -> Handle:
    """As Bolt's own adapter serves an app."""

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return handle


@asynccontextmanager
async def served(handle: Handle) -> AsyncIterator[str]:
    site = web.Application()
    site.router.add_post("/slack/events", handle)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    yield f"http://127.0.0.1:{port}/slack/events"
    await runner.cleanup()


async def cpu_per_request(url: str, kind: str, settle: Settle) -> float:
    """Microseconds of CPU per request, work begun by it included."""
    begun = time.process_time()
    load = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.load", url, kind, str(COUNT), cwd=ROOT
    )
    assert await load.wait() == 0
    await settle()
    return (time.process_time() - begun) / COUNT * 1e6


async def compare(folder: Path) -> dict[str, float]:
    """Medians over alternating rounds, in µs, and the ratios."""
    figures: dict[str, float] = {}
    rest = partial(asyncio.sleep, 0)
    async with (
        quiet_bot(folder) as (app, settle),
        served(HttpMode(app, SECRET).handle) as ours,
        served(bolt_alone(bare_app())) as bare,
    ):
        for name, kind in (("ack", "command"), ("message", "message")):
            pairs = [
                (await cpu_per_request(bare, kind, rest), await cpu_per_request(ours, kind, settle))
                for _ in range(ROUNDS)
            ]
            theirs, own = (sorted(column)[ROUNDS // 2] for column in zip(*pairs, strict=True))
            figures |= {f"{name}_us": own, f"bare_{name}_us": theirs, f"{name}_ratio": own / theirs}
    return figures
