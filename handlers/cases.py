"""The case on its card: sizing it up, and whose account it is."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.ports import Chat
from bot.services.desk import DeskService
from bot.services.drafts import DraftService
from bot.services.preferences import Preferences
from handlers import names
from handlers.blocks.forms import Forms, triage_of
from handlers.blocks.memo import Memo
from handlers.payloads import Actor
from handlers.router import Router


class CaseSurface:
    def __init__(
        self, desk: DeskService, drafts: DraftService, preferences: Preferences, chat: Chat, forms: Forms
    ) -> None:
        self._desk = desk
        self._drafts = drafts
        self._preferences = preferences
        self._chat = chat
        self._forms = forms

    def route(self, router: Router) -> None:
        router.action(names.CASE_TRIAGE, self._triage)
        router.action(names.CASE_CUSTOMER, self._choose_customer)
        router.form(names.TRIAGE_FORM, self._triaged)

    async def _triage(self, actor: Actor, case_id: str) -> None:
        dossier = await self._desk.for_triage(actor.user, case_id)
        locale = await self._preferences.locale(actor.user)
        await self._chat.open_form(actor.trigger_id, self._forms.triage(dossier, actor.channel, locale))

    async def _choose_customer(self, actor: Actor, value: str) -> None:
        case_id, _, customer_id = value.partition("|")
        await self._desk.choose_customer(actor.user, case_id, customer_id)

    async def _triaged(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        errors = self._forms.triage_errors(inputs, await self._preferences.locale(actor.user))
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        triage, fault, checked = triage_of(inputs)
        await self._desk.set_triage(actor.user, memo.subject, triage, fault, history_checked=checked)
        if memo.channel:
            await self._drafts.show_case(actor.user, memo.channel, memo.subject)
