"""Slash commands: /draft, /escalate, /desk."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.services.desk import DeskService
from bot.services.drafts import DraftService
from bot.services.escalations import EscalationService
from handlers import names
from handlers.guard import Guard
from handlers.payloads import Actor, actor_of


class Commands:
    def __init__(self, guard: Guard, drafts: DraftService, escalations: EscalationService, desk: DeskService) -> None:
        self._guard = guard
        self._drafts = drafts
        self._escalations = escalations
        self._desk = desk
        self._routes = {
            names.DRAFT_COMMAND: self._draft,
            names.ESCALATE_COMMAND: self._escalate,
            names.DESK_COMMAND: self._desk_command,
        }

    def register(self, app: AsyncApp) -> None:
        app.command(re.compile("^/"))(self.on_command)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        actor = actor_of(body)
        async with self._guard.around(ack, actor, body["command"]):
            await ack()
            await self._routes[body["command"]](actor, (body.get("text") or "").strip())

    async def _draft(self, actor: Actor, words: str) -> None:
        await self._drafts.show(actor.user, actor.channel, words=words)

    async def _escalate(self, actor: Actor, reason: str) -> None:
        await self._escalations.open_in(actor.user, actor.channel, reason)

    async def _desk_command(self, actor: Actor, text: str) -> None:
        await self._desk.run(actor.user, actor.channel, text)
