"""Drafts: asked for by command, shortcut or button, worked over by buttons; one is taken, edited and sent."""

from __future__ import annotations

from dataclasses import replace

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.ports import Chat
from bot.services.drafts import DraftService
from bot.services.preferences import Preferences
from bot.services.replies import ReplyService
from handlers import names
from handlers.blocks.memo import Memo
from handlers.blocks.sending import SendForm
from handlers.payloads import Actor
from handlers.router import Router


class DraftSurface:
    def __init__(
        self, drafts: DraftService, replies: ReplyService, preferences: Preferences, chat: Chat, form: SendForm
    ) -> None:
        self._drafts = drafts
        self._replies = replies
        self._preferences = preferences
        self._chat = chat
        self._form = form

    def route(self, router: Router) -> None:
        router.command(names.DRAFT_COMMAND, self._command)
        router.shortcut(names.DRAFT_SHORTCUT, self._shortcut)
        router.action(names.CASE_DRAFT, self._draft)
        router.action(names.DRAFT_AGAIN, self._again)
        router.action(names.DRAFT_SHORTER, self._shorter)
        router.action(names.DRAFT_SCRIPT, self._script)
        router.action(names.DRAFT_UNFOLD, self._unfold)
        router.action(names.DRAFT_FOLD, self._fold)
        router.action(names.DRAFT_KEEP, self._keep)
        router.action(names.DRAFT_USE, self._use)
        router.form(names.SEND_FORM, self._send)

    async def _command(self, actor: Actor, words: str) -> None:
        await self._drafts.show(actor.user, actor.spot, words=words)

    async def _shortcut(self, actor: Actor, ts: str) -> None:
        await self._drafts.show(actor.user, actor.spot, ts=ts)

    async def _draft(self, actor: Actor, case_id: str) -> None:
        await self._drafts.show_case(actor.user, actor.spot, case_id)

    async def _again(self, actor: Actor, sheet: str) -> None:
        await self._drafts.say_differently(actor.user, actor.spot, sheet)

    async def _shorter(self, actor: Actor, sheet: str) -> None:
        await self._drafts.shorten(actor.user, actor.spot, sheet)

    async def _script(self, actor: Actor, sheet: str) -> None:
        await self._drafts.change_script(actor.user, actor.spot, sheet)

    async def _unfold(self, actor: Actor, sheet: str) -> None:
        await self._drafts.unfold(actor.user, actor.spot, sheet, unfolded=True)

    async def _fold(self, actor: Actor, sheet: str) -> None:
        await self._drafts.unfold(actor.user, actor.spot, sheet, unfolded=False)

    async def _keep(self, actor: Actor, sheet: str) -> None:
        await self._drafts.keep(actor.user, actor.spot, sheet)

    async def _use(self, actor: Actor, draft_id: str) -> None:
        draft = await self._replies.take(actor.user, draft_id)
        locale = await self._preferences.locale(actor.user)
        view = self._form.view(draft, Memo.about(draft_id, actor.spot), locale)
        await self._chat.open_form(actor.trigger_id, view)

    async def _send(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        """Blocking findings come back at the field; warnings ask once; then the reply goes out."""
        text = inputs.get("text", "").strip()
        locale = await self._preferences.locale(actor.user)
        if not text:
            await ack(response_action="errors", errors=self._form.empty(locale))
            return
        findings = await self._replies.review(actor.user, memo.subject, text)
        objection = self._form.objection(findings, locale)
        if objection:
            await ack(response_action="errors", errors=objection)
        elif findings and not memo.confirmed:
            draft = await self._replies.take(actor.user, memo.subject)
            asked = replace(memo, confirmed=True)
            view = self._form.view(draft, asked, locale, text=text, warnings=findings)
            await ack(response_action="update", view=view)
        else:
            await ack()
            await self._replies.send(actor.user, memo.subject, text, memo.spot)
