"""Escalations: asked for by command or button, decided by button."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.cases import Verdict
from bot.ports import Chat
from bot.services.escalations import EscalationService
from bot.services.preferences import Preferences
from handlers import names
from handlers.blocks.forms import Forms
from handlers.blocks.memo import Memo
from handlers.payloads import Actor
from handlers.router import Router


class EscalationSurface:
    def __init__(self, escalations: EscalationService, preferences: Preferences, chat: Chat, forms: Forms) -> None:
        self._escalations = escalations
        self._preferences = preferences
        self._chat = chat
        self._forms = forms

    def route(self, router: Router) -> None:
        router.command(names.ESCALATE_COMMAND, self._command)
        router.action(names.CASE_ESCALATE, self._escalate)
        router.action(names.ESCALATION_APPROVE, self._approve)
        router.action(names.ESCALATION_DECLINE, self._decline)
        router.action(names.ESCALATION_COUNTER, self._counter)
        router.form(names.COUNTER_FORM, self._terms)

    async def _command(self, actor: Actor, reason: str) -> None:
        await self._escalations.open_in(actor.user, actor.channel, reason)

    async def _escalate(self, actor: Actor, case_id: str) -> None:
        await self._escalations.open_and_tell(actor.user, actor.channel, case_id, "")

    async def _approve(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.decide(actor.user, actor.channel, escalation_id, Verdict.APPROVE)

    async def _decline(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.decide(actor.user, actor.channel, escalation_id, Verdict.DECLINE)

    async def _counter(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.require_open(actor.user, actor.channel, escalation_id)
        locale = await self._preferences.locale(actor.user)
        await self._chat.open_form(actor.trigger_id, self._forms.counter(escalation_id, actor.channel, locale))

    async def _terms(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        terms = inputs.get("terms", "")
        if not self._escalations.are_terms(terms):
            locale = await self._preferences.locale(actor.user)
            await ack(response_action="errors", errors={"terms": self._forms.say("form.counter.no_terms", locale)})
            return
        await ack()
        await self._escalations.decide(actor.user, memo.channel, memo.subject, Verdict.COUNTER, terms)
