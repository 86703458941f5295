"""Escalations: asked for by the agent, decided and revised by supervisors, questions answered."""

from __future__ import annotations

from slack_bolt.context.ack.async_ack import AsyncAck

from bot.domain.cases import Decision, Verdict
from bot.domain.desk import Dossier
from bot.domain.errors import ChatError
from bot.ports import Chat
from bot.services.decisions import DecisionService
from bot.services.escalations import EscalationService
from bot.services.preferences import Preferences
from bot.services.questions import QuestionService
from handlers import names
from handlers.blocks import guess
from handlers.blocks.escalation_forms import AnswerForm, RequestForm, TermsForm, decision_of, request_of
from handlers.blocks.memo import Memo
from handlers.blocks.words import Vocabulary
from handlers.payloads import Actor
from handlers.router import Router


class EscalationSurface:
    def __init__(
        self,
        escalations: EscalationService,
        decisions: DecisionService,
        questions: QuestionService,
        preferences: Preferences,
        chat: Chat,
        vocabulary: Vocabulary,
    ) -> None:
        self._escalations = escalations
        self._decisions = decisions
        self._questions = questions
        self._preferences = preferences
        self._chat = chat
        self._request = RequestForm(vocabulary)
        self._terms = TermsForm(vocabulary)
        self._answer = AnswerForm(vocabulary)

    def route(self, router: Router) -> None:
        router.command(names.ESCALATE_COMMAND, self._command)
        router.action(names.CASE_ESCALATE, self._escalate)
        router.action(names.ESCALATION_AGAIN, self._again)
        router.action(names.ESCALATION_WITHDRAW, self._withdraw)
        router.action(names.ESCALATION_APPROVE, self._approve)
        router.action(names.ESCALATION_DECLINE, self._decline)
        router.action(names.ESCALATION_COUNTER, self._counter)
        router.action(names.ESCALATION_CONFIRM, self._confirm)
        router.action(names.ESCALATION_REJECT, self._reject)
        router.action(names.ESCALATION_CHANGE, self._change)
        router.action(names.ESCALATION_TAKE_BACK, self._take_back)
        router.action(names.QUESTION_ANSWER, self._open_answer)
        router.form(names.REQUEST_FORM, self._requested)
        router.form(names.COUNTER_FORM, self._countered)
        router.form(names.CHANGE_FORM, self._changed)
        router.form(names.ANSWER_FORM, self._answered)

    # The agent

    async def _command(self, actor: Actor, reason: str) -> None:
        await self._open_request(actor, await self._escalations.prepare_here(actor.user, actor.spot), reason)

    async def _escalate(self, actor: Actor, case_id: str) -> None:
        await self._open_request(actor, await self._escalations.prepare(actor.user, actor.spot, case_id), "")

    async def _open_request(self, actor: Actor, dossier: Dossier | None, reason: str) -> None:
        if dossier is None:  # they were told why
            return
        memo, locale = Memo.about(dossier.record.id, actor.spot), await self._preferences.locale(actor.user)
        try:
            await self._chat.open_form(actor.trigger_id, self._request.view(dossier, memo, locale, reason=reason))
        except ChatError:
            if not reason:
                raise
            again = self._request.again(dossier.record.id, reason, locale)
            await self._chat.whisper(actor.user, actor.channel, again, thread_ts=actor.thread_ts)

    async def _again(self, actor: Actor, value: str) -> None:
        """The form did not open in time: it is asked for again, with what had been typed."""
        case_id, _, reason = value.partition("|")
        await self._open_request(actor, await self._escalations.prepare(actor.user, actor.spot, case_id), reason)

    async def _requested(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        locale = await self._preferences.locale(actor.user)
        errors = self._request.errors(inputs, locale)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        reason, request = request_of(inputs)
        objection = await self._escalations.objection(actor.user, memo.subject, request)
        if objection is not None:
            errors = self._request.objection(objection, request, locale)
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await self._escalations.open(actor.user, memo.spot, memo.subject, reason, request)

    async def _withdraw(self, actor: Actor, escalation_id: str) -> None:
        await self._escalations.withdraw(actor.user, actor.spot, escalation_id)

    async def _open_answer(self, actor: Actor, ts: str) -> None:
        question = await self._questions.unanswered(actor.user, ts)
        memo, locale = Memo.about(ts, actor.spot), await self._preferences.locale(actor.user)
        await self._chat.open_form(actor.trigger_id, self._answer.view(question, memo, locale))

    async def _answered(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        text = inputs.get("answer", "").strip()
        if not text:
            errors = self._answer.empty(await self._preferences.locale(actor.user))
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        await self._questions.answer(actor.user, memo.spot, memo.subject, text)

    # The supervisor

    async def _approve(self, actor: Actor, escalation_id: str) -> None:
        await self._decisions.decide(actor.user, actor.spot, escalation_id, Decision(Verdict.APPROVE))

    async def _decline(self, actor: Actor, escalation_id: str) -> None:
        await self._decisions.decide(actor.user, actor.spot, escalation_id, Decision(Verdict.DECLINE))

    async def _counter(self, actor: Actor, escalation_id: str) -> None:
        escalation = await self._decisions.pending(actor.user, actor.spot, escalation_id)
        if escalation is None:  # they were shown the decision that stands
            return
        memo, locale = Memo.about(escalation_id, actor.spot), await self._preferences.locale(actor.user)
        side = await self._decisions.side(escalation)
        await self._chat.open_form(actor.trigger_id, self._terms.counter(escalation, side, memo, locale))

    async def _countered(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        decision = await self._read_terms(ack, actor, inputs)
        if decision is not None:
            await self._decisions.decide(actor.user, memo.spot, memo.subject, decision)

    async def _confirm(self, actor: Actor, value: str) -> None:
        escalation_id, ts, offered = guess.read(value)
        if offered is not None:
            await self._decisions.confirm(actor.user, actor.spot, escalation_id, ts, offered)

    async def _reject(self, actor: Actor, value: str) -> None:
        escalation_id, ts, _ = guess.read(value)
        await self._decisions.reject(actor.user, actor.spot, escalation_id, ts)

    async def _change(self, actor: Actor, escalation_id: str) -> None:
        escalation = await self._decisions.revisable(actor.user, actor.spot, escalation_id)
        memo, locale = Memo.about(escalation_id, actor.spot), await self._preferences.locale(actor.user)
        side = await self._decisions.side(escalation)
        await self._chat.open_form(actor.trigger_id, self._terms.change(escalation, side, memo, locale))

    async def _changed(self, ack: AsyncAck, actor: Actor, memo: Memo, inputs: dict[str, str]) -> None:
        decision = await self._read_terms(ack, actor, inputs)
        if decision is not None:
            await self._decisions.revise(actor.user, memo.spot, memo.subject, decision)

    async def _take_back(self, actor: Actor, escalation_id: str) -> None:
        await self._decisions.take_back(actor.user, actor.spot, escalation_id)

    async def _read_terms(self, ack: AsyncAck, actor: Actor, inputs: dict[str, str]) -> Decision | None:
        """Acknowledges; None where the form has to be mended first."""
        locale = await self._preferences.locale(actor.user)
        errors = self._terms.errors(inputs, locale)
        decision = None if errors else decision_of(inputs)
        if decision is not None and decision.verdict is Verdict.COUNTER and not self._decisions.says_terms(decision):
            errors, decision = self._terms.no_terms(locale), None
        if errors:
            await ack(response_action="errors", errors=errors)
            return None
        await ack()
        return decision
