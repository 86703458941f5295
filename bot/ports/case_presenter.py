"""Cases and channels, as messages of the chat platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.changes import CaseChange
from bot.domain.channel_status import ChannelStatus
from bot.domain.channels import ChannelMode
from bot.domain.contracts import Customer
from bot.domain.desk import Dossier, Locale
from bot.domain.drafting.model import DraftSet
from bot.ports.chat import Content


@dataclass(frozen=True, slots=True)
class Pointers:
    """From a card to what it is about. ``duty`` is the name of who is to take the case up, where nobody has."""

    duty: str | None = None
    customer: str | None = None
    """Link to where the customer is answered."""
    escalation: str | None = None
    """Link to where supervisors decide."""


class CasePresenter(Protocol):
    """Pure. What people outside wrote can mention nobody in it."""

    def card(self, dossier: Dossier, drafts: DraftSet | None, locale: Locale, pointers: Pointers) -> Content:
        """The one desk card of a case. A closed case is two lines."""

    def merged_card(self, dossier: Dossier, link: str | None, locale: Locale) -> Content:
        """What is left of the card of a case that went into another, with the way there."""

    def moved(self, change: CaseChange | None, locale: Locale) -> Content:
        """For whoever comes second: what somebody did to the case before."""

    def nudge(self, dossier: Dossier, card: str | None, locale: Locale) -> Content:
        """A customer waits; with the way to the card."""

    def bypass_agent(
        self, dossier: Dossier, drafts: DraftSet, engineers: Sequence[str], card: str | None, locale: Locale
    ) -> Content:
        """A customer without cover asks for an engineer: what the agent may say."""

    def bypass_engineer(self, dossier: Dossier, agent: str | None, locale: Locale) -> Content:
        """The same for the engineer: the case, the cover, and the words to hand the customer back with."""

    def link_choice(self, name: str, customers: Sequence[Customer], locale: Locale) -> Content:
        """Whom ``name`` may mean, to choose from."""

    def mode_choice(self, word: str, current: ChannelMode, locale: Locale) -> Content:
        """The modes there are; ``word`` is what was asked for and is none, or empty."""

    def channel_status(self, status: ChannelStatus, locale: Locale) -> Content: ...

    def said(self, key: str, locale: Locale, params: Mapping[str, object]) -> Content:
        """A plain text with plain values: nothing in them is live, times are the desk's."""
