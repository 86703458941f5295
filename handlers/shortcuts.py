"""Message shortcuts: what slash commands cannot do inside a thread."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.services.drafts import DraftService
from handlers import names
from handlers.guard import Guard
from handlers.payloads import actor_of


class Shortcuts:
    def __init__(self, guard: Guard, drafts: DraftService) -> None:
        self._guard = guard
        self._drafts = drafts

    def register(self, app: AsyncApp) -> None:
        app.shortcut(names.DRAFT_SHORTCUT)(self.on_draft_reply)

    async def on_draft_reply(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        actor = actor_of(body)
        async with self._guard.around(ack, actor, names.DRAFT_SHORTCUT):
            await ack()
            await self._drafts.show(actor.user, actor.channel, ts=body["message"]["ts"])
