"""auth.test."""

from __future__ import annotations

from bot.workspace.api.method import Call, method
from bot.workspace.model import Json


@method("auth.test", tier="4")
async def test(call: Call) -> Json:
    state = call.world.state
    return {
        "url": f"{state.base_url}/",
        "team": state.home.name,
        "user": state.bot.name,
        "team_id": state.home.id,
        "user_id": state.app.user_id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }
