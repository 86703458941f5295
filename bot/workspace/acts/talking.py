"""What people say: messages, edits, reactions, files."""

from __future__ import annotations

from bot.workspace.acts.lookup import Lookup, required
from bot.workspace.bodies import Act
from bot.workspace.errors import Refused
from bot.workspace.model import Json, Message
from bot.workspace.text import typed
from bot.workspace.world import World

_MOST_TYPED = 40_000


class Talking:
    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        self._lookup = Lookup(world)

    def acts(self) -> dict[str, Act]:
        return {
            "message": self.message,
            "edit": self.edit,
            "delete": self.delete,
            "reaction": self.reaction,
            "read": self.read,
        }

    async def message(self, body: Json) -> Json:
        person = self._lookup.person(body)
        place = self._lookup.place(body, person)
        text = required(body, "text")
        if len(text) > _MOST_TYPED:
            raise Refused("msg_too_long")
        thread_ts = self._lookup.thread(body, place)
        message = Message(place.id, self._world.clock.ts(), person.id, typed(text, self._state), thread_ts=thread_ts)
        self._world.messenger.post(message, event_id=str(body["event_id"]) if body.get("event_id") else None)
        return {"ts": message.ts}

    async def edit(self, body: Json) -> Json:
        person, _, message = self._lookup.own_message(body)
        self._world.messenger.edit(message, {"text": typed(required(body, "text"), self._state)}, person.id)
        return {"ts": message.ts}

    async def delete(self, body: Json) -> Json:
        _, _, message = self._lookup.own_message(body)
        self._world.messenger.delete(message)
        return {"ts": message.ts}

    async def reaction(self, body: Json) -> Json:
        """Adds the person's reaction, or takes it back where it was there."""
        person, _, message = self._lookup.seen_message(body)
        name = required(body, "name").strip(":")
        added = person.id not in message.reactions.get(name, [])
        self._world.messenger.react(message, name, person.id, added=added)
        return {"added": added}

    async def read(self, body: Json) -> Json:
        person = self._lookup.person(body)
        place = self._lookup.place(body, person)
        self._state.unread.pop((person.id, place.id), None)
        self._world.messenger.tell_unread(person.id, place.id)
        return {"channel": place.id}

    async def upload(self, body: Json, name: str, content: bytes) -> Json:
        """The person shares a file, with the ``text`` that goes with it if any."""
        person = self._lookup.person(body)
        place = self._lookup.place(body, person)
        thread_ts = self._lookup.thread(body, place)
        stored = self._world.files.accept(name, content, person.id)
        message = self._world.files.share([stored], place.id, typed(body.get("text") or "", self._state), thread_ts)
        return {"ts": message.ts, "file": stored.id}
