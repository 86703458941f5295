"""Opportunities: followed up, put off or ruled out by sales, and let go by a supervisor."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.renewals import Later
from bot.ports import Chat
from bot.services.preferences import Preferences
from bot.services.sales import SalesService
from handlers import names
from handlers.blocks.memo import Memo
from handlers.blocks.sales_forms import SalesForms
from handlers.blocks.words import Vocabulary
from handlers.payloads import Actor
from handlers.router import Router


class SalesSurface:
    def __init__(self, sales: SalesService, preferences: Preferences, chat: Chat, vocabulary: Vocabulary) -> None:
        self._sales = sales
        self._preferences = preferences
        self._chat = chat
        self._forms = SalesForms(vocabulary)

    def route(self, router: Router) -> None:
        router.action(names.SALES_TAKE, self._take)
        router.action(names.SALES_LATER, self._later)
        router.action(names.SALES_UNSUITABLE, self._unsuitable)
        router.action(names.SALES_WON, self._won)
        router.action(names.SALES_LOST, self._lost)
        router.action(names.SALES_CLEAR, self._clear)
        router.form(names.SALES_LATER_FORM, self._put_off)
        router.form(names.SALES_UNSUITABLE_FORM, self._ruled_out)
        router.form(names.SALES_LOST_FORM, self._was_lost)

    async def _take(self, actor: Actor, case_id: str) -> None:
        await self._sales.take(actor.user, actor.spot, case_id)

    async def _won(self, actor: Actor, case_id: str) -> None:
        await self._sales.win(actor.user, actor.spot, case_id)

    async def _clear(self, actor: Actor, case_id: str) -> None:
        await self._sales.clear(actor.user, actor.spot, case_id)

    async def _later(self, actor: Actor, case_id: str) -> None:
        if await self._sales.movable(actor.user, actor.spot, case_id, contact=True):
            locale = await self._preferences.locale(actor.user)
            view = self._forms.later(Memo.about(case_id, actor.spot), locale)
            await self._chat.open_form(actor.trigger_id, view)

    async def _unsuitable(self, actor: Actor, case_id: str) -> None:
        if await self._sales.movable(actor.user, actor.spot, case_id, contact=False):
            await self._ask_why(actor, case_id, names.SALES_UNSUITABLE_FORM)

    async def _lost(self, actor: Actor, case_id: str) -> None:
        if await self._sales.movable(actor.user, actor.spot, case_id, contact=False):
            await self._ask_why(actor, case_id, names.SALES_LOST_FORM)

    async def _ask_why(self, actor: Actor, case_id: str, form: str) -> None:
        locale = await self._preferences.locale(actor.user)
        view = self._forms.why(form, Memo.about(case_id, actor.spot), locale)
        await self._chat.open_form(actor.trigger_id, view)

    async def _put_off(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        chosen = inputs.get("later")
        if chosen not in set(Later):
            errors = self._forms.not_chosen(await self._preferences.locale(actor.user))
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await self._sales.put_off(actor.user, memo.spot, memo.subject, Later(chosen))

    async def _ruled_out(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        why = await self._reason(ack, actor, inputs)
        if why:
            await self._sales.rule_out(actor.user, memo.spot, memo.subject, why)

    async def _was_lost(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        why = await self._reason(ack, actor, inputs)
        if why:
            await self._sales.lose(actor.user, memo.spot, memo.subject, why)

    async def _reason(self, ack: AsyncAck, actor: Actor, inputs: dict[str, str]) -> str:
        """Acknowledges; empty where there is none, which the form says."""
        why = inputs.get("why", "").strip()
        if why:
            await ack()
        else:
            errors = self._forms.empty(await self._preferences.locale(actor.user))
            await ack(response_action="errors", errors=errors)
        return why
