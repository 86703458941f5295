"""Posts, edits and deletes: changes the state, then tells the pages and the bot."""

from __future__ import annotations

from typing import Any

from bot.workspace import snapshot, wire
from bot.workspace.clock import Clock, new_id
from bot.workspace.events import Events
from bot.workspace.hub import Hub
from bot.workspace.model import Channel, Json, Message
from bot.workspace.state import State
from bot.workspace.text import mentions

_PLURAL = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}


class Messenger:
    def __init__(self, state: State, clock: Clock, hub: Hub, events: Events) -> None:
        self._state = state
        self._clock = clock
        self._hub = hub
        self._events = events

    def post(self, message: Message, *, event_id: str | None = None) -> Message:
        """Stores the message for everybody in its channel. ``event_id`` names the event the bot is sent."""
        place = self._state.channels[message.channel]
        self._state.add(message)
        self._count_unread(place, message)
        self._hub.tell(place.members, {"type": "message", "message": snapshot.page_message(self._state, message)})
        if message.is_reply:
            self._refresh_parent(message)
        self._emit_message(place, wire.message(self._state, message), message, event_id)
        if not message.by_app and not place.is_im and mentions_bot(message.text, self._state.app.user_id):
            self._events.emit("app_mention", self._mention_event(place, message), place)
        return message

    def whisper(self, message: Message) -> Message:
        """Stores an ephemeral message: one person sees it, and the bot is sent no event."""
        self._state.add(message)
        self._tell_ephemeral(message)
        return message

    def edit(self, message: Message, changes: dict[str, Any], editor: str) -> None:
        """Applies ``changes`` to the message's fields and marks it edited."""
        place = self._state.channels[message.channel]
        before = wire.message(self._state, message)
        for name, value in changes.items():
            setattr(message, name, value)
        message.edited = {"user": editor, "ts": self._clock.ts()}
        message.state = {}
        self._tell_changed(place, message)
        event = {"subtype": "message_changed", "hidden": True, "message": wire.message(self._state, message)}
        self._emit_hidden(place, message, event | {"previous_message": before})

    def delete(self, message: Message) -> None:
        place = self._state.channels[message.channel]
        before = wire.message(self._state, message)
        message.deleted = True
        self._hub.tell(place.members, {"type": "message_deleted", "channel": place.id, "ts": message.ts})
        if message.is_reply:
            self._refresh_parent(message)
        event = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts, "previous_message": before}
        self._emit_hidden(place, message, event)

    def unwhisper(self, message: Message) -> None:
        message.deleted = True
        gone = {"type": "ephemeral_removed", "channel": message.channel, "ts": message.ts}
        self._hub.tell([message.visible_to or ""], gone)

    def rewhisper(self, message: Message, changes: dict[str, Any]) -> None:
        """Replaces an ephemeral in place, which only a response_url can do."""
        for name, value in changes.items():
            setattr(message, name, value)
        message.state = {}
        gone = {"type": "ephemeral_removed", "channel": message.channel, "ts": message.ts}
        self._hub.tell([message.visible_to or ""], gone)
        self._tell_ephemeral(message)

    def react(self, message: Message, name: str, user: str, *, added: bool) -> None:
        """Adds or takes back one person's reaction; the caller knows that this changes something."""
        people = message.reactions.setdefault(name, [])
        if added:
            people.append(user)
        else:
            people.remove(user)
        if not people:
            del message.reactions[name]
        place = self._state.channels[message.channel]
        shown = {"type": "reaction", "channel": place.id, "ts": message.ts, "reactions": wire.reactions(message)}
        self._hub.tell(place.members, shown)
        kind = "reaction_added" if added else "reaction_removed"
        item = {"type": "message", "channel": place.id, "ts": message.ts}
        event = {"type": kind, "user": user, "reaction": name, "item_user": message.user, "item": item}
        self._events.emit(kind, self._with_team({**event, "event_ts": self._clock.ts()}, place, user), place)

    def _with_team(self, event: Json, place: Channel, user: str) -> Json:
        return event | {"user_team": self._state.users[user].team_id} if place.is_ext_shared else event

    def _emit_message(self, place: Channel, shape: Json, message: Message, event_id: str | None) -> None:
        event = shape | {"channel": place.id, "event_ts": message.ts, "channel_type": place.kind}
        if not message.by_app:
            event["client_msg_id"] = new_id("", 32).lower()
        if message.broadcast:
            event["subtype"] = "thread_broadcast"
        self._events.emit(f"message.{_PLURAL[place.kind]}", event, place, event_id)

    def _emit_hidden(self, place: Channel, message: Message, event: Json) -> None:
        stamp = self._clock.ts()
        full = {
            "type": "message",
            "channel": place.id,
            "channel_type": place.kind,
            "ts": stamp,
            "event_ts": stamp,
            **event,
        }
        self._events.emit(f"message.{_PLURAL[place.kind]}", self._with_team(full, place, message.user), place)

    def _mention_event(self, place: Channel, message: Message) -> Json:
        shape = wire.message(self._state, message)
        return {**shape, "type": "app_mention", "channel": place.id, "event_ts": message.ts}

    def _refresh_parent(self, message: Message) -> None:
        """The parent's reply count changed; that is for the pages only."""
        parent = self._state.message(message.channel, message.thread_ts)
        if parent and parent.visible_to is None:
            self._tell_changed(self._state.channels[message.channel], parent)

    def _tell_changed(self, place: Channel, message: Message) -> None:
        shown = {"type": "message_changed", "message": snapshot.page_message(self._state, message)}
        self._hub.tell(place.members, shown)

    def _tell_ephemeral(self, message: Message) -> None:
        shown = {"type": "ephemeral", "message": snapshot.page_message(self._state, message)}
        self._hub.tell([message.visible_to or ""], shown)

    def _count_unread(self, place: Channel, message: Message) -> None:
        for member in place.members:
            if member == message.user or self._state.users[member].is_bot:
                continue
            count = self._state.unread[member, place.id]
            count.messages += 1
            called = place.is_im or mentions(searchable(message), member, self._state.groups_of(member))
            count.mentions += called
            self.tell_unread(member, place.id)

    def tell_unread(self, user: str, channel: str) -> None:
        count = self._state.unread[user, channel]
        shown = {"type": "unread", "channel": channel, "unread": count.messages, "mentions": count.mentions}
        self._hub.tell([user], shown)


def searchable(message: Message) -> str:
    """The text with that of the blocks: a mention in a section calls people too."""
    return message.text + "".join(_texts(message.all_blocks))


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) and part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in _texts(value)]
    return [text for entry in part for text in _texts(entry)] if isinstance(part, list) else []


def mentions_bot(text: str, bot_user: str) -> bool:
    return f"<@{bot_user}>" in text or f"<@{bot_user}|" in text
