"""The presenter of the core's port, in Block Kit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.cases import Decision
from bot.domain.desk import Dossier, DraftRecord, Locale, Role
from bot.domain.drafting.model import DraftSet
from bot.domain.errors import ChatUnreachable, NotAllowed
from bot.domain.escalations import EscalationRecord, QuestionRecord, Waypoints
from bot.domain.home import Home
from bot.domain.letters.model import Letter
from bot.domain.lint.model import Finding
from bot.domain.opportunities import OpportunityRecord
from bot.ports import Content
from bot.services.knowledge import LiveKnowledge
from handlers.blocks import decision, drafts, escalation, guide, hints, home, kit, letters, question, sales
from handlers.blocks.words import Words

OUTSIDERS_MAY_READ = frozenset({NotAllowed.key, ChatUnreachable.key})
"""Notices that say nothing of ours."""


class BlockPresenter:
    """Conforms to ``bot.ports.Presenter``. What several people read is in the written form of the customer's side."""

    def __init__(self, knowledge: LiveKnowledge) -> None:
        self._knowledge = knowledge

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
        return drafts.drafts(dossier, found, records, self._words(locale), unfolded=unfolded, shortest=shortest)

    def escalation(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        drafts: DraftSet | None,
        waypoints: Waypoints,
        supervisors: Sequence[str],
    ) -> Content:
        return escalation.root(
            dossier, record, drafts, waypoints, supervisors, self._words(Locale.of_case(dossier.record.variant))
        )

    def escalated(
        self, record: EscalationRecord, link: str | None, locale: Locale, *, again: bool, mine: bool
    ) -> Content:
        return escalation.escalated(record, link, self._words(locale), again=again, mine=mine)

    def transcript(self, dossier: Dossier, locale: Locale) -> Content:
        return escalation.transcript(dossier, self._words(locale))

    def decided(self, record: EscalationRecord, locale: Locale, *, revisable: bool) -> Content:
        return decision.decided(record, self._words(locale), revisable=revisable)

    def decided_before(self, record: EscalationRecord, locale: Locale) -> Content:
        return decision.decided_before(record, self._words(locale))

    def taken_back(self, record: EscalationRecord, locale: Locale) -> Content:
        return decision.taken_back(record, self._words(locale))

    def overruled(self, record: EscalationRecord, locale: Locale) -> Content:
        return decision.overruled(record, self._words(locale))

    def unclear(self, record: EscalationRecord, ts: str, offered: Decision | None, locale: Locale) -> Content:
        return decision.unclear(record, ts, offered, self._words(locale))

    def verdict(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        found: DraftSet,
        records: Sequence[DraftRecord],
        link: str | None,
        locale: Locale,
    ) -> Content:
        return decision.verdict(dossier, record, found, records, link, self._words(locale))

    def question(self, record: QuestionRecord, link: str | None, locale: Locale) -> Content:
        return question.question(record, link, self._words(locale))

    def answer(self, record: QuestionRecord, locale: Locale) -> Content:
        return question.answer(record, self._words(locale))

    def opportunity(self, dossier: Dossier, record: OpportunityRecord, people: Sequence[str]) -> Content:
        return sales.opportunity(dossier, record, people, self._words(Locale.of_case(dossier.record.variant)))

    def sales_note(self, dossier: Dossier, record: OpportunityRecord, locale: Locale) -> Content:
        return sales.note(dossier, record, self._words(locale))

    def sales_held(self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale) -> Content:
        return sales.held(dossier, record, link, self._words(locale))

    def sales_cleared(self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale) -> Content:
        return sales.cleared(dossier, record, link, self._words(locale))

    def sales_reminder(self, dossier: Dossier, record: OpportunityRecord, link: str | None, locale: Locale) -> Content:
        return sales.reminder(dossier, record, link, self._words(locale))

    def sales_refused(self, record: OpportunityRecord, key: str, locale: Locale) -> Content:
        return sales.refused(record, key, self._words(locale))

    def letter_note(self, dossier: Dossier, letter: Letter, memo: Letter | None, locale: Locale) -> Content:
        return letters.note(dossier, letter, memo, self._words(locale))

    def letter_call(self, dossier: Dossier, minutes: int, locale: Locale) -> Content:
        return letters.call(dossier, minutes, self._words(locale))

    def letters(self, written: Sequence[Letter], locale: Locale) -> Content:
        return letters.texts(written, self._words(locale))

    def home(self, page: Home, locale: Locale) -> dict[str, object]:
        return home.home(page, self._words(locale))

    def greeting(self, roles: Collection[Role], locale: Locale) -> Content:
        text = guide.greeting(roles, self._words(locale))
        return Content(text, (kit.section(text),))

    def help(self, roles: Collection[Role], locale: Locale) -> Content:
        return guide.content(roles, self._words(locale))

    def hint(self, findings: Sequence[Finding], locale: Locale) -> Content:
        return hints.hint(findings, self._words(locale))

    def reply(self, text: str) -> Content:
        """Escaped, because an agent who types ``<!channel>`` means the characters."""
        return Content(kit.escape(text), public=True)

    def unsent(self, text: str, locale: Locale, *, surely: bool) -> Content:
        notice = self._words(locale)("draft.unsent" if surely else "draft.unsure")
        return Content(notice, (kit.section(notice), kit.words(text)))

    def notice(
        self, key: str, locale: Locale, params: Mapping[str, object] | None = None, *, fallback: str | None = None
    ) -> Content:
        words = self._words(locale)
        shown = {
            name: words.clock(value) if isinstance(value, datetime) else value for name, value in (params or {}).items()
        }
        text = words(key if fallback is None or words.has(key) else fallback, **shown)
        return Content(text, (kit.section(text),), public=key in OUTSIDERS_MAY_READ)

    def _words(self, locale: Locale) -> Words:
        known = self._knowledge.current
        return Words(known.texts, known.policy, locale)
