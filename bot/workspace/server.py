"""The local workspace as a server: Slack's Web API, Socket Mode, the page and the control API on one port."""

from __future__ import annotations

from aiohttp import web

from bot.workspace.acts.operating import Operating
from bot.workspace.acts.talking import Talking
from bot.workspace.api.dispatch import Api
from bot.workspace.assets import Assets
from bot.workspace.config import Timing, WorkspaceConfig
from bot.workspace.control import Control
from bot.workspace.filestore import MOST_BYTES
from bot.workspace.hooks import Hooks
from bot.workspace.page import Page
from bot.workspace.ratelimit import RateLimits
from bot.workspace.world import build_world

__all__ = ["RateLimits", "Timing", "Workspace", "WorkspaceConfig"]

_SHUTDOWN_SECONDS = 1.0


class Workspace:
    """``start`` binds the port (0 for any free one) and ``stop`` gives it back; both on the running event loop.

    Raises ``OSError`` when the port is taken.
    """

    def __init__(self, config: WorkspaceConfig) -> None:
        self._config = config
        self._world = build_world(config)
        self._api = Api(self._world)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Of the page, without a slash at the end; known after ``start``."""
        return self._world.state.base_url

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        app = web.Application(client_max_size=MOST_BYTES + 1024 * 1024)
        acts = Talking(self._world).acts() | Operating(self._world).acts()
        app.add_routes([web.get("/api/{method}", self._api.handle), web.post("/api/{method}", self._api.handle)])
        app.add_routes([web.get("/link/", self._world.sockets.serve)])
        for part in (Hooks(self._world), Control(self._world, acts), Page(self._world, acts), Assets(self._world)):
            app.add_routes(part.routes())
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._config.host, self._config.port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        host, port = self._runner.addresses[0][:2]
        self._world.state.base_url = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def stop(self) -> None:
        await self._api.close()
        await self._world.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
