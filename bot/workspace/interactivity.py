"""What the bot is sent when a person acts: commands, shortcuts, clicks, submissions, closed views."""

from __future__ import annotations

from typing import Any

from bot.workspace import wire
from bot.workspace.clock import Clock
from bot.workspace.delivery import Courier, Outcome
from bot.workspace.model import Channel, Json, Message, OpenView, Person
from bot.workspace.response_url import Origin, ResponseUrls
from bot.workspace.state import State
from bot.workspace.views import Triggers

_VERIFICATION = "local-verification-token"


class Interactivity:
    """Builds each payload as Slack does and waits for the ack."""

    def __init__(self, state: State, clock: Clock, courier: Courier, triggers: Triggers, urls: ResponseUrls) -> None:
        self._state = state
        self._clock = clock
        self._courier = courier
        self._triggers = triggers
        self._urls = urls

    async def command(self, person: Person, place: Channel, command: str, text: str) -> Outcome:
        origin = Origin(person.id, place.id)
        payload = {
            "token": _VERIFICATION,
            "team_id": person.team_id,
            "team_domain": self._state.teams[person.team_id].domain,
            "channel_id": place.id,
            "channel_name": place.payload_name,
            "user_id": person.id,
            "user_name": wire.handle(person),
            "command": command,
            "text": text,
            "api_app_id": self._state.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._urls.issue("commands", origin),
            "trigger_id": self._triggers.issue(person.id),
        }
        return await self._courier.deliver("slash_commands", payload)

    async def message_action(self, person: Person, place: Channel, message: Message, callback_id: str) -> Outcome:
        origin = Origin(person.id, place.id, message, message.thread_ts)
        payload = self._payload("message_action", person) | {
            "callback_id": callback_id,
            "trigger_id": self._triggers.issue(person.id),
            "response_url": self._urls.issue("app", origin),
            "message_ts": message.ts,
            "channel": {"id": place.id, "name": place.payload_name},
            "message": wire.message(self._state, message),
            "action_ts": self._clock.ts(),
        }
        return await self._courier.deliver("interactive", payload)

    async def global_shortcut(self, person: Person, callback_id: str) -> Outcome:
        payload = self._payload("shortcut", person) | {
            "callback_id": callback_id,
            "trigger_id": self._triggers.issue(person.id),
            "action_ts": self._clock.ts(),
        }
        return await self._courier.deliver("interactive", payload)

    async def message_click(self, person: Person, place: Channel, message: Message, action: Json) -> Outcome:
        ephemeral = message.visible_to is not None
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": place.id,
            "is_ephemeral": ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        origin = Origin(person.id, place.id, message, message.thread_ts)
        payload = self._payload("block_actions", person) | {
            "container": container,
            "trigger_id": self._triggers.issue(person.id),
            "channel": {"id": place.id, "name": place.payload_name},
            "state": {"values": message.state},
            "response_url": self._urls.issue("actions", origin),
            "actions": [action],
        }
        if not ephemeral:  # Slack keeps no copy of an ephemeral, so it cannot send one along
            payload["message"] = wire.message(self._state, message)
        return await self._courier.deliver("interactive", payload)

    async def view_click(self, person: Person, view: OpenView, action: Json) -> Outcome:
        payload = self._payload("block_actions", person) | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._triggers.issue(person.id, view.id if view.type == "modal" else None),
            "view": wire.view(self._state, view),
            "actions": [action],
        }
        return await self._courier.deliver("interactive", payload)

    async def submission(self, person: Person, view: OpenView) -> Outcome:
        payload = self._payload("view_submission", person) | {
            "trigger_id": self._triggers.issue(person.id, view.id),
            "view": wire.view(self._state, view),
            "response_urls": self._response_urls(person, view),
        }
        return await self._courier.deliver("interactive", payload)

    async def closed(self, person: Person, view: OpenView, *, cleared: bool) -> Outcome:
        payload = self._payload("view_closed", person) | {
            "view": wire.view(self._state, view),
            "is_cleared": cleared,
        }
        return await self._courier.deliver("interactive", payload)

    def _payload(self, kind: str, person: Person) -> dict[str, Any]:
        home = self._state.home
        return {
            "type": kind,
            "token": _VERIFICATION,
            "api_app_id": self._state.app.app_id,
            "team": {"id": home.id, "domain": home.domain},
            "user": wire.actor(person),
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _response_urls(self, person: Person, view: OpenView) -> list[Json]:
        """One for each conversation chosen in an input that asks for it."""
        found: list[Json] = []
        for block in view.definition["blocks"]:
            element = block.get("element", {}) if block["type"] == "input" else {}
            if not element.get("response_url_enabled"):
                continue
            state = view.state[block["block_id"]][element["action_id"]]
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if channel:
                url = self._urls.issue("app", Origin(person.id, channel))
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                found.append({**ids, "channel_id": channel, "response_url": url})
        return found
