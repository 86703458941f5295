"""Buttons and selects, on cards, drafts and escalations."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.cases import Verdict
from bot.domain.desk import Locale
from bot.domain.letters.model import LetterKind
from bot.ports import Chat
from bot.services.desk import DeskService
from bot.services.drafts import DraftService
from bot.services.escalations import EscalationService
from bot.services.letters import LetterService
from handlers import names
from handlers.blocks.forms import Forms
from handlers.guard import Guard
from handlers.payloads import Actor, actor_of, first_action


class Actions:
    def __init__(
        self,
        guard: Guard,
        chat: Chat,
        drafts: DraftService,
        escalations: EscalationService,
        desk: DeskService,
        letters: LetterService,
        forms: Forms,
    ) -> None:
        self._guard = guard
        self._chat = chat
        self._drafts = drafts
        self._escalations = escalations
        self._desk = desk
        self._letters = letters
        self._forms = forms
        self._routes = {
            names.DRAFT_USE: self._use,
            names.CASE_DRAFT: self._draft,
            names.CASE_TRIAGE: self._triage,
            names.CASE_ESCALATE: self._escalate,
            names.CASE_CUSTOMER: self._choose_customer,
            names.LETTER_FORMAL: self._formal,
            names.LETTER_MEMO: self._memo,
            names.LETTER_EXECUTIVE: self._executive,
            names.ESCALATION_APPROVE: self._approve,
            names.ESCALATION_DECLINE: self._decline,
            names.ESCALATION_COUNTER: self._counter,
        }

    def register(self, app: AsyncApp) -> None:
        app.action(re.compile("."))(self.on_action)

    async def on_action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        actor = actor_of(body)
        name, value = first_action(body)
        async with self._guard.around(ack, actor, name):
            await ack()
            route = self._routes.get(name)
            if route is not None:  # links and inputs report their clicks too
                await route(actor, value)

    async def _use(self, actor: Actor, draft_id: str) -> None:
        draft = await self._drafts.get(actor.user, draft_id)
        locale = await self._locale(actor)
        await self._chat.open_form(actor.trigger_id, self._forms.send(draft, locale))

    async def _draft(self, actor: Actor, case_id: str) -> None:
        await self._drafts.show_case(actor.user, actor.channel, case_id)

    async def _triage(self, actor: Actor, case_id: str) -> None:
        dossier = await self._desk.for_triage(actor.user, case_id)
        locale = await self._locale(actor)
        await self._chat.open_form(actor.trigger_id, self._forms.triage(dossier, actor.channel, locale))

    async def _escalate(self, actor: Actor, case_id: str) -> None:
        await self._escalations.open_and_tell(actor.user, actor.channel, case_id, "")

    async def _choose_customer(self, actor: Actor, value: str) -> None:
        case_id, _, customer_id = value.partition("|")
        await self._desk.choose_customer(actor.user, case_id, customer_id)

    async def _formal(self, actor: Actor, case_id: str) -> None:
        await self._letters.send_formal(actor.user, actor.channel, case_id)

    async def _memo(self, actor: Actor, case_id: str) -> None:
        await self._letters.show(actor.user, actor.channel, case_id, LetterKind.MEMO, LetterKind.STATUS)

    async def _executive(self, actor: Actor, case_id: str) -> None:
        await self._letters.show(actor.user, actor.channel, case_id, LetterKind.EXECUTIVE, LetterKind.FACE_SAVING)

    async def _approve(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.decide(actor.user, actor.channel, escalation_id, Verdict.APPROVE)

    async def _decline(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.decide(actor.user, actor.channel, escalation_id, Verdict.DECLINE)

    async def _counter(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.require_open(actor.user, actor.channel, escalation_id)
        locale = await self._locale(actor)
        await self._chat.open_form(actor.trigger_id, self._forms.counter(escalation_id, actor.channel, locale))

    async def _locale(self, actor: Actor) -> Locale:
        return Locale.of((await self._chat.person(actor.user)).locale)
