"""usergroups.list, usergroups.users.list."""

from __future__ import annotations

from bot.workspace import wire
from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.model import Json


@method("usergroups.list", tier="2", scopes=("usergroups:read",))
async def list_groups(call: Call) -> Json:
    state = call.world.state
    with_users = call.flag("include_users")
    return {"usergroups": [wire.group(state, group, with_users=with_users) for group in state.groups.values()]}


@method("usergroups.users.list", tier="2", scopes=("usergroups:read",), required=("usergroup",))
async def list_users(call: Call) -> Json:
    group = call.world.state.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
