"""The protocols the core needs from the world. Adapters conform; the core never names one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from bot.domain.cases import Decision
from bot.domain.contracts import Contact, Contract, CrmCase, Customer, Goodwill, Order
from bot.domain.desk import (
    ActionRecord,
    CaseRecord,
    Dossier,
    DraftRecord,
    EscalationRecord,
    HomePage,
    InboxRecord,
    Locale,
    MessageRecord,
    OpportunityRecord,
    PostRecord,
)
from bot.domain.drafting.model import DraftSet
from bot.domain.letters.model import Letter
from bot.domain.reading.model import Reading


class CrmFacet(StrEnum):
    """What an adapter may offer beyond customers and contracts."""

    CASES = "cases"
    GOODWILL = "goodwill"
    ORDERS = "orders"
    CONTACTS = "contacts"


class CrmAdapter(Protocol):
    """A read-only connection to one CRM. Every failure is a ``CrmError``; nothing is retried here."""

    @property
    def source(self) -> str:
        """Short name shown beside every fact, such as ``sql``."""

    @property
    def facets(self) -> frozenset[CrmFacet]: ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    async def check(self) -> None:
        """Returns when the CRM can be read, else raises the ``CrmError`` that says why not."""

    async def find(self, text: str, limit: int) -> Sequence[Customer]:
        """Candidates by id, name, alias, domain or Slack channel/team; exact matches first."""

    async def customer(self, customer_id: str) -> Customer:
        """Raises ``CrmNotFound``."""

    async def contracts(self, customer_id: str) -> Sequence[Contract]: ...

    async def cases(self, customer_id: str) -> Sequence[CrmCase]: ...

    async def goodwill(self, customer_id: str) -> Sequence[Goodwill]: ...

    async def orders(self, customer_id: str) -> Sequence[Order]: ...

    async def contacts(self, customer_id: str) -> Sequence[Contact]: ...


class Cases(Protocol):
    async def add(self, case: CaseRecord) -> None: ...

    async def get(self, case_id: str) -> CaseRecord | None: ...

    async def save(self, case: CaseRecord) -> CaseRecord:
        """Writes against ``case.version``; returns the record with its new version. Raises ``StaleWrite``."""

    async def by_thread(self, channel: str, thread_ts: str) -> CaseRecord | None: ...

    async def latest_open(self, channel: str, since: datetime) -> CaseRecord | None:
        """The open case of the channel with the newest customer message, if that is not before ``since``."""

    async def add_message(self, message: MessageRecord) -> bool:
        """False where this channel and ts are already stored."""

    async def messages(self, case_id: str) -> Sequence[MessageRecord]:
        """Oldest first."""

    async def message(self, channel: str, ts: str) -> MessageRecord | None: ...

    async def edit_message(self, channel: str, ts: str, text: str, reading: Reading | None) -> str | None:
        """The case it belongs to, or None where it is not stored."""

    async def delete_message(self, channel: str, ts: str) -> str | None: ...

    async def log(self, action: ActionRecord) -> None: ...

    async def actions(self, case_id: str) -> Sequence[ActionRecord]: ...

    async def open_cases(self, *, agent: str | None = None, limit: int = 50) -> Sequence[CaseRecord]: ...


class Drafts(Protocol):
    async def add(self, draft: DraftRecord) -> None: ...

    async def get(self, draft_id: str) -> DraftRecord | None: ...

    async def mark_sent(self, draft_id: str, text: str, by: str, at: datetime) -> bool:
        """False where it was already sent: a draft is sent once."""

    async def of_case(self, case_id: str) -> Sequence[DraftRecord]: ...

    async def unsent_of(self, user: str, limit: int = 10) -> Sequence[DraftRecord]: ...


class Escalations(Protocol):
    async def add(self, escalation: EscalationRecord) -> None: ...

    async def get(self, escalation_id: str) -> EscalationRecord | None: ...

    async def set_thread(self, escalation_id: str, ts: str) -> None: ...

    async def decide(self, escalation_id: str, decision: Decision) -> bool:
        """False where it was already decided: the first decision stands."""

    async def by_thread(self, channel: str, ts: str) -> EscalationRecord | None: ...

    async def of_case(self, case_id: str) -> Sequence[EscalationRecord]:
        """Oldest first."""

    async def open(self, limit: int = 50) -> Sequence[EscalationRecord]: ...


class Opportunities(Protocol):
    async def add(self, opportunity: OpportunityRecord) -> bool:
        """False where the case already has one."""

    async def of_case(self, case_id: str) -> OpportunityRecord | None: ...

    async def set_stage(self, case_id: str, stage: str) -> None: ...

    async def open(self, limit: int = 50) -> Sequence[OpportunityRecord]: ...


class Links(Protocol):
    """Which CRM customer a channel belongs to, where people said so."""

    async def customer_of(self, channel: str) -> str | None: ...

    async def link(self, channel: str, customer_id: str, by: str, at: datetime) -> None: ...

    async def unlink(self, channel: str) -> None: ...


class Posts(Protocol):
    """The outbox behind every visible post."""

    async def intend(self, op: str, channel: str, at: datetime) -> PostRecord:
        """Writes the intent, or returns the record that is already there."""

    async def posted(self, op: str, ts: str) -> None: ...

    async def forget(self, op: str) -> None:
        """The platform refused the post: nothing was said, so nothing is kept. What was posted stays known."""

    async def gone(self, op: str) -> None:
        """Somebody deleted the post: it may be made anew."""

    async def get(self, op: str) -> PostRecord | None: ...

    async def by_ts(self, channel: str, ts: str) -> PostRecord | None: ...


class Unit(Protocol):
    """One transaction. Leaving the block without an error commits; an error rolls back."""

    cases: Cases
    drafts: Drafts
    escalations: Escalations
    opportunities: Opportunities
    links: Links
    posts: Posts


class Store(Protocol):
    """The product's memory. Raises ``StoreError`` where the database cannot be used.

    A unit is short: nothing but the store is awaited inside it, never the chat platform or a CRM.
    A case that was read in a write unit is ours until the unit ends.
    """

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """A write transaction (serialised against other writers where the database needs it).

        Raises ``StaleWrite`` where somebody else wrote the same thing first: begin again. Inside another
        unit of the same task it is refused, because it would wait for itself.
        """

    def read(self) -> AbstractAsyncContextManager[Unit]:
        """A consistent view that waits for no writer; writing in it is refused."""

    async def receive(self, event: InboxRecord) -> bool:
        """Durably keeps an inbound event; False where its id is known. Concurrent calls share one commit.

        True also means that the first attempt at it is the caller's, beginning at ``event.received_at``.
        """

    async def event_done(self, event_id: str) -> None:
        """Never to be attempted again. Concurrent calls share one commit."""

    async def event_failed(self, event_id: str, error: str) -> int:
        """Keeps why an attempt failed and returns how many attempts were begun, this one included."""

    async def claim_events(self, now: datetime, lease: timedelta, limit: int) -> Sequence[InboxRecord]:
        """Takes events that are not done and whose last attempt began more than ``lease`` ago; oldest first.

        Each goes to exactly one caller, also among replicas, and begins a new attempt (counted in
        ``attempts``) whose lease runs from ``now``. A crash counts as an attempt.
        """

    async def prune_events(self, before: datetime) -> int:
        """Forgets events that are done and were received before that; returns how many."""

    async def check(self) -> None:
        """Returns when the store can be written."""


@dataclass(frozen=True, slots=True)
class Content:
    """A rendered message: ``text`` for notifications and ``blocks`` in the platform's own form."""

    text: str
    blocks: tuple[dict[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Persona:
    """In whose name a reply is posted."""

    name: str
    image: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """``name`` ends in what the content is, such as ``.pdf``."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """``external`` is true for another organisation's people and wherever it cannot be determined."""

    id: str
    name: str
    external: bool
    is_bot: bool = False
    email: str | None = None
    locale: str | None = None
    image: str | None = None
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """``shared`` is true for channels with another organisation and wherever it cannot be determined."""

    id: str
    name: str
    shared: bool
    archived: bool = False
    direct: bool = False


class Chat(Protocol):
    """The chat platform. Failures are ``ChatRefused`` (it said no) or ``ChatUnreachable`` (unknown)."""

    async def post(
        self, op: str, channel: str, content: Content, *, thread_ts: str | None = None, persona: Persona | None = None
    ) -> str:
        """Posts once for ``op``, however often it is called and whatever breaks; returns the ts."""

    async def update(self, channel: str, ts: str, content: Content) -> None: ...

    async def whisper(self, user: str, channel: str, content: Content, *, thread_ts: str | None = None) -> None:
        """Shows something to one user alone."""

    async def direct(self, op: str, user: str, content: Content) -> str:
        """Posts once for ``op`` into the direct conversation with ``user``."""

    async def send_files(self, op: str, user: str, files: Sequence[File], comment: Content) -> bool:
        """Puts files under one comment into the direct conversation with ``user``, once for ``op``.

        False where that was done before. Of ``comment`` the text is shown.
        """

    async def remind(self, op: str, user: str, at: datetime, content: Content) -> None:
        """Says the text of ``content`` to ``user`` in private at ``at``, which is ahead, once for ``op``."""

    async def open_form(self, trigger_id: str, view: dict[str, object]) -> str:
        """Opens a modal and returns its id."""

    async def update_form(self, view_id: str, view: dict[str, object]) -> None: ...

    async def publish_home(self, user: str, view: dict[str, object]) -> None: ...

    async def permalink(self, channel: str, ts: str) -> str | None: ...

    async def person(self, user: str) -> Person:
        """Cached. An unknown user is external."""

    async def channel(self, channel: str) -> Channel:
        """Cached. An unknown channel is shared."""

    async def group_members(self, group: str) -> frozenset[str]:
        """Cached. An unknown group is empty."""

    async def find_by_email(self, email: str) -> str | None: ...

    def forget(self, *, user: str | None = None, channel: str | None = None, group: str | None = None) -> None:
        """Drops what is cached of it, because the platform said it changed."""


class Presenter(Protocol):
    """Turns what happened into messages and forms of the chat platform. Pure."""

    def card(self, dossier: Dossier, drafts: DraftSet | None, locale: Locale) -> Content:
        """The one desk card of a case. Customer text in it can mention nobody."""

    def drafts(self, dossier: Dossier, found: DraftSet, records: Sequence[DraftRecord], locale: Locale) -> Content: ...

    def escalation(self, dossier: Dossier, record: EscalationRecord, supervisors: Sequence[str]) -> Content: ...

    def transcript(self, dossier: Dossier, locale: Locale) -> Content:
        """The conversation word for word, for the people who are asked (rule 80)."""

    def decided(self, record: EscalationRecord, locale: Locale) -> Content: ...

    def decided_before(self, record: EscalationRecord, locale: Locale) -> Content:
        """A second decision is refused, showing the first."""

    def unclear(self, record: EscalationRecord, locale: Locale) -> Content:
        """Asks a supervisor which decision was meant."""

    def verdict(
        self,
        dossier: Dossier,
        record: EscalationRecord,
        found: DraftSet,
        records: Sequence[DraftRecord],
        locale: Locale,
    ) -> Content: ...

    def question(self, text: str, link: str, locale: Locale) -> Content:
        """A supervisor's question, as the agent gets it, with the way to it."""

    def opportunity(self, dossier: Dossier, record: OpportunityRecord, people: Sequence[str]) -> Content: ...

    def letter_note(self, dossier: Dossier, letter: Letter, memo: Letter | None, locale: Locale) -> Content:
        """What stands beside the files of a formal reply; all of it in its text."""

    def letter_call(self, dossier: Dossier, minutes: int, locale: Locale) -> Content:
        """Reminds the agent to call, ``minutes`` after the reply was handed over (rule 58); all in its text."""

    def letters(self, written: Sequence[Letter], locale: Locale) -> Content:
        """Texts for other readers, to be copied."""

    def home(self, page: HomePage, locale: Locale) -> dict[str, object]: ...

    def reply(self, text: str) -> Content:
        """What an agent sends to a customer: their words and nothing else."""

    def unsent(self, text: str, locale: Locale) -> Content:
        """An agent's words that could not be sent, given back to them."""

    def notice(
        self, key: str, locale: Locale, params: Mapping[str, object] | None = None, *, fallback: str | None = None
    ) -> Content:
        """A plain text from the interface texts, filled with ``params``; ``fallback`` where ``key`` has none."""


class DocumentForm(StrEnum):
    """The value is the ending of the file's name."""

    DOCX = "docx"
    PDF = "pdf"


class Documents(Protocol):
    def render(self, letter: Letter, form: DocumentForm) -> bytes:
        """The same letter always gives the same bytes."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The time with an offset."""


class Ids(Protocol):
    def new(self, kind: str) -> str:
        """A short unique id such as ``case_k3f9…``."""
