"""Finds what an act is about, or says why the person cannot reach it."""

from __future__ import annotations

from typing import Any

from bot.workspace.delivery import Outcome
from bot.workspace.errors import Refused
from bot.workspace.model import Channel, Json, Message, OpenView, Person
from bot.workspace.world import World


def required(body: Json, name: str) -> str:
    """Raises ``Refused`` naming the field that is missing or no text."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(f"missing or not a text: {name}")
    return value


def answer(outcome: Outcome, **more: Any) -> Json:
    """``status`` is 200 once acked, else the bot's HTTP status or 0; ``error`` then says what Slack would show."""
    shown: Json = {"ack_ms": outcome.ms, "status": outcome.status, **more}
    if outcome.error:
        shown["error"] = outcome.error
    return shown


class Lookup:
    """Each method raises ``Refused`` for what is not there or not theirs to see."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state

    def person(self, body: Json) -> Person:
        return self._state.person(required(body, "user"))

    def place(self, body: Json, person: Person) -> Channel:
        """The channel named in the body; the bot's own id means the person's conversation with it."""
        channel = required(body, "channel")
        if channel == self._state.app.user_id:
            place = self._state.direct_channel(person.id, int(self._world.clock.now()))
            self._world.places.tell(place)
            return place
        place = self._state.place(channel, person.id)
        if place.is_archived:
            raise Refused(f"is_archived: {channel}")
        return place

    def thread(self, body: Json, place: Channel) -> str | None:
        """A reply to a reply belongs to the thread of that reply."""
        if not body.get("thread_ts"):
            return None
        parent = self._state.message(place.id, body["thread_ts"])
        if parent is None or parent.visible_to is not None:
            raise Refused(f"thread_not_found: {body['thread_ts']}")
        return parent.thread_ts or parent.ts

    def seen_message(self, body: Json) -> tuple[Person, Channel, Message]:
        person = self.person(body)
        place = self._state.place(required(body, "channel"), person.id)
        message = self._state.message(place.id, required(body, "ts"))
        if message is None or not message.seen_by(person.id):
            raise Refused(f"message_not_found: {body['ts']}")
        return person, place, message

    def own_message(self, body: Json) -> tuple[Person, Channel, Message]:
        person, place, message = self.seen_message(body)
        if message.user != person.id:
            raise Refused("cant_change_message: not theirs")
        return person, place, message

    def own_view(self, body: Json) -> tuple[Person, OpenView]:
        person = self.person(body)
        view = self._world.views.find_open(required(body, "view_id"))
        if view is None or view.user != person.id:
            raise Refused(f"view_not_found: {body['view_id']}")
        return person, view
