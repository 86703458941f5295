"""What people write into an escalation's thread: decisions, questions, answers, and talk among themselves."""

from __future__ import annotations

from bot.domain.desk import Heard, Role
from bot.domain.verdicts.model import VerdictKind
from bot.domain.verdicts.reader import read_verdict
from bot.services.decisions import DecisionService
from bot.services.escalation_thread import EscalationThread
from bot.services.knowledge import LiveKnowledge
from bot.services.people import People
from bot.services.questions import QuestionService


class EscalationTalk:
    def __init__(
        self,
        thread: EscalationThread,
        decisions: DecisionService,
        questions: QuestionService,
        people: People,
        knowledge: LiveKnowledge,
    ) -> None:
        self._thread = thread
        self._decisions = decisions
        self._questions = questions
        self._people = people
        self._knowledge = knowledge

    async def hear(self, heard: Heard) -> None:
        """Only supervisors decide and ask; what was asked of somebody, their next words there answer. Repeatable."""
        roles = await self._people.roles(heard.user)
        if not roles & {Role.AGENT, Role.SUPERVISOR}:
            return
        escalation = await self._thread.of(heard)
        if escalation is None:
            return
        reading = read_verdict(heard.text, self._knowledge.current.verdicts)
        decides = Role.SUPERVISOR in roles and reading.verdict.decided
        if Role.SUPERVISOR not in roles or (not decides and await self._questions.waits_for(escalation, heard.user)):
            await self._questions.hear(escalation, heard)
        elif reading.verdict is VerdictKind.QUESTION:
            await self._questions.pass_on(escalation, heard)
        else:
            await self._decisions.hear(escalation, heard, reading)
