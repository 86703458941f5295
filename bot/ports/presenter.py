"""What happened, as messages and forms of the chat platform."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from bot.domain.cases import Decision
from bot.domain.desk import Dossier, DraftRecord, Locale, Role
from bot.domain.drafting.model import DraftSet
from bot.domain.escalations import EscalationRecord, QuestionRecord, Waypoints
from bot.domain.home import Home
from bot.domain.letters.model import Letter
from bot.domain.lint.model import Finding
from bot.domain.opportunities import OpportunityRecord
from bot.ports.chat import Content


class Presenter(Protocol):
    """Turns what happened into messages and forms of the chat platform. Pure."""

    def drafts(
        self,
        dossier: Dossier,
        found: DraftSet,
        records: Sequence[DraftRecord],
        locale: Locale,
        *,
        unfolded: bool = False,
        shortest: bool = False,
    ) -> Content:
        """``unfolded``: with the sources. ``shortest``: fewer words were asked for and there are none."""

    def escalation(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        drafts: DraftSet | None,
        waypoints: Waypoints,
        supervisors: Sequence[str],
    ) -> Content:
        """The root of an escalation's thread, as it stands."""

    def escalated(
        self, record: EscalationRecord, link: str | None, locale: Locale, *, again: bool, mine: bool
    ) -> Content:
        """Where an escalation is, for who asked. ``again``: it was there before; ``mine``: they may take it back."""

    def transcript(self, dossier: Dossier, locale: Locale) -> Content:
        """The conversation word for word, for the people who are asked (rule 80)."""

    def decided(self, record: EscalationRecord, locale: Locale, *, revisable: bool) -> Content:
        """``revisable``: with the ways to change it."""

    def decided_before(self, record: EscalationRecord, locale: Locale) -> Content:
        """A second decision is refused, showing the first."""

    def taken_back(self, record: EscalationRecord, locale: Locale) -> Content:
        """The last decision counts no more, and the question is open again."""

    def overruled(self, record: EscalationRecord, locale: Locale) -> Content:
        """Stands where the decision of ``record`` was told, once it counts no more."""

    def unclear(self, record: EscalationRecord, ts: str, offered: Decision | None, locale: Locale) -> Content:
        """Asks a supervisor whether the words at ``ts`` meant ``offered``, or which decision was meant."""

    def verdict(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        found: DraftSet,
        records: Sequence[DraftRecord],
        link: str | None,
        locale: Locale,
    ) -> Content:
        """What was decided and two drafts that follow it; ``link`` leads to the customer."""

    def question(self, record: QuestionRecord, link: str | None, locale: Locale) -> Content:
        """A supervisor's question, as the agent gets it, with the way to answer it or with the answer."""

    def answer(self, record: QuestionRecord, locale: Locale) -> Content:
        """The agent's answer, for the thread; it names who asked."""

    def opportunity(self, dossier: Dossier, record: OpportunityRecord, people: Sequence[str]) -> Content: ...

    def sales_note(self, dossier: Dossier, record: OpportunityRecord, locale: Locale) -> Content:
        """In an escalation's thread: sales waits for a supervisor's word, or has it."""

    def sales_held(self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale) -> Content: ...

    def sales_cleared(
        self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale
    ) -> Content: ...

    def sales_reminder(self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale) -> Content:
        """All of it in its text."""

    def sales_refused(self, record: OpportunityRecord, key: str, locale: Locale) -> Content:
        """The text of ``key``, with how the opportunity stands."""

    def letter_note(self, dossier: Dossier, letter: Letter, memo: Letter | None, locale: Locale) -> Content:
        """What stands beside the files of a formal reply; all of it in its text."""

    def letter_call(self, dossier: Dossier, minutes: int, locale: Locale) -> Content:
        """Reminds the agent to call, ``minutes`` after the reply was handed over (rule 58); all in its text."""

    def letters(self, written: Sequence[Letter], locale: Locale) -> Content:
        """Texts for other readers, to be copied."""

    def home(self, page: Home, locale: Locale) -> dict[str, object]: ...

    def greeting(self, roles: Collection[Role], locale: Locale) -> Content:
        """Three lines on what this is."""

    def help(self, roles: Collection[Role], locale: Locale) -> Content:
        """What the desk does for people of these roles."""

    def hint(self, findings: Sequence[Finding], locale: Locale) -> Content:
        """For the writer of a message alone: what in it does harm, why, and what to say instead."""

    def reply(self, text: str) -> Content:
        """What an agent sends to a customer: their words and nothing else."""

    def unsent(self, text: str, locale: Locale, *, surely: bool) -> Content:
        """An agent's words that could not be sent, given back to them."""

    def notice(
        self, key: str, locale: Locale, params: Mapping[str, object] | None = None, *, fallback: str | None = None
    ) -> Content:
        """A plain text from the interface texts, filled with ``params``; ``fallback`` where ``key`` has none."""
