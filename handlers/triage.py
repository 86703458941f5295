"""Sizing up a case: what is estimated changes the drafts at once."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.ports import Chat
from bot.services.desk import DeskService
from bot.services.drafts import DraftService
from bot.services.preferences import Preferences
from handlers import names
from handlers.blocks.memo import Memo
from handlers.blocks.triage import TriageForm, triage_of
from handlers.payloads import Actor
from handlers.router import Router


class TriageSurface:
    def __init__(
        self, desk: DeskService, drafts: DraftService, preferences: Preferences, chat: Chat, form: TriageForm
    ) -> None:
        self._desk = desk
        self._drafts = drafts
        self._preferences = preferences
        self._chat = chat
        self._form = form

    def route(self, router: Router) -> None:
        router.action(names.CASE_TRIAGE, self._open)
        router.form(names.TRIAGE_FORM, self._submit)

    async def _open(self, actor: Actor, case_id: str) -> None:
        dossier = await self._desk.for_triage(actor.user, case_id)
        locale = await self._preferences.locale(actor.user)
        view = self._form.view(dossier, Memo.about(case_id, actor.spot), locale)
        await self._chat.open_form(actor.trigger_id, view)

    async def _submit(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        errors = self._form.errors(inputs, await self._preferences.locale(actor.user))
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        triage, fault, checked = triage_of(inputs)
        await self._desk.set_triage(actor.user, memo.subject, triage, fault, history_checked=checked)
        if memo.channel:
            await self._drafts.follow(actor.user, memo.spot, memo.subject)
