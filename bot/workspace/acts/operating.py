"""What people do with the app: commands, shortcuts, clicks, modals, App Home."""

from __future__ import annotations

from typing import Any

from bot.workspace import elements, snapshot
from bot.workspace.acts.lookup import Lookup, answer, required
from bot.workspace.bodies import Act
from bot.workspace.delivery import Outcome
from bot.workspace.errors import Refused, SlackError
from bot.workspace.limits.views import checked_view
from bot.workspace.model import Channel, Json, Message, OpenView, Person
from bot.workspace.response_url import Origin
from bot.workspace.text import typed
from bot.workspace.world import World


class Operating:
    def __init__(self, world: World) -> None:
        self._world = world
        self._state = world.state
        self._lookup = Lookup(world)

    def acts(self) -> dict[str, Act]:
        return {
            "command": self.command,
            "shortcut": self.shortcut,
            "action": self.action,
            "submit": self.submit,
            "close": self.close,
            "home": self.home,
        }

    async def command(self, body: Json) -> Json:
        """A failed or late ack is told to the person by Slackbot, as on Slack. Strangers are let through, though Slack
        offers them no commands: a bot has to refuse them all the same.
        """
        person = self._lookup.person(body)
        place = self._lookup.place(body, person)
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
        person = self._lookup.person(body)
        callback_id = required(body, "callback_id")
        known = self._world.installation.shortcuts.get(callback_id)
        if known is None:
            raise Refused(f"unknown_shortcut: {callback_id}")
        if known.type == "global":
            return answer(await self._world.interactivity.global_shortcut(person, callback_id))
        person, place, message = self._lookup.seen_message(body)
        if message.visible_to is not None:
            raise Refused("message_not_found: a shortcut needs a message that everybody sees")
        return answer(await self._world.interactivity.message_action(person, place, message, callback_id))

    async def action(self, body: Json) -> Json:
        action_id = required(body, "action_id")
        given = body["selected"] if body.get("selected") is not None else body.get("value")
        if body.get("view_id"):
            return await self._view_action(body, action_id, given)
        person, place, message = self._lookup.seen_message(body)
        block, element = elements.find(message.all_blocks, action_id, body.get("block_id"), given)
        entry, state = elements.action(block, element, given, self._world.clock.ts())
        if state is not None:
            message.state.setdefault(block["block_id"], {})[action_id] = state
        return answer(await self._world.interactivity.message_click(person, place, message, entry))

    async def _view_action(self, body: Json, action_id: str, given: Any) -> Json:
        person, view = self._lookup.own_view(body)
        block, element = elements.find(view.definition["blocks"], action_id, body.get("block_id"), given)
        entry, state = elements.action(block, element, given, self._world.clock.ts())
        if state is not None:
            view.state.setdefault(block["block_id"], {})[action_id] = state
        return answer(await self._world.interactivity.view_click(person, view, entry))

    async def submit(self, body: Json) -> Json:
        """Answers the bot's response_action, or ``errors`` of Slack's own client, which does not ask the bot."""
        person, view = self._lookup.own_view(body)
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
        person, view = self._lookup.own_view(body)
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
        person = self._lookup.person(body)
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
