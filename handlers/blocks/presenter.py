"""The presenter of the core's port, in Block Kit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.desk import Dossier, DraftRecord, HomePage, Locale, Places, Role
from bot.domain.drafting.model import DraftSet
from bot.domain.errors import NotAllowed
from bot.domain.escalations import EscalationRecord
from bot.domain.letters.model import Letter
from bot.domain.lint.model import Finding
from bot.domain.opportunities import OpportunityRecord
from bot.ports import Content
from bot.services.knowledge import LiveKnowledge
from handlers.blocks import card, drafts, escalation, guide, hints, home, kit, letters, sales
from handlers.blocks.words import Words


class BlockPresenter:
    """Conforms to ``bot.ports.Presenter``. What several people read is in the desk's own language."""

    def __init__(self, knowledge: LiveKnowledge, places: Places) -> None:
        self._knowledge = knowledge
        self._desk = places.locale

    def card(self, dossier: Dossier, drafts: DraftSet | None, locale: Locale) -> Content:
        return card.card(dossier, drafts, self._words(locale))

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

    def escalation(self, dossier: Dossier, record: EscalationRecord, supervisors: Sequence[str]) -> Content:
        return escalation.root(dossier, record, supervisors, self._words(self._desk))

    def transcript(self, dossier: Dossier, locale: Locale) -> Content:
        return escalation.transcript(dossier, self._words(locale))

    def decided(self, record: EscalationRecord, locale: Locale) -> Content:
        return escalation.decided(record, self._words(locale))

    def decided_before(self, record: EscalationRecord, locale: Locale) -> Content:
        return escalation.decided_before(record, self._words(locale))

    def unclear(self, record: EscalationRecord, locale: Locale) -> Content:
        return escalation.unclear(record, self._words(locale))

    def question(self, text: str, link: str, locale: Locale) -> Content:
        return escalation.question(text, link, self._words(locale))

    def verdict(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        found: DraftSet,
        records: Sequence[DraftRecord],
        locale: Locale,
    ) -> Content:
        return escalation.verdict(dossier, record, found, records, self._words(locale))

    def opportunity(self, dossier: Dossier, record: OpportunityRecord, people: Sequence[str]) -> Content:
        return sales.opportunity(dossier, record, people, self._words(self._desk))

    def letter_note(self, dossier: Dossier, letter: Letter, memo: Letter | None, locale: Locale) -> Content:
        return letters.note(dossier, letter, memo, self._words(locale))

    def letter_call(self, dossier: Dossier, minutes: int, locale: Locale) -> Content:
        return letters.call(dossier, minutes, self._words(locale))

    def letters(self, written: Sequence[Letter], locale: Locale) -> Content:
        return letters.texts(written, self._words(locale))

    def home(self, page: HomePage, locale: Locale) -> dict[str, object]:
        return home.home(page, self._words(locale))

    def help(self, roles: Collection[Role], locale: Locale) -> Content:
        return guide.content(roles, self._words(locale))

    def hint(self, findings: Sequence[Finding], locale: Locale) -> Content:
        return hints.hint(findings, self._words(locale))

    def reply(self, text: str) -> Content:
        """Escaped, because an agent who types ``<!channel>`` means the characters."""
        return Content(kit.escape(text), public=True)

    def unsent(self, text: str, locale: Locale) -> Content:
        notice = self._words(locale)("draft.unsent")
        return Content(notice, (kit.section(notice), kit.words(text)))

    def notice(
        self, key: str, locale: Locale, params: Mapping[str, object] | None = None, *, fallback: str | None = None
    ) -> Content:
        words = self._words(locale)
        shown = {
            name: words.clock(value) if isinstance(value, datetime) else value for name, value in (params or {}).items()
        }
        text = words(key if fallback is None or words.has(key) else fallback, **shown)
        return Content(text, (kit.section(text),), public=key == NotAllowed.key)

    def _words(self, locale: Locale) -> Words:
        known = self._knowledge.current
        return Words(known.texts, known.policy, locale)
