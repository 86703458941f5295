"""reactions.add, remove, get."""

from __future__ import annotations

import re

from bot.workspace import wire
from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.model import Json, Message

_NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
_MOST_DIFFERENT = 50


def _message(call: Call) -> Message:
    state = call.world.state
    if not call.optional("channel") or not call.optional("timestamp"):
        raise SlackError("no_item_specified")
    place = state.visible_channel(call.text("channel"))
    if state.app.user_id not in place.members:
        raise SlackError("not_in_channel")
    if place.is_archived:
        raise SlackError("is_archived")
    message = state.message(place.id, call.text("timestamp"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    return message


def _name(call: Call) -> str:
    name = call.text("name").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


@method("reactions.add", tier="3", scopes=("reactions:write",))
async def add(call: Call) -> Json:
    name, message = _name(call), _message(call)
    bot = call.world.state.app.user_id
    if bot in message.reactions.get(name, []):
        raise SlackError("already_reacted")
    if name not in message.reactions and len(message.reactions) >= _MOST_DIFFERENT:
        raise SlackError("too_many_emoji")
    call.world.messenger.react(message, name, bot, added=True)
    return {}


@method("reactions.remove", tier="2", scopes=("reactions:write",))
async def remove(call: Call) -> Json:
    name, message = _name(call), _message(call)
    bot = call.world.state.app.user_id
    if bot not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    call.world.messenger.react(message, name, bot, added=False)
    return {}


@method("reactions.get", tier="3", scopes=("reactions:read",))
async def get(call: Call) -> Json:
    message = _message(call)
    return {"type": "message", "channel": message.channel, "message": wire.message(call.world.state, message)}
