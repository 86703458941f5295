"""The presenter of cases and channels, in Block Kit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.changes import CaseChange
from bot.domain.channel_status import ChannelStatus
from bot.domain.channels import ChannelMode
from bot.domain.contracts import Customer
from bot.domain.desk import Dossier, Locale
from bot.domain.drafting.model import DraftSet
from bot.ports import Content
from bot.ports.case_presenter import Pointers
from handlers.blocks import card, channels, kit
from handlers.blocks.words import Vocabulary


class CaseBlocks:
    """Conforms to ``bot.ports.case_presenter.CasePresenter``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def card(self, dossier: Dossier, drafts: DraftSet | None, locale: Locale, pointers: Pointers) -> Content:
        return card.card(dossier, drafts, self._vocabulary(locale), pointers)

    def merged_card(self, dossier: Dossier, link: str | None, locale: Locale) -> Content:
        return card.merged(dossier, link, self._vocabulary(locale))

    def moved(self, change: CaseChange | None, locale: Locale) -> Content:
        if change is None or change.by is None:
            return self.said("error.case_moved", locale, {})
        words = self._vocabulary(locale)
        who, when = kit.mention(change.by), words.clock(change.at)
        text = words(f"case.moved.{change.kind.value}", who=who, time=when)
        return Content(text, (kit.section(text),))

    def nudge(self, dossier: Dossier, card: str | None, locale: Locale) -> Content:
        return channels.nudge(dossier, card, self._vocabulary(locale))

    def bypass_agent(
        self, dossier: Dossier, drafts: DraftSet, engineers: Sequence[str], card: str | None, locale: Locale
    ) -> Content:
        return channels.bypass_agent(dossier, drafts, engineers, card, self._vocabulary(locale))

    def bypass_engineer(self, dossier: Dossier, agent: str | None, locale: Locale) -> Content:
        customers = self._vocabulary(Locale.of_case(dossier.record.variant))
        return channels.bypass_engineer(dossier, agent, self._vocabulary(locale), customers)

    def link_choice(self, name: str, customers: Sequence[Customer], locale: Locale) -> Content:
        return channels.link_choice(name, customers, self._vocabulary(locale))

    def mode_choice(self, word: str, current: ChannelMode, locale: Locale) -> Content:
        return channels.mode_choice(word, current, self._vocabulary(locale))

    def channel_status(self, status: ChannelStatus, locale: Locale) -> Content:
        return channels.status(status, self._vocabulary(locale))

    def said(self, key: str, locale: Locale, params: Mapping[str, object]) -> Content:
        words = self._vocabulary(locale)
        shown = {
            name: words.clock(value) if isinstance(value, datetime) else kit.escape(str(value))
            for name, value in params.items()
        }
        text = words(key, **shown)
        return Content(text, (kit.section(text),))
