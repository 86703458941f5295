"""Runs the bot: one transport to Slack, a small HTTP server for health and metrics, an orderly end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.bootstrap import Bot, assemble
from bot.domain.errors import SettingsError, StoreError
from bot.garbage import collect_from_now
from bot.http_mode import HttpMode
from bot.reload import follow_files
from bot.services.leases import forever
from bot.socket_mode import socket_mode
from bot.warming import keep_warm
from config.settings import Settings
from handlers.metrics import CONTENT_TYPE
from handlers.names import EVENTS_PATH

log = structlog.get_logger()


async def serve(settings: Settings, *, ready: Callable[[], None] | None = None) -> None:
    """Runs until SIGTERM or SIGINT; then takes nothing new and finishes what is under way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings):
        collect_from_now()
        log.info("ready", transport=settings.resolved_transport)
        if ready is not None:
            ready()
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Bot]:
    """The bot with its transport connected."""
    async with assemble(settings) as bot:
        server = await _listen(settings, bot)
        beside = [
            asyncio.create_task(forever(bot.intake.sweep), name="sweep"),
            asyncio.create_task(forever(bot.errands.sweep), name="errands"),
            asyncio.create_task(bot.home.follow_forever(), name="homes"),
            asyncio.create_task(follow_files(settings, bot.knowledge), name="reload"),
            asyncio.create_task(keep_warm(bot.knowledge), name="warm"),
        ]
        try:
            if settings.resolved_transport == "socket":
                assert settings.slack.app_token is not None, "require_slack checked it"
                async with socket_mode(bot.app, settings.slack.app_token.get_secret_value()):
                    yield bot
            else:
                yield bot
        finally:
            for task in beside:
                task.cancel()
            await asyncio.wait(beside)
            await server.cleanup()


async def _listen(settings: Settings, bot: Bot) -> web.AppRunner:
    """Health and metrics always; Slack's requests where HTTP is the transport."""

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def readyz(_: web.Request) -> web.Response:
        try:
            await bot.store.check()
        except StoreError as error:
            return web.Response(status=503, text=str(error))
        if bot.slack.locked_out is not None:
            return web.Response(status=503, text=f"Slack refuses SLACK_BOT_TOKEN ({bot.slack.locked_out})")
        return web.Response(text="ok")

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=bot.metrics.render(), headers={"Content-Type": CONTENT_TYPE})

    site = web.Application(client_max_size=4 * 1024 * 1024)
    site.router.add_get("/healthz", healthz)
    site.router.add_get("/readyz", readyz)
    site.router.add_get("/metrics", metrics)
    if settings.resolved_transport == "http":
        assert settings.slack.signing_secret is not None, "require_slack checked it"
        slack = HttpMode(bot.app, settings.slack.signing_secret.get_secret_value())
        site.router.add_post(EVENTS_PATH, slack.handle)
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.http.host, settings.http.port).start()
    except OSError as error:
        await runner.cleanup()
        place = f"{settings.http.host}:{settings.http.port}"
        raise SettingsError(f"cannot listen on {place} ({error.strerror}); set FENCUN_HTTP__PORT") from error
    return runner
