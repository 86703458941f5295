"""chat.postMessage, postEphemeral, update, delete, getPermalink, scheduleMessage and its kin."""

from __future__ import annotations

from typing import Any

from bot.workspace import wire
from bot.workspace.api.method import Call, method
from bot.workspace.errors import SlackError
from bot.workspace.limits import text as text_limits
from bot.workspace.limits.blocks import message_blocks
from bot.workspace.model import Channel, Json, Message

_WRITE = ("chat:write",)
_FARTHEST = 120 * 24 * 3600  # seconds ahead that a message may be scheduled


def _destination(call: Call) -> Channel:
    """The channel of an id, of a name, or the conversation with a person."""
    state, wanted = call.world.state, call.text("channel")
    if wanted in state.users and not state.is_stranger(state.users[wanted]) and not state.users[wanted].is_bot:
        place = state.direct_channel(wanted, int(call.world.clock.now()))
        call.world.places.tell(place)
        return place
    named = next((place.id for place in state.channels.values() if place.name == wanted.lstrip("#")), wanted)
    place = state.visible_channel(named)
    if place.is_archived:
        raise SlackError("is_archived")
    may_write_anywhere = place.kind == "channel" and "chat:write.public" in call.world.installation.scopes
    if (call.person or state.app.user_id) not in place.members and not may_write_anywhere:
        raise SlackError("not_in_channel")
    return place


def _content(call: Call) -> dict[str, Any]:
    """Text, blocks and attachments of a new message. Raises ``no_text`` and all that the limits raise."""
    text, markdown = call.text("text"), call.text("markdown_text")
    blocks = call.parsed("blocks", "invalid_blocks_format")
    attached = call.parsed("attachments", "invalid_attachments")
    if markdown and (text or blocks):
        raise SlackError("markdown_text_conflict")
    if len(markdown) > text_limits.MOST_IN_MARKDOWN:
        raise SlackError("msg_too_long")
    kept = message_blocks(blocks) if blocks is not None else None
    attachments = text_limits.attachments(attached) if attached else None
    text = text_limits.posted_text(text or markdown)
    if not text.strip() and not kept and not attachments:
        raise SlackError("no_text")
    return {"text": text, "blocks": kept or None, "attachments": attachments}


def _metadata(call: Call) -> Json | None:
    value = call.parsed("metadata", "invalid_metadata_format")
    return None if value is None else text_limits.metadata(value)


def _disguise(call: Call) -> dict[str, Any]:
    """Another name or icon, for which a scope of its own is needed."""
    username = call.optional("username")
    icon = call.optional("icon_emoji") or call.optional("icon_url")
    if call.person or not (username or icon):
        return {}
    call.need("chat:write.customize")
    return {"username": username, "icon": icon, "subtype": "bot_message"}


def _thread(call: Call, place: Channel) -> str | None:
    """The thread's parent: Slack takes a reply's ts too, and posts an orphan where nothing has that ts."""
    ts = call.optional("thread_ts")
    parent = call.world.state.message(place.id, ts) if ts else None
    if parent is not None and parent.visible_to is not None:
        raise SlackError("cannot_reply_to_message")
    return (parent.thread_ts or parent.ts) if parent else ts


@method("chat.postMessage", tier="post", scopes=_WRITE, required=("channel",), for_people=True)
async def post_message(call: Call) -> Json:
    world = call.world
    place = _destination(call)
    fields = _content(call) | _disguise(call)
    thread_ts = _thread(call, place)
    message = Message(
        place.id,
        world.clock.ts(),
        call.person or world.state.app.user_id,
        thread_ts=thread_ts,
        by_app=True,
        metadata=_metadata(call),
        broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
        **fields,
    )
    world.messenger.post(message)
    shown = wire.message(world.state, message, with_metadata=True)
    return {"channel": place.id, "ts": message.ts, "message": shown}


@method("chat.postEphemeral", tier="4", scopes=_WRITE, required=("channel", "user"))
async def post_ephemeral(call: Call) -> Json:
    world = call.world
    place = world.state.visible_channel(call.text("channel"))
    if place.is_archived:
        raise SlackError("is_archived")
    if world.state.app.user_id not in place.members:
        raise SlackError("not_in_channel")
    user = call.text("user")
    if user not in place.members:
        raise SlackError("user_not_in_channel")
    fields = _content(call) | _disguise(call)
    ts, thread_ts = world.clock.ts(), _thread(call, place)
    app = world.state.app.user_id
    world.messenger.whisper(Message(place.id, ts, app, thread_ts=thread_ts, by_app=True, visible_to=user, **fields))
    return {"message_ts": ts}


