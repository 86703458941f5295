"""State in Slack's JSON shapes: what the Web API answers and what events carry."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bot.workspace.model import Channel, Group, Json, Message, OpenView, Person, StoredFile
from bot.workspace.state import State

_ZONES = {"zh-TW": "Asia/Taipei", "zh-CN": "Asia/Shanghai"}


def user(state: State, person: Person, *, with_locale: bool = False, with_email: bool = True) -> Json:
    stranger = state.is_stranger(person)
    profile: Json = {"real_name": person.name, "display_name": person.name, "team": person.team_id, "title": ""}
    if with_email and person.email and not stranger:
        profile["email"] = person.email
    shape: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": handle(person),
        "deleted": person.deleted,
        "color": person.avatar_color.lstrip("#"),
        "real_name": person.name,
        "tz": _ZONES.get(person.locale, "Asia/Taipei"),
        "tz_offset": 28800,
        "profile": profile,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot and person.id != "USLACKBOT",
        "is_app_user": False,
        "is_stranger": stranger,
        "updated": person.updated,
    }
    if person.id == state.app.user_id:
        profile |= {"bot_id": state.app.bot_id, "api_app_id": state.app.app_id}
    if with_locale:
        shape["locale"] = person.locale
    return shape


def handle(person: Person) -> str:
    return person.email.split("@")[0] if person.email else person.id.lower()


def channel(state: State, place: Channel, *, member_count: bool = False) -> Json:
    if place.is_im:
        other = next(member for member in place.members if member != state.app.user_id)
        return {
            "id": place.id,
            "created": place.created,
            "is_archived": place.is_archived,
            "is_im": True,
            "is_org_shared": False,
            "is_ext_shared": False,
            "context_team_id": state.home.id,
            "user": other,
            "is_open": True,
        }
    teams = [state.home.id, *([place.partner_team] if place.is_ext_shared and place.partner_team else [])]
    shape: Json = {
        "id": place.id,
        "name": place.name,
        "name_normalized": place.name,
        "is_channel": not place.is_private,
        "is_group": place.is_private and not place.is_mpim,
        "is_im": False,
        "is_mpim": place.is_mpim,
        "is_private": place.is_private,
        "is_archived": place.is_archived,
        "is_general": place.id == "C0GENERAL",
        "is_member": state.app.user_id in place.members,
        "is_shared": place.is_ext_shared,
        "is_ext_shared": place.is_ext_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": state.home.id,
        "conversation_host_id": state.home.id,
        "shared_team_ids": teams,
        "connected_team_ids": teams[1:],
        "created": place.created,
        "creator": state.app.user_id,
        "purpose": {"value": place.purpose, "creator": "", "last_set": 0},
        "topic": {"value": "", "creator": "", "last_set": 0},
    }
    if member_count:
        shape["num_members"] = len(place.members)
    return shape


def message(state: State, item: Message, *, with_metadata: bool = False) -> Json:
    """A message as history and events show it; metadata only when asked for, as on Slack."""
    author = state.users[item.user]
    shape: Json = {"type": "message", "user": item.user, "ts": item.ts, "text": item.text, "team": author.team_id}
    if item.by_app:
        shape |= _bot_fields(state, item)
    if state.channels[item.channel].is_ext_shared:
        shape |= {"user_team": author.team_id, "source_team": author.team_id}
        if state.is_stranger(author):
            shape["user_profile"] = _profile(author)
    given = {
        "subtype": item.subtype,
        "attachments": item.attachments,
        "files": [file(state, state.files[name]) for name in item.files],
        "thread_ts": item.thread_ts,
        "edited": item.edited,
        "reactions": reactions(item),
        "metadata": item.metadata if with_metadata else None,
    }
    shape |= {name: value for name, value in given.items() if value}
    if item.blocks is not None:
        shape["blocks"] = item.blocks
    return shape | _thread_fields(state, item)


def _bot_fields(state: State, item: Message) -> Json:
    app = state.app
    fields: Json = {"bot_id": app.bot_id, "app_id": app.app_id}
    if item.subtype == "bot_message":
        fields["username"] = item.username or app.name
        if item.icon:
            fields["icons"] = {"emoji": item.icon} if item.icon.startswith(":") else {"image_48": item.icon}
        return fields
    profile = {"id": app.bot_id, "app_id": app.app_id, "name": app.name, "deleted": False, "updated": 0}
    return fields | {"bot_profile": profile | {"team_id": state.home.id}}


def _profile(author: Person) -> Json:
    return {
        "real_name": author.name,
        "display_name": author.name,
        "name": handle(author),
        "team": author.team_id,
        "is_restricted": False,
        "is_ultra_restricted": False,
    }


def _thread_fields(state: State, item: Message) -> Json:
    if item.is_reply:
        parent = state.messages[item.channel].get(item.thread_ts or "")
        return {"parent_user_id": parent.user} if parent else {}
    replies = state.thread(item)
    if not replies:
        return {}
    return {
        "thread_ts": item.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "reply_users_count": len({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def reactions(item: Message) -> list[Json]:
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in item.reactions.items()]


def file(state: State, stored: StoredFile) -> Json:
    path = f"/files/{stored.id}/{quote(stored.name)}"
    return {
        "id": stored.id,
        "created": stored.created,
        "timestamp": stored.created,
        "name": stored.name,
        "title": stored.title,
        "mimetype": stored.mimetype,
        "filetype": stored.name.rpartition(".")[2] if "." in stored.name else "text",
        "user": stored.user,
        "user_team": state.users[stored.user].team_id,
        "size": stored.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": True,
        "channels": list(stored.channels),
        "url_private": state.base_url + path,
        "url_private_download": state.base_url + path,
        "permalink": state.base_url + path,
    }


def group(state: State, item: Group, *, with_users: bool) -> Json:
    shape: Json = {
        "id": item.id,
        "team_id": state.home.id,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "name": item.name,
        "description": "",
        "handle": item.handle,
        "date_create": item.updated,
        "date_update": item.updated,
        "date_delete": 0,
        "prefs": {"channels": [], "groups": []},
        "user_count": len(item.users),
    }
    if with_users:
        shape["users"] = list(item.users)
    return shape


def view(state: State, opened: OpenView) -> Json:
    definition = opened.definition
    shape: Json = {
        "id": opened.id,
        "team_id": state.users[opened.user].team_id,
        "type": opened.type,
        "blocks": definition["blocks"],
        "private_metadata": definition.get("private_metadata", ""),
        "callback_id": definition.get("callback_id", ""),
        "external_id": definition.get("external_id", ""),
        "state": {"values": opened.state},
        "hash": opened.hash,
        "title": definition.get("title"),
        "close": definition.get("close"),
        "submit": definition.get("submit"),
        "clear_on_close": bool(definition.get("clear_on_close", False)),
        "notify_on_close": bool(definition.get("notify_on_close", False)),
        "previous_view_id": opened.previous_id,
        "root_view_id": opened.root_id,
        "app_id": state.app.app_id,
        "app_installed_team_id": state.home.id,
        "bot_id": state.app.bot_id,
    }
    return shape


def actor(person: Person) -> dict[str, Any]:
    """The ``user`` of interactive payloads."""
    return {"id": person.id, "username": handle(person), "name": handle(person), "team_id": person.team_id}
