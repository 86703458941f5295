"""Modals and App Homes: the view stack, its triggers and its hashes."""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from bot.workspace import snapshot
from bot.workspace.clock import Clock, new_id
from bot.workspace.elements import initial_state, kept_state
from bot.workspace.errors import SlackError
from bot.workspace.hub import Hub
from bot.workspace.limits.views import checked_view
from bot.workspace.model import Json, OpenView
from bot.workspace.state import State

MOST_STACKED = 3
_REMEMBERED = 10_000  # triggers; older ones are long expired


@dataclass
class _Trigger:
    user: str
    until: float
    view_id: str | None
    exchanged: bool = False


class Triggers:
    """A trigger opens one view, once, within three seconds of what the person did."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._issued: dict[str, _Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        trigger = f"{self._clock.number()}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger] = _Trigger(user, self._clock.now() + self._seconds, view_id)
        if len(self._issued) > _REMEMBERED:
            del self._issued[next(iter(self._issued))]
        return trigger

    def exchange(self, trigger_id: Any) -> _Trigger:
        """Raises ``invalid_trigger_id``, ``exchanged_trigger_id`` or ``expired_trigger_id``."""
        trigger = self._issued.get(str(trigger_id))
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock.now() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.exchanged = True
        return trigger

    def clear(self) -> None:
        self._issued.clear()


class Views:
    def __init__(self, state: State, clock: Clock, hub: Hub, triggers: Triggers) -> None:
        self._state = state
        self._hub = hub
        self._clock = clock
        self._triggers = triggers
        self._published: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def open(self, trigger_id: Any, view: Any) -> OpenView:
        """A modal already open makes way, as there is one stack a person."""
        definition = self._definition(view)
        trigger = self._triggers.exchange(trigger_id)
        for old in list(self._state.views_of(trigger.user)):
            self.close(old, every=True)
        opened = self._new(trigger.user, definition)
        self._tell("view_opened", opened)
        return opened

    def push(self, trigger_id: Any, view: Any) -> OpenView:
        definition = self._definition(view)
        trigger = self._triggers.exchange(trigger_id)
        below = self._state.views.get(trigger.view_id or "")
        if below is None:
            raise SlackError("not_found")
        return self.push_on(below, definition)

    def push_on(self, below: OpenView, definition: Json) -> OpenView:
        """Puts a view on top of the stack that ``below`` is part of. Raises ``push_limit_reached``."""
        stack = self.stack(below)
        if len(stack) >= MOST_STACKED:
            raise SlackError("push_limit_reached")
        opened = self._new(below.user, definition, stack[-1])
        self._tell("view_pushed", opened)
        return opened

    def update(self, view_id: Any, external_id: Any, view: Any, expected_hash: Any) -> OpenView:
        """Raises ``not_found`` or ``hash_conflict``. What was typed stays where block and action stay."""
        opened = self._find(view_id, external_id)
        if expected_hash and expected_hash != opened.hash:
            raise SlackError("hash_conflict")
        self.change(opened, checked_view(view, opened.type))
        return opened

    def change(self, opened: OpenView, definition: Json) -> None:
        self._reserve_external_id(definition, opened)
        opened.state = kept_state(definition["blocks"], opened.state)
        opened.definition = definition
        opened.hash = self._hash()
        self._tell("home" if opened.type == "home" else "view_updated", opened)

    def publish(self, user: Any, view: Any, expected_hash: Any) -> OpenView:
        person = self._state.users.get(str(user))
        if person is None or person.is_bot:
            raise SlackError("user_not_found")
        definition = checked_view(view, "home")
        opened = self._state.homes.get(person.id)
        if opened is not None and expected_hash and expected_hash != opened.hash:
            raise SlackError("hash_conflict")
        if opened is None:
            opened = OpenView(new_id("V"), person.id, "home", definition, self._hash())
            opened.root_id = opened.id
            self._state.homes[person.id] = opened
        self.change(opened, definition)
        self._published[person.id].set()
        return opened

    async def wait_published(self, user: str, seconds: float) -> None:
        """Waits until the bot publishes the home anew, at most ``seconds``."""
        try:
            await asyncio.wait_for(self._published[user].wait(), seconds)
        except TimeoutError:
            return

    def expect_publish(self, user: str) -> None:
        self._published[user].clear()

    def close(self, opened: OpenView, *, every: bool) -> list[OpenView]:
        """Takes the view, or its whole stack, off the screen and answers what was closed, topmost first."""
        stack = self.stack(opened)
        closed = stack[::-1] if every else stack[stack.index(opened) :][::-1]
        for view in closed:
            del self._state.views[view.id]
        self._hub.tell([opened.user], {"type": "view_closed", "view_id": opened.id, "all": every})
        return closed

    def stack(self, opened: OpenView) -> list[OpenView]:
        return [view for view in self._state.views.values() if view.root_id == opened.root_id]

    def find_open(self, view_id: Any) -> OpenView | None:
        modal = self._state.views.get(str(view_id))
        return modal or next((home for home in self._state.homes.values() if home.id == view_id), None)

    def _definition(self, view: Any) -> Json:
        definition = checked_view(view, "modal")
        self._reserve_external_id(definition, None)
        return definition

    def _find(self, view_id: Any, external_id: Any) -> OpenView:
        found = self.find_open(view_id) if view_id else None
        if found is None and external_id:
            known = [*self._state.views.values(), *self._state.homes.values()]
            found = next((view for view in known if view.definition.get("external_id") == external_id), None)
        if found is None:
            raise SlackError("not_found")
        return found

    def _reserve_external_id(self, definition: Json, owner: OpenView | None) -> None:
        wanted = definition.get("external_id")
        known = [*self._state.views.values(), *self._state.homes.values()]
        if wanted and any(view is not owner and view.definition.get("external_id") == wanted for view in known):
            raise SlackError("duplicate_external_id")

    def _new(self, user: str, definition: Json, below: OpenView | None = None) -> OpenView:
        opened = OpenView(new_id("V"), user, "modal", definition, self._hash(), initial_state(definition["blocks"]))
        opened.root_id = below.root_id if below else opened.id
        opened.previous_id = below.id if below else None
        self._state.views[opened.id] = opened
        return opened

    def _hash(self) -> str:
        return f"{int(self._clock.now())}.{secrets.token_hex(4)}"

    def _tell(self, kind: str, opened: OpenView) -> None:
        self._hub.tell([opened.user], {"type": kind, "view": snapshot.page_view(self._state, opened)})