def _found(call: Call, refusal: str) -> Message:
    """The bot's own message in ``channel`` at ``ts``; somebody else's raises ``refusal``."""
    state = call.world.state
    place = state.visible_channel(call.text("channel"))
    message = state.message(place.id, call.text("ts"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    if not message.by_app:
        raise SlackError(refusal)
    if place.is_archived:
        raise SlackError("is_inactive")
    return message


@method("chat.update", tier="update", scopes=_WRITE, required=("channel", "ts"))
async def update(call: Call) -> Json:
    """A text without blocks takes the blocks away; attachments and metadata stay until given as empty."""
    message = _found(call, "cant_update_message")
    given = call.arguments
    changes: dict[str, Any] = {}
    if call.optional("text") or call.optional("markdown_text"):
        changes["text"] = text_limits.updated_text(call.text("text") or call.text("markdown_text"))
    if given.get("blocks") not in (None, ""):
        changes["blocks"] = message_blocks(call.parsed("blocks", "invalid_blocks_format")) or None
    elif "text" in changes:
        changes["blocks"] = None
    if given.get("attachments") not in (None, ""):
        changes["attachments"] = text_limits.attachments(call.parsed("attachments", "invalid_attachments"))
    if given.get("metadata") not in (None, ""):
        changes["metadata"] = _metadata(call)
    after = {"text": message.text, "blocks": message.blocks, "attachments": message.attachments} | changes
    if not changes or not (after["text"] or after["blocks"] or after["attachments"]):
        raise SlackError("no_text")
    call.world.messenger.edit(message, changes, call.world.state.app.user_id)
    shown = wire.message(call.world.state, message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


@method("chat.delete", tier="3", scopes=_WRITE, required=("channel", "ts"))
async def delete(call: Call) -> Json:
    message = _found(call, "cant_delete_message")
    call.world.messenger.delete(message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.getPermalink", tier="4", required=("channel", "message_ts"))
async def get_permalink(call: Call) -> Json:
    state = call.world.state
    place = state.visible_channel(call.text("channel"))
    message = state.message(place.id, call.text("message_ts"))
    if message is None or message.visible_to is not None:
        raise SlackError("message_not_found")
    link = f"{state.base_url}/archives/{place.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={place.id}"
    return {"channel": place.id, "permalink": link}


@method("chat.scheduleMessage", tier="3", scopes=_WRITE, required=("channel", "post_at"))
async def schedule_message(call: Call) -> Json:
    world = call.world
    if not call.text("post_at").isdigit():
        raise SlackError("invalid_time")
    post_at, now = int(call.text("post_at")), world.clock.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + _FARTHEST:
        raise SlackError("time_too_far")
    place = _destination(call)
    app, thread_ts = world.state.app.user_id, _thread(call, place)
    fields = {**_content(call), "thread_ts": thread_ts, "metadata": _metadata(call)}
    message = Message(place.id, "", app, by_app=True, **fields)
    scheduled_id = world.schedule.add(message, post_at)
    shown = {"text": message.text, "type": "delayed_message", "user": app, "bot_id": world.state.app.bot_id}
    return {"channel": place.id, "scheduled_message_id": scheduled_id, "post_at": post_at, "message": shown}


@method("chat.deleteScheduledMessage", tier="3", scopes=_WRITE, required=("channel", "scheduled_message_id"))
async def delete_scheduled_message(call: Call) -> Json:
    if not call.world.schedule.cancel(call.text("scheduled_message_id"), call.text("channel")):
        raise SlackError("invalid_scheduled_message_id")
    return {}


@method("chat.scheduledMessages.list", tier="3")
async def scheduled_messages_list(call: Call) -> Json:
    shown = [
        {"id": name, "channel_id": message.channel, "post_at": post_at, "text": message.text}
        for name, message, post_at in call.world.schedule.waiting()
    ]
    return {"scheduled_messages": shown, "response_metadata": {"next_cursor": ""}}
