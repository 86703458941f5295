"""conversations.info, members, list, join, leave, open, history, replies."""

from __future__ import annotations

import re

from bot.workspace import wire
from bot.workspace.api.method import Call, method, page
from bot.workspace.clock import new_id
from bot.workspace.errors import SlackError
from bot.workspace.model import Channel, Json, Message

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_TS = re.compile(r"\d+(\.\d+)?")
_MOST_IN_GROUP = 8


def _place(call: Call, right: str) -> Channel:
    place = call.world.state.visible_channel(call.text("channel"))
    call.need_for(place, right)
    return place


@method("conversations.info", tier="3", scopes=_READ, required=("channel",))
async def info(call: Call) -> Json:
    place = _place(call, "read")
    shape = wire.channel(call.world.state, place, member_count=call.flag("include_num_members"))
    if call.flag("include_locale"):
        shape["locale"] = "zh-TW"
    return {"channel": shape}


@method("conversations.members", tier="4", scopes=_READ, required=("channel",))
async def members(call: Call) -> Json:
    shown, cursor = page(_place(call, "read").members, call, 100, 1000)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", tier="2", scopes=_READ)
async def list_channels(call: Call) -> Json:
    state = call.world.state
    wanted = [name.strip() for name in call.text("types", "public_channel").split(",")]
    if any(name not in _TYPES for name in wanted):
        raise SlackError("invalid_types")
    found = []
    for place in state.channels.values():
        visible = place.kind == "channel" or state.app.user_id in place.members
        if not visible or place.kind not in {_TYPES[name] for name in wanted}:
            continue
        call.need_for(place, "read")
        if not (place.is_archived and call.flag("exclude_archived")):
            found.append(wire.channel(state, place, member_count=True))
    shown, cursor = page(found, call, 100, 1000)
    return {"channels": shown, "response_metadata": {"next_cursor": cursor}}


@method("conversations.join", tier="3", scopes=("channels:join",), required=("channel",))
async def join(call: Call) -> Json:
    state = call.world.state
    place = state.visible_channel(call.text("channel"))
    if place.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if place.is_archived:
        raise SlackError("is_archived")
    already = state.app.user_id in place.members
    call.world.places.join(place, state.app.user_id)
    shape = {"channel": wire.channel(state, place)}
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return shape | warned if already else shape


@method("conversations.leave", tier="3", scopes=("channels:manage", "groups:write"), required=("channel",))
async def leave(call: Call) -> Json:
    state = call.world.state
    place = state.visible_channel(call.text("channel"))
    if state.app.user_id not in place.members:
        return {"not_in_channel": True}
    call.world.places.leave(place, state.app.user_id)
    return {}


@method("conversations.open", tier="3", scopes=("im:write", "mpim:write"))
async def open_channel(call: Call) -> Json:
    state = call.world.state
    if call.optional("channel"):
        place = state.visible_channel(call.text("channel"))
        if place.kind not in ("im", "mpim"):
            raise SlackError("method_not_supported_for_channel_type")
    else:
        place = _opened(call, [user.strip() for user in call.text("users").split(",") if user.strip()])
    return {"channel": wire.channel(state, place) if call.flag("return_im") else {"id": place.id}}


def _opened(call: Call, users: list[str]) -> Channel:
    state = call.world.state
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > _MOST_IN_GROUP:
        raise SlackError("too_many_users")
    people = [state.users.get(user) for user in users]
    if any(person is None for person in people):
        raise SlackError("user_not_found")
    if any(person and (person.is_bot or state.is_stranger(person)) for person in people):
        raise SlackError("user_not_visible")
    call.need("im:write" if len(users) == 1 else "mpim:write")
    created = int(call.world.clock.now())
    if len(users) == 1:
        return state.direct_channel(users[0], created)
    wanted = {*users, state.app.user_id}
    for place in state.channels.values():
        if place.is_mpim and set(place.members) == wanted:
            return place
    name = "mpdm-" + "--".join(sorted(user.lower() for user in wanted)) + "-1"
    place = Channel(new_id("C"), name, sorted(wanted), is_private=True, is_mpim=True, created=created)
    state.channels[place.id] = place
    return place


def _readable(call: Call) -> Channel:
    place = _place(call, "history")
    if call.world.state.app.user_id not in place.members:
        raise SlackError("not_in_channel")
    return place


def _within(call: Call, messages: list[Message]) -> list[Message]:
    """Those between ``oldest`` and ``latest``, both left out unless ``inclusive``."""
    bounds = {}
    for name in ("oldest", "latest"):
        value = call.text(name)
        if value and not _TS.fullmatch(value):
            raise SlackError(f"invalid_ts_{name}")
        bounds[name] = _key(value) if value and value != "0" else None
    oldest, latest = bounds["oldest"], bounds["latest"]
    inclusive = call.flag("inclusive")

    def fits(message: Message) -> bool:
        at = _key(message.ts)
        after = oldest is None or at > oldest or (inclusive and at == oldest)
        return after and (latest is None or at < latest or (inclusive and at == latest))

    return [message for message in messages if fits(message)]


def _key(ts: str) -> tuple[int, int]:
    seconds, _, fraction = ts.partition(".")
    return int(seconds), int(fraction.ljust(6, "0")[:6] or 0)


def _listed(call: Call, messages: list[Message]) -> Json:
    shown, cursor = page(messages, call, 100, 999)
    with_metadata = call.flag("include_all_metadata")
    return {
        "messages": [wire.message(call.world.state, item, with_metadata=with_metadata) for item in shown],
        "has_more": bool(cursor),
        "response_metadata": {"next_cursor": cursor},
    }


@method("conversations.history", tier="3", scopes=_HISTORY, required=("channel",))
async def history(call: Call) -> Json:
    place = _readable(call)
    everyone = call.world.state.messages[place.id].values()
    tops = [item for item in everyone if not item.deleted and item.visible_to is None]
    tops = [item for item in tops if not item.is_reply or item.broadcast]
    return {**_listed(call, _within(call, tops)[::-1]), "pin_count": 0}


@method("conversations.replies", tier="3", scopes=_HISTORY, required=("channel", "ts"))
async def replies(call: Call) -> Json:
    place = _readable(call)
    parent = call.world.state.message(place.id, call.text("ts"))
    if parent is None or parent.visible_to is not None:
        raise SlackError("thread_not_found")
    return _listed(call, [parent, *_within(call, call.world.state.thread(parent))])
