"""Records of the desk: what the store keeps of cases, messages, drafts, escalations and opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.cases import Case, Decision, Done, Fault, LoggedAction, Speaker, Triage, Utterance, Verdict
from bot.domain.changes import CaseChange
from bot.domain.commitments import PromiseRecord
from bot.domain.contracts import Account, Customer
from bot.domain.drafting.dialogue import carried_on
from bot.domain.drafting.model import Fact, Stage, Tone
from bot.domain.escalations import EscalationRecord
from bot.domain.opportunities import OpportunityRecord
from bot.domain.reading.model import Intent, Reading, Variant
from bot.domain.requests import DraftRequest


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """``thread_ts`` is the message that began the case; ``reply_thread`` says where replies to the customer go.

    ``version`` grows with every write; a write against an older version fails.
    """

    id: str
    team: str
    channel: str
    thread_ts: str
    opened_at: datetime
    last_customer_at: datetime
    variant: Variant
    status: CaseStatus = CaseStatus.OPEN
    customer_id: str | None = None
    agent: str | None = None
    triage: Triage = Triage()
    fault: Fault = Fault.UNKNOWN
    history_checked: bool = False
    version: int = 0
    merged_into: str | None = None
    """The case that took this one over."""
    reply_ts: str | None = None
    """The thread in which the first message stands, where that is not its own: a case split off inside a thread."""

    @property
    def reply_thread(self) -> str:
        return self.reply_ts or self.thread_ts


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message of a case, unique by ``channel`` and ``ts``. ``reading`` only for customers' messages."""

    case_id: str
    channel: str
    ts: str
    user: str
    speaker: Speaker
    text: str
    at: datetime
    reading: Reading | None = None
    thread_ts: str | None = None
    """The message under which it stands, if it does."""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """Something done in a case: the only source of lines about our effort (rule 15)."""

    case_id: str
    kind: Done
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft that was shown. ``stage`` is the rung it stands on: sending it logs that rung as done.

    ``sent_text`` is what the agent made of it and sent. Drafts that were shown together share a ``sheet``; one that
    is kept waits in its agent's home until it is sent or thrown away.
    """

    id: str
    case_id: str
    stage: Stage
    tone: Tone
    text: str
    facts: tuple[Fact, ...]
    wordings: tuple[str, ...]
    shown_to: str
    shown_at: datetime
    sent_text: str | None = None
    sent_at: datetime | None = None
    sent_by: str | None = None
    sheet: str = ""
    request: DraftRequest = DraftRequest()
    kept_at: datetime | None = None
    thrown_at: datetime | None = None


class PostState(StrEnum):
    INTENDED = "intended"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A visible post by its operation id. ``intended`` without ``ts`` means: look before posting again."""

    op: str
    channel: str
    state: PostState
    at: datetime
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class InboxRecord:
    """An inbound event as Slack delivered it, kept before it is acknowledged."""

    event_id: str
    payload: dict[str, object]
    received_at: datetime
    attempts: int = 0


class Locale(StrEnum):
    """Languages of the interface. Drafts follow the customer's variant instead."""

    HANT = "hant"
    HANS = "hans"
    EN = "en"

    @classmethod
    def of(cls, platform_locale: str | None) -> Locale:
        """From a platform's tag such as ``zh-CN``; Traditional Chinese where it says nothing."""
        tag = (platform_locale or "").replace("_", "-").lower()
        if tag.startswith("en"):
            return cls.EN
        return cls.HANS if tag in ("zh", "zh-cn", "zh-sg", "zh-hans") else cls.HANT

    @classmethod
    def of_case(cls, variant: Variant) -> Locale:
        """Of what several of ours read about one case: the side that serves the customer, by their written form."""
        return cls.HANS if variant is Variant.HANS else cls.HANT


@dataclass(frozen=True, slots=True)
class Preference:
    """What one of our people chose; the defaults are what everybody gets."""

    user: str
    locale: Locale | None = None
    """None: as their platform says."""
    hints: bool = True
    """Whether they are told in private when something they wrote breaks a rule."""
    greeted_at: datetime | None = None
    """When the desk introduced itself to them."""
    alerts: bool = True
    """Whether they are told in private when a customer goes past the agent to an engineer."""


