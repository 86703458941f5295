"""Submitted forms."""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.cases import Verdict
from bot.domain.desk import Locale
from bot.domain.lint.model import Level
from bot.ports import Chat
from bot.services.desk import DeskService
from bot.services.drafts import DraftService
from bot.services.escalations import EscalationService
from handlers import names
from handlers.blocks.forms import Forms, Memo, triage_of
from handlers.guard import Guard
from handlers.payloads import Actor, actor_of, inputs_of


class Views:
    def __init__(
        self,
        guard: Guard,
        chat: Chat,
        drafts: DraftService,
        escalations: EscalationService,
        desk: DeskService,
        forms: Forms,
    ) -> None:
        self._guard = guard
        self._chat = chat
        self._drafts = drafts
        self._escalations = escalations
        self._desk = desk
        self._forms = forms
        self._routes = {
            names.SEND_FORM: self._send,
            names.TRIAGE_FORM: self._triage,
            names.COUNTER_FORM: self._counter,
        }

    def register(self, app: AsyncApp) -> None:
        app.view(re.compile("."))(self.on_submit)

    async def on_submit(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        view = body["view"]
        memo = Memo.read(view["private_metadata"])
        actor = Actor(actor_of(body).user, memo.channel, body.get("trigger_id", ""))
        async with self._guard.around(ack, actor, view["callback_id"]):
            await self._routes[view["callback_id"]](ack, actor, memo, inputs_of(body))

    async def _send(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        """Blocking findings come back at the field; warnings ask once; then the reply goes out."""
        text = inputs.get("text", "").strip()
        if not text:
            locale = await self._locale(actor)
            await ack(response_action="errors", errors={"text": self._forms.say("form.send.empty", locale)})
            return
        findings = await self._drafts.review(actor.user, memo.subject, text)
        locale = await self._locale(actor)
        if any(finding.severity is Level.BLOCK for finding in findings):
            await ack(response_action="errors", errors={"text": self._forms.objection(findings, locale)})
        elif findings and not memo.confirmed:
            draft = await self._drafts.get(actor.user, memo.subject)
            await ack(response_action="update", view=self._forms.send(draft, locale, text=text, warnings=findings))
        else:
            await ack()
            await self._drafts.send(actor.user, memo.subject, text)

    async def _triage(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        locale = await self._locale(actor)
        errors = self._forms.triage_errors(inputs, locale)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        triage, fault, checked = triage_of(inputs)
        await self._desk.set_triage(actor.user, memo.subject, triage, fault, history_checked=checked)
        if memo.channel:
            await self._drafts.show_case(actor.user, memo.channel, memo.subject)

    async def _counter(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        terms = inputs.get("terms", "")
        if not self._escalations.are_terms(terms):
            locale = await self._locale(actor)
            await ack(response_action="errors", errors={"terms": self._forms.say("form.counter.no_terms", locale)})
            return
        await ack()
        await self._escalations.decide(actor.user, memo.channel, memo.subject, Verdict.COUNTER, terms)

    async def _locale(self, actor: Actor) -> Locale:
        return Locale.of((await self._chat.person(actor.user)).locale)
