"""State as the page and the control API show it."""

from __future__ import annotations

from typing import Any

from bot.workspace import wire
from bot.workspace.installation import Installation
from bot.workspace.model import Channel, Json, Message, OpenView, Person
from bot.workspace.state import State


def control_state(state: State) -> Json:
    """``GET /_control/state`` as the specification fixes it."""
    return {
        "users": [_control_user(state, person) for person in state.users.values()],
        "channels": [
            {
                "id": place.id,
                "name": place.name,
                "is_ext_shared": place.is_ext_shared,
                "is_private": place.is_private,
                "is_im": place.is_im,
                "is_archived": place.is_archived,
                "members": list(place.members),
                "purpose": place.purpose,
            }
            for place in state.channels.values()
        ],
        "groups": [
            {"id": g.id, "handle": g.handle, "name": g.name, "users": list(g.users)} for g in state.groups.values()
        ],
        "messages": [_control_message(state, item) for item in state.order],
        "views": [
            {"id": view.id, "user": view.user, "type": view.type, "view": wire.view(state, view)}
            for view in [*state.views.values(), *state.homes.values()]
        ],
        "files": [wire.file(state, stored) for stored in state.files.values() if stored.shared],
    }


def _control_user(state: State, person: Person) -> Json:
    return _user(state, person) | {"locale": person.locale}


def _user(state: State, person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "team_id": person.team_id,
        "is_stranger": state.is_stranger(person),
        "is_bot": person.is_bot,
        "role": person.role,
    }


def _control_message(state: State, item: Message) -> Json:
    return _message(state, item) | {
        "metadata": item.metadata,
        "visible_to": item.visible_to,
        "edited": item.edited,
        "username": item.username,
    }


def _message(state: State, item: Message) -> Json:
    return {
        "channel": item.channel,
        "ts": item.ts,
        "thread_ts": item.thread_ts,
        "user": item.user,
        "text": item.text,
        "blocks": item.blocks,
        "attachments": item.attachments,
        "deleted": item.deleted,
        "reactions": wire.reactions(item),
        "files": [wire.file(state, state.files[name]) for name in item.files],
    }


def people(state: State) -> list[Json]:
    return [_page_person(state, person) for person in state.users.values() if not person.is_bot]


def _page_person(state: State, person: Person) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "team_id": person.team_id,
        "team_name": state.teams[person.team_id].name,
        "locale": person.locale,
        "avatar_color": person.avatar_color,
    }


def page_user(state: State, person: Person) -> Json:
    return _user(state, person) | {"avatar_color": person.avatar_color}


def page_channel(state: State, place: Channel, user: str) -> Json:
    name = place.name
    if place.is_im:
        other = next((member for member in place.members if member != user), user)
        name = state.users[other].name
    shape: Json = {
        "id": place.id,
        "name": name,
        "is_ext_shared": place.is_ext_shared,
        "is_private": place.is_private,
        "is_im": place.is_im,
        "purpose": place.purpose,
        "members": list(place.members),
    }
    if place.partner_team:
        shape["partner_team"] = place.partner_team
    return shape


def page_message(state: State, item: Message) -> Json:
    shape = _message(state, item) | {
        "broadcast": item.broadcast,
        "edited": None if item.blocks else item.edited,  # Slack marks no message with blocks as edited
        "ephemeral": item.visible_to is not None,
        "reply_count": len(state.thread(item)),
    }
    if item.by_app and item.user == state.app.user_id:  # what it says for a person shows as theirs
        shape["bot_id"] = state.app.bot_id
    if item.username:
        shape["username"] = item.username
    if item.icon:
        shape["icon"] = item.icon
    return shape


def boot(state: State, installation: Installation, person: Person, *, connected: bool, story: bool) -> Json:
    """All that a page needs to show the workspace as ``person``; ephemerals are gone, as after a reload on Slack."""
    places = [place for place in state.channels.values() if person.id in place.members and not place.is_archived]
    mine = {place.id for place in places}
    home = state.homes.get(person.id)
    return {
        "me": _page_person(state, person),
        "team": {"id": person.team_id, "name": state.teams[person.team_id].name},
        "users": [page_user(state, other) for other in state.users.values()],
        "groups": [
            {"id": g.id, "handle": g.handle, "name": g.name, "users": list(g.users)} for g in state.groups.values()
        ],
        "channels": [page_channel(state, place, person.id) for place in places],
        **_offered(state, installation, person),
        "messages": [
            page_message(state, item)
            for item in state.order
            if item.channel in mine and item.visible_to is None and not item.deleted
        ],
        "unread": {place.id: state.unread[person.id, place.id].messages for place in places},
        "mentions": {place.id: state.unread[person.id, place.id].mentions for place in places},
        "home": page_view(state, home) if home else None,
        "views": [page_view(state, view) for view in state.views_of(person.id)],
        "connected": connected,
        "story": story,
    }


def page_view(state: State, view: OpenView) -> Json:
    return wire.view(state, view)


def _offered(state: State, installation: Installation, person: Person) -> dict[str, Any]:
    """Commands and shortcuts are offered only in the workspace where the app is installed."""
    if state.is_stranger(person):
        return {"commands": [], "shortcuts": []}
    return {
        "commands": [
            {"command": item.command, "description": item.description, "usage_hint": item.usage_hint}
            for item in installation.commands.values()
        ],
        "shortcuts": [
            {"callback_id": item.callback_id, "name": item.name, "type": item.type}
            for item in installation.shortcuts.values()
        ],
    }