class Role(StrEnum):
    """What a person of ours does at the desk; one person may do several."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ENGINEER = "engineer"
    SALES = "sales"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the desk lives in the chat platform. ``support`` empty: every channel shared with customers."""

    desk: str
    escalation: str
    sales: str
    support: frozenset[str] = frozenset()
    intake: frozenset[str] = frozenset()
    """Integrations whose posts are customers' words."""

    @property
    def internal(self) -> frozenset[str]:
        """Where ours are among themselves."""
        return frozenset({self.desk, self.escalation, self.sales})


class HeardKind(StrEnum):
    SAID = "said"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something said, edited or deleted in a channel the bot is in."""

    kind: HeardKind
    channel: str
    ts: str
    at: datetime
    user: str = ""
    text: str = ""
    thread_ts: str | None = None
    team: str = ""
    """The organisation of the speaker, empty where the platform does not say."""
    mentions: tuple[str, ...] = ()
    """The persons it addresses."""
    relayed_by: frozenset[str] = frozenset()
    """The ids of the integration that posted it, where it was no person."""


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """What asking the CRM about a channel came to: one account, several candidates, none, or no answer."""

    account: Account | None = None
    candidates: tuple[Customer, ...] = ()
    unavailable: bool = False


PRESSING = frozenset(
    {Intent.FREE_SERVICE, Intent.COMPENSATION_REQUEST, Intent.PROGRESS_INQUIRY, Intent.MANAGER_REQUEST}
)
"""Intents that ask for the same decision again rather than for something new."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case with everything that hangs on it, as it stood at ``now``."""

    record: CaseRecord
    now: datetime
    messages: tuple[MessageRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    drafts: tuple[DraftRecord, ...] = ()
    escalation: EscalationRecord | None = None
    opportunity: OpportunityRecord | None = None
    changes: tuple[CaseChange, ...] = ()
    promises: tuple[PromiseRecord, ...] = ()
    answer: AccountAnswer = AccountAnswer()

    @property
    def last_reading(self) -> Reading | None:
        """Of the newest customer message."""
        return next((m.reading for m in reversed(self.messages) if m.reading is not None), None)

    @property
    def reading_before(self) -> Reading | None:
        """What the customer wanted before the last message of theirs."""
        return carried_on([m.reading for m in self.messages if m.reading is not None][:-1])

    @property
    def customer_waits(self) -> bool:
        """They said something that calls for a reply, and nobody of ours has spoken since."""
        spoken = [m for m in self.messages if m.reading is None or m.reading.calls_for_reply]
        return bool(spoken) and spoken[-1].reading is not None

    @property
    def calls_for_card(self) -> bool:
        """Thanks and small talk alone make no card."""
        return any(m.reading is not None and m.reading.calls_for_reply for m in self.messages)

    @property
    def live_decision(self) -> Decision | None:
        """The decision, as long as it answers what the customer says.

        What they bring up after it is new business and needs a decision of its own; asking for the same again is
        not, unless what was granted has been passed on already.
        """
        decision = self.escalation.decision if self.escalation else None
        if decision is None or decision.at is None:
            return decision
        at = decision.at
        newer = [m.reading for m in self.messages if m.reading and m.reading.calls_for_reply and m.at > at]
        if not newer:
            return decision
        passed_on = any(draft.sent_at is not None and draft.sent_at > at for draft in self.drafts)
        same_again = not PRESSING.isdisjoint(newer[-1].intents)
        return decision if same_again and (decision.verdict is Verdict.DECLINE or not passed_on) else None

    def as_case(self) -> Case:
        """The case as drafting sees it."""
        return Case(
            id=self.record.id,
            now=self.now,
            messages=tuple(Utterance(m.speaker, m.text, m.at) for m in self.messages),
            account=self.answer.account,
            candidates=len(self.answer.candidates),
            triage=self.record.triage,
            fault=self.record.fault,
            history_checked=self.record.history_checked,
            decision=self.live_decision,
            promises=tuple(promise.as_promise() for promise in self.promises),
            actions=tuple(LoggedAction(a.kind, a.at) for a in self.actions),
            wordings_used=frozenset(w for d in self.drafts for w in d.wordings),
        )
