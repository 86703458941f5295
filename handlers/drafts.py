"""Drafts: asked for by command, shortcut or button; one is taken, edited and sent."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.lint.model import Level
from bot.ports import Chat
from bot.services.drafts import DraftService
from bot.services.preferences import Preferences
from handlers import names
from handlers.blocks.forms import Forms
from handlers.blocks.memo import Memo
from handlers.payloads import Actor
from handlers.router import Router


class DraftSurface:
    def __init__(self, drafts: DraftService, preferences: Preferences, chat: Chat, forms: Forms) -> None:
        self._drafts = drafts
        self._preferences = preferences
        self._chat = chat
        self._forms = forms

    def route(self, router: Router) -> None:
        router.command(names.DRAFT_COMMAND, self._command)
        router.shortcut(names.DRAFT_SHORTCUT, self._shortcut)
        router.action(names.CASE_DRAFT, self._draft)
        router.action(names.DRAFT_USE, self._use)
        router.form(names.SEND_FORM, self._send)

    async def _command(self, actor: Actor, words: str) -> None:
        await self._drafts.show(actor.user, actor.channel, words=words)

    async def _shortcut(self, actor: Actor, ts: str) -> None:
        await self._drafts.show(actor.user, actor.channel, ts=ts)

    async def _draft(self, actor: Actor, case_id: str) -> None:
        await self._drafts.show_case(actor.user, actor.channel, case_id)

    async def _use(self, actor: Actor, draft_id: str) -> None:
        draft = await self._drafts.get(actor.user, draft_id)
        locale = await self._preferences.locale(actor.user)
        await self._chat.open_form(actor.trigger_id, self._forms.send(draft, locale))

    async def _send(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        """Blocking findings come back at the field; warnings ask once; then the reply goes out."""
        text = inputs.get("text", "").strip()
        locale = await self._preferences.locale(actor.user)
        if not text:
            await ack(response_action="errors", errors={"text": self._forms.say("form.send.empty", locale)})
            return
        findings = await self._drafts.review(actor.user, memo.subject, text)
        if any(finding.severity is Level.BLOCK for finding in findings):
            await ack(response_action="errors", errors={"text": self._forms.objection(findings, locale)})
        elif findings and not memo.confirmed:
            draft = await self._drafts.get(actor.user, memo.subject)
            await ack(response_action="update", view=self._forms.send(draft, locale, text=text, warnings=findings))
        else:
            await ack()
            await self._drafts.send(actor.user, memo.subject, text)
