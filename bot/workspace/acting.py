"""What people do: one implementation for the page and for the control API. Each takes the JSON body and answers one."""

from __future__ import annotations

from typing import Any

from bot.workspace import elements, snapshot
from bot.workspace.delivery import Outcome
from bot.workspace.errors import Refused, SlackError
from bot.workspace.limits.views import checked_view
from bot.workspace.model import Channel, Json, Message, OpenView, Person
from bot.workspace.response_url import Origin
from bot.workspace.text import typed
from bot.workspace.world import World

_MOST_TYPED = 40_000


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


class Acting:
    NAMES = ("message", "edit", "delete", "reaction", "command", "shortcut", "action", "submit", "close", "home")

    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state

    async def message(self, body: Json) -> Json:
        person = self._state.person(required(body, "user"))
        place = self._place(body, person)
        text = required(body, "text")
        if len(text) > _MOST_TYPED:
            raise Refused("msg_too_long")
        thread_ts = self._thread(body, place)
        message = Message(place.id, self._world.clock.ts(), person.id, typed(text, self._state), thread_ts=thread_ts)
        self._world.messenger.post(message, event_id=body.get("event_id"))
        return {"ts": message.ts}

    async def edit(self, body: Json) -> Json:
        person, _, message = self._own_message(body)
        self._world.messenger.edit(message, {"text": typed(required(body, "text"), self._state)}, person.id)
        return {"ts": message.ts}

    async def delete(self, body: Json) -> Json:
        _, _, message = self._own_message(body)
        self._world.messenger.delete(message)
        return {"ts": message.ts}

    async def reaction(self, body: Json) -> Json:
        """Adds the person's reaction, or takes it back where it was there."""
        person, _, message = self._seen_message(body)
        name = required(body, "name").strip(":")
        added = person.id not in message.reactions.get(name, [])
        self._world.messenger.react(message, name, person.id, added=added)
        return {"added": added}

    async def command(self, body: Json) -> Json:
        """A failed or late ack is told to the person by Slackbot, as on Slack. Strangers are let through, though Slack
        offers them no commands: a bot has to refuse them all the same.
        """
        person = self._state.person(required(body, "user"))
        place = self._place(body, person)
        command = required(body, "command")
        text = body.get("text") or ""
        if not isinstance(text, str):
            raise Refused("missing or not a text: text")
        known = self._world.installation.commands.get(command)
        if known is None:
            raise Refused(f"unknown_command: {command}")
        if body.get("thread_ts"):
            self._slackbot(person, place, f"{command} is not supported in threads. Sorry!", body["thread_ts"])
            return {"ack_ms": 0.0, "status": 0, "error": "not_supported_in_threads"}
        text = typed(text, self._state) if known.should_escape else text
        outcome = await self._world.interactivity.command(person, place, command, text)
        if outcome.acked:
            return answer(self._immediate(person, place, outcome))
        self._slackbot(person, place, f'{command} failed with the error "{outcome.error}"')
        return answer(outcome)

    async def shortcut(self, body: Json) -> Json:
        person = self._state.person(required(body, "user"))
        callback_id = required(body, "callback_id")
        known = self._world.installation.shortcuts.get(callback_id)
        if known is None:
            raise Refused(f"unknown_shortcut: {callback_id}")
        if known.type == "global":
            return answer(await self._world.interactivity.global_shortcut(person, callback_id))
        person, place, message = self._seen_message(body)
        if message.visible_to is not None:
            raise Refused("message_not_found: a shortcut needs a message that everybody sees")
        return answer(await self._world.interactivity.message_action(person, place, message, callback_id))

    async def action(self, body: Json) -> Json:
        action_id = required(body, "action_id")
        given = body["selected"] if body.get("selected") is not None else body.get("value")
        if body.get("view_id"):
            return await self._view_action(body, action_id, given)
        person, place, message = self._seen_message(body)
        block, element = elements.find(message.blocks or [], action_id, body.get("block_id"), given)
        entry, state = elements.action(block, element, given, self._world.clock.ts())
        if state is not None:
            message.state.setdefault(block["block_id"], {})[action_id] = state
        return answer(await self._world.interactivity.message_click(person, place, message, entry))

    async def _view_action(self, body: Json, action_id: str, given: Any) -> Json:
        person, view = self._own_view(body)
        block, element = elements.find(view.definition["blocks"], action_id, body.get("block_id"), given)
        entry, state = elements.action(block, element, given, self._world.clock.ts())
        if state is not None:
            view.state.setdefault(block["block_id"], {})[action_id] = state
        return answer(await self._world.interactivity.view_click(person, view, entry))

    async def submit(self, body: Json) -> Json:
        """Answers the bot's response_action, or ``errors`` of Slack's own client, which does not ask the bot."""
        person, view = self._own_view(body)
        if view.type != "modal":
            raise Refused("not_a_modal")
        self._fill(view, body.get("values") or {})
        faults = elements.missing_inputs(view.definition["blocks"], view.state)
        if faults:
            return {"ack_ms": 0.0, "status": 0, "response_action": "errors", "errors": faults}
        outcome = await self._world.interactivity.submission(person, view)
        if not outcome.acked:
            return answer(outcome)
        try:
            return answer(outcome, **self._respond(view, outcome.body or {}))
        except SlackError as error:
            return answer(outcome) | {"error": f"invalid_response: {error.code} {error.detail or ''}".strip()}

    def _respond(self, view: OpenView, body: Json) -> Json:
        kind = body.get("response_action")
        views = self._world.views
        if kind == "errors":
            known = {block["block_id"] for block in view.definition["blocks"] if block["type"] == "input"}
            errors = {name: text for name, text in (body.get("errors") or {}).items() if name in known}
            if not errors:
                raise SlackError("no_such_input_block")
            return {"response_action": "errors", "errors": errors}
        if view.id not in self._state.views:
            return {}  # closed by the person meanwhile
        if kind == "update":
            views.change(view, checked_view(body.get("view"), "modal"))
            return {"response_action": "update", "view": snapshot.page_view(self._state, view)}
        if kind == "push":
            pushed = views.push_on(view, checked_view(body.get("view"), "modal"))
            return {"response_action": "push", "view": snapshot.page_view(self._state, pushed)}
        if kind not in (None, "clear"):
            raise SlackError("invalid_response_action")
        views.close(view, every=kind == "clear")
        return {"response_action": kind} if kind else {}

    async def close(self, body: Json) -> Json:
        """The person closes a modal; the bot hears of those views that asked for it."""
        person, view = self._own_view(body)
        if view.type != "modal":
            raise Refused("not_a_modal")
        every = bool(view.definition.get("clear_on_close")) or bool(body.get("all"))
        shown: Json = {}
        for closed in self._world.views.close(view, every=every):
            if closed.definition.get("notify_on_close"):
                shown = answer(await self._world.interactivity.closed(person, closed, cleared=every))
        return {"closed": True, **shown}

    async def home(self, body: Json) -> Json:
        """Opens the App Home and answers the view the bot publishes, or the one there is."""
        person = self._state.person(required(body, "user"))
        place = self._state.direct_channel(person.id, int(self._world.clock.now()))
        shown = self._state.homes.get(person.id)
        event: Json = {"type": "app_home_opened", "user": person.id, "channel": place.id, "tab": "home"}
        if shown:
            event["view"] = snapshot.page_view(self._state, shown)
        self._world.views.expect_publish(person.id)
        sent = self._world.events.emit("app_home_opened", {**event, "event_ts": self._world.clock.ts()})
        if sent is not None:
            await self._world.views.wait_published(person.id, self._world.config.timing.home)
        shown = self._state.homes.get(person.id)
        return {"view": snapshot.page_view(self._state, shown) if shown else None}

    async def read(self, body: Json) -> Json:
        person = self._state.person(required(body, "user"))
        place = self._place(body, person)
        self._state.unread.pop((person.id, place.id), None)
        self._world.messenger.tell_unread(person.id, place.id)
        return {"channel": place.id}

    async def upload(self, body: Json, name: str, content: bytes) -> Json:
        """The person shares a file, with the ``text`` that goes with it if any."""
        person = self._state.person(required(body, "user"))
        place = self._place(body, person)
        thread_ts = self._thread(body, place)
        stored = self._world.files.accept(name, content, person.id)
        message = self._world.files.share([stored], place.id, typed(body.get("text") or "", self._state), thread_ts)
        return {"ts": message.ts, "file": stored.id}

    def _place(self, body: Json, person: Person) -> Channel:
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

    def _thread(self, body: Json, place: Channel) -> str | None:
        """A reply to a reply belongs to the thread of that reply."""
        if not body.get("thread_ts"):
            return None
        parent = self._state.message(place.id, body["thread_ts"])
        if parent is None or parent.visible_to is not None:
            raise Refused(f"thread_not_found: {body['thread_ts']}")
        return parent.thread_ts or parent.ts

    def _seen_message(self, body: Json) -> tuple[Person, Channel, Message]:
        person = self._state.person(required(body, "user"))
        place = self._state.place(required(body, "channel"), person.id)
        message = self._state.message(place.id, required(body, "ts"))
        if message is None or not message.seen_by(person.id):
            raise Refused(f"message_not_found: {body['ts']}")
        return person, place, message

    def _own_message(self, body: Json) -> tuple[Person, Channel, Message]:
        person, place, message = self._seen_message(body)
        if message.user != person.id:
            raise Refused("cant_change_message: not theirs")
        return person, place, message

    def _own_view(self, body: Json) -> tuple[Person, OpenView]:
        person = self._state.person(required(body, "user"))
        view = self._world.views.find_open(required(body, "view_id"))
        if view is None or view.user != person.id:
            raise Refused(f"view_not_found: {body['view_id']}")
        return person, view

    def _fill(self, view: OpenView, values: Any) -> None:
        if not isinstance(values, dict) or not all(isinstance(part, dict) for part in values.values()):
            raise Refused("values must be {block_id: {action_id: value}}")
        for block_id, actions in values.items():
            for action_id, given in actions.items():
                block, element = elements.find(view.definition["blocks"], action_id, block_id, None)
                view.state.setdefault(block["block_id"], {})[action_id] = elements.chosen(element, given)

    def _immediate(self, person: Person, place: Channel, outcome: Outcome) -> Outcome:
        """Posts the answer that came with the ack; a faulty one fails the command."""
        if not any((outcome.body or {}).get(part) for part in ("text", "blocks", "attachments")):
            return outcome
        try:
            self._world.urls.answer(Origin(person.id, place.id), outcome.body or {})
        except SlackError as error:
            return Outcome(True, outcome.ms, outcome.status, error=f"invalid_response: {error.code}")
        return outcome

    def _slackbot(self, person: Person, place: Channel, text: str, thread_ts: str | None = None) -> None:
        ts = self._world.clock.ts()
        self._world.messenger.whisper(
            Message(place.id, ts, "USLACKBOT", text, thread_ts=thread_ts, visible_to=person.id)
        )
