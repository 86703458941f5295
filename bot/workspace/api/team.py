"""team.info."""

from __future__ import annotations

from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.model import Json


@method("team.info", tier="3", scopes=("team:read",))
async def info(call: Call) -> Json:
    """Other teams are known only as far as they share a channel."""
    state = call.world.state
    team = state.teams.get(call.text("team", state.home.id))
    if team is None:
        raise SlackError("team_not_found")
    icon = {"image_default": True}
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": icon}}
