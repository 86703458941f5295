"""users.info, users.list, users.lookupByEmail."""

from __future__ import annotations

from bot.workspace import wire
from bot.workspace.api.method import Call, method, page
from bot.workspace.errors import SlackError
from bot.workspace.model import Json, Person


def _shape(call: Call, person: Person) -> Json:
    with_email = "users:read.email" in call.world.installation.scopes
    return wire.user(call.world.state, person, with_locale=call.flag("include_locale"), with_email=with_email)


@method("users.info", tier="4", scopes=("users:read",))
async def info(call: Call) -> Json:
    person = call.world.state.users.get(call.text("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": _shape(call, person)}


@method("users.list", tier="2", scopes=("users:read",))
async def list_users(call: Call) -> Json:
    """The home team and its bots; people of other teams are found through their channels."""
    state = call.world.state
    ours = [person for person in state.users.values() if not state.is_stranger(person)]
    shown, cursor = page(ours, call, 1000, 1000)
    return {
        "members": [_shape(call, person) for person in shown],
        "cache_ts": int(call.world.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.lookupByEmail", tier="3", scopes=("users:read.email",))
async def lookup_by_email(call: Call) -> Json:
    state = call.world.state
    wanted = call.text("email").lower()
    for person in state.users.values():
        if wanted and person.email == wanted and not state.is_stranger(person):
            return {"user": _shape(call, person)}
    raise SlackError("users_not_found")
