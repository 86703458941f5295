"""apps.connections.open."""

from __future__ import annotations

from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.model import Json


@method("apps.connections.open", tier="2", token="app")  # noqa: S106 - a kind of token, no token
async def connections_open(call: Call) -> Json:
    if call.world.config.delivery != "socket":
        raise SlackError("socket_mode_not_enabled")
    base = call.world.state.base_url.replace("http://", "ws://", 1)
    return {"url": f"{base}/link/?ticket={call.world.sockets.issue_ticket()}&app_id={call.world.state.app.app_id}"}
