"""Commands, shortcuts, buttons and forms by name: each acknowledged, inside the guard, and handed on in plain terms.

A surface tells the router which names are its own (``handlers/names.py``); Bolt gets one listener of each kind.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.blocks.memo import Memo
from handlers.guard import Guard
from handlers.payloads import Actor, actor_of, first_action, inputs_of

OnWords = Callable[[Actor, str], Awaitable[None]]
"""Gets what was typed after a command, the value of a button, or the ts of a message."""
OnForm = Callable[[AsyncAck, Actor, Memo, dict[str, str]], Awaitable[None]]
"""Acknowledges by itself, because its acknowledgement can carry errors or the next view."""


class Surface(Protocol):
    """One feature of the desk."""

    def route(self, router: Router) -> None:
        """Names what it answers."""


class Router:
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._commands: dict[str, OnWords] = {}
        self._shortcuts: dict[str, OnWords] = {}
        self._actions: dict[str, OnWords] = {}
        self._forms: dict[str, OnForm] = {}

    def command(self, name: str, run: OnWords) -> None:
        self._commands[name] = run

    def shortcut(self, name: str, run: OnWords) -> None:
        self._shortcuts[name] = run

    def action(self, name: str, run: OnWords) -> None:
        self._actions[name] = run

    def form(self, name: str, run: OnForm) -> None:
        self._forms[name] = run

    def register(self, app: AsyncApp) -> None:
        """In the order of how often they come: Bolt tries its listeners one after the other."""
        app.command(re.compile("^/"))(self.on_command)
        app.action(re.compile("."))(self.on_action)
        app.view(re.compile("."))(self.on_form)
        app.shortcut(re.compile("."))(self.on_shortcut)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        name, actor = body["command"], actor_of(body)
        async with self._guard.around(ack, actor, name):
            await ack()
            await self._commands[name](actor, (body.get("text") or "").strip())

    async def on_action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        actor = actor_of(body)
        name, value = first_action(body)
        async with self._guard.around(ack, actor, name):
            await ack()
            run = self._actions.get(name)
            if run is not None:  # links and inputs report their clicks too
                await run(actor, value)

    async def on_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        memo = Memo.read(view["private_metadata"])
        actor = Actor(actor_of(body).user, memo.channel, body.get("trigger_id", ""))
        async with self._guard.around(ack, actor, view["callback_id"]):
            await self._forms[view["callback_id"]](ack, actor, memo, inputs_of(body))

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        name, actor = body["callback_id"], actor_of(body)
        async with self._guard.around(ack, actor, name):
            await ack()
            await self._shortcuts[name](actor, body["message"]["ts"])
