"""Commands, shortcuts, buttons and forms by name: each acknowledged, inside the guard, and handed on in plain terms.

A surface tells the router which names are its own (``handlers/names.py``); Bolt gets one listener of each kind.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.errors import NotKnown, TooSlow
from bot.ports import Spot
from handlers.blocks.memo import Memo
from handlers.guard import Guard
from handlers.payloads import Actor, actor_of, first_action, first_field, inputs_of
from handlers.shapes import mapping, stamp, words

UNKNOWN = "unknown"
"""Stands in logs and figures for every name that the code does not know: others may send any number of them."""

OnWords = Callable[[Actor, str], Awaitable[None]]
"""Gets what was typed after a command, the value of a button, or the ts of a message."""
OnForm = Callable[[AsyncAck, Actor, Memo, dict[str, str]], Coroutine[Any, Any, None]]
"""Acknowledges by itself, because its acknowledgement can carry errors or the next view."""

ANSWER_SECONDS = 2.5
"""Slack waits three for what becomes of a form."""


class Surface(Protocol):
    """One feature of the desk."""

    def route(self, router: Router) -> None:
        """Names what it answers."""


class Router:
    def __init__(self, guard: Guard, greet: Callable[[str, Spot], Awaitable[None]]) -> None:
        """``greet`` is called after every command that could be carried out."""
        self._guard = guard
        self._greet = greet
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
        name, actor = words(body.get("command")), actor_of(body)
        run = self._commands.get(name)
        async with self._guard.around(ack, actor, name if run else UNKNOWN):
            await ack()
            if run is None:
                raise NotKnown(name)
            await run(actor, words(body.get("text")).strip())
            await self._greet(actor.user, actor.spot)

    async def on_action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Links and inputs report their clicks too, so a name that nobody answers is acknowledged and left."""
        actor = actor_of(body)
        name, value = first_action(body)
        run = self._actions.get(name)
        async with self._guard.around(ack, actor, name if run else UNKNOWN):
            await ack()
            if run is not None:
                await run(actor, value)

    async def on_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        view = mapping(body.get("view"))
        name, memo = words(view.get("callback_id")), Memo.read(words(view.get("private_metadata")))
        actor = Actor(actor_of(body).user, memo.channel, words(body.get("trigger_id")))
        run = self._forms.get(name)
        async with self._guard.around(ack, actor, name if run else UNKNOWN, field=first_field(view)):
            if run is None:
                raise NotKnown(name)
            await _in_time(ack, run(ack, actor, memo, inputs_of(body)))

    async def on_shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        name, actor = words(body.get("callback_id")), actor_of(body)
        run = self._shortcuts.get(name)
        async with self._guard.around(ack, actor, name if run else UNKNOWN):
            await ack()
            if run is None:
                raise NotKnown(name)
            await run(actor, stamp(mapping(body.get("message")).get("ts")))


async def _in_time(ack: AsyncAck, answering: Coroutine[Any, Any, None]) -> None:
    """Gives up on a form that is not answered in time; after its answer, what follows may take as long as it does.

    Nothing is done before the answer, so the person can press again.
    """
    work = asyncio.ensure_future(answering)
    try:
        await asyncio.wait({work}, timeout=ANSWER_SECONDS)
        if not work.done() and ack.response is None:
            raise TooSlow
        await work
    finally:
        work.cancel()
