"""The tables, as the newest migration leaves them (a test compares the two); an empty database gets them as here."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
    true,
)

from bot.adapters.store.columns import Json, Named, UtcTime, Words
from bot.domain.cases import Decision, Done, Fault, Speaker, Triage
from bot.domain.changes import ChangeKind
from bot.domain.channels import ChannelMode
from bot.domain.desk import CaseStatus, Locale, PostState
from bot.domain.drafting.model import Fact, Stage, Tone
from bot.domain.errands import ErrandKind
from bot.domain.escalations import EscalationStatus, Request
from bot.domain.opportunities import SalesStage
from bot.domain.reading.model import Reading, Variant
from bot.domain.requests import DraftRequest

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _of_case() -> Column[str]:
    return Column("case_id", String, ForeignKey("cases.id"), nullable=False)


cases = Table(
    "cases",
    metadata,
    Column("id", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("thread_ts", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("last_customer_at", UtcTime, nullable=False),
    Column("variant", Named(Variant), nullable=False),
    Column("status", Named(CaseStatus), nullable=False),
    Column("customer_id", String),
    Column("agent", String),
    Column("triage", Json[Triage](Triage), nullable=False),
    Column("fault", Named(Fault), nullable=False),
    Column("history_checked", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("merged_into", String),
    Column("reply_ts", String),
    UniqueConstraint("channel", "thread_ts"),
    Index(None, "channel", "status", "last_customer_at"),
    Index(None, "status", "last_customer_at"),
    Index(None, "merged_into"),
)

messages = Table(
    "messages",
    metadata,
    Column("channel", String, primary_key=True),
    Column("ts", String, primary_key=True),
    _of_case(),
    Column("author", String, nullable=False),
    Column("speaker", Named(Speaker), nullable=False),
    Column("text", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("reading", Json[Reading](Reading)),
    Column("thread_ts", String),
    Index(None, "case_id", "at"),
    Index(None, "channel", "thread_ts"),
)

actions = Table(
    "actions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_case(),
    Column("kind", Named(Done), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by_user", String),
    Index(None, "case_id", "at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    _of_case(),
    Column("stage", Named(Stage), nullable=False),
    Column("tone", Named(Tone), nullable=False),
    Column("text", Words, nullable=False),
    Column("facts", Json[tuple[Fact, ...]](tuple[Fact, ...]), nullable=False),
    Column("wordings", Json[tuple[str, ...]](tuple[str, ...]), nullable=False),
    Column("shown_to", String, nullable=False),
    Column("shown_at", UtcTime, nullable=False),
    Column("sent_text", Words),
    Column("sent_at", UtcTime),
    Column("sent_by", String),
    Column("sheet", String, nullable=False, server_default=""),
    Column("request", Json[DraftRequest](DraftRequest), nullable=False, server_default="{}"),
    Column("kept_at", UtcTime),
    Column("thrown_at", UtcTime),
    Index(None, "case_id", "shown_at"),
    Index(None, "shown_to", "shown_at"),
    Index(None, "sheet"),
)

promises = Table(
    "promises",
    metadata,
    Column("channel", String, primary_key=True),
    Column("ts", String, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _of_case(),
    Column("by_user", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("due", UtcTime),
    Column("at", UtcTime, nullable=False),
    Column("kept_at", UtcTime),
    Index(None, "case_id", "due"),
    Index(None, "kept_at", "due"),
)

hints = Table(
    "hints",
    metadata,
    Column("channel", String, primary_key=True),
    Column("ts", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("at", UtcTime, nullable=False),
)

escalations = Table(
    "escalations",
    metadata,
    Column("id", String, primary_key=True),
    _of_case(),
    Column("reason", Words, nullable=False),
    Column("opened_by", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("channel", String, nullable=False),
    Column("ts", String),
    Column("status", Named(EscalationStatus), nullable=False),
    Column("decision", Json[Decision](Decision)),
    Column("request", Json[Request](Request), nullable=False, server_default="{}"),
    Column("earlier", Json[tuple[Decision, ...]](tuple[Decision, ...]), nullable=False, server_default="[]"),
    Column("version", Integer, nullable=False, server_default="0"),
    Index(None, "case_id", "opened_at"),
    Index(None, "channel", "ts"),
    Index(None, "status", "opened_at"),
)

questions = Table(
    "questions",
    metadata,
    Column("ts", String, primary_key=True),
    Column("escalation_id", String, ForeignKey("escalations.id"), nullable=False),
    Column("asked_by", String, nullable=False),
    Column("asked_of", String, nullable=False),
    Column("text", Words, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("answer", Words),
    Column("answered_by", String),
    Column("answered_at", UtcTime),
    Index(None, "escalation_id", "asked_at"),
)

opportunities = Table(
    "opportunities",
    metadata,
    Column("case_id", String, ForeignKey("cases.id"), primary_key=True),
    Column("reason", Words, nullable=False),
    Column("owner", String),
    Column("opened_at", UtcTime, nullable=False),
    Column("stage", Named(SalesStage), nullable=False),
    Column("taken_by", String),
    Column("moved_at", UtcTime),
    Column("remind_at", UtcTime),
    Column("note", Words),
    Column("hold", String),
    Column("cleared_by", String),
    Column("cleared_at", UtcTime),
    Column("version", Integer, nullable=False, server_default="0"),
    Index(None, "opened_at"),
)

links = Table(
    "links",
    metadata,
    Column("channel", String, primary_key=True),
    Column("customer_id", String, nullable=False),
    Column("by_user", String, nullable=False),
    Column("at", UtcTime, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("person", String, primary_key=True),
    Column("locale", Named(Locale)),
    Column("hints", Boolean, nullable=False),
    Column("greeted_at", UtcTime),
    Column("alerts", Boolean, nullable=False, server_default=true()),
)

channels = Table(
    "channels",
    metadata,
    Column("channel", String, primary_key=True),
    Column("mode", Named(ChannelMode)),
    Column("by_user", String),
    Column("at", UtcTime),
    Column("shared_since", UtcTime),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _of_case(),
    Column("kind", Named(ChangeKind), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by_user", String),
    Column("detail", Words, nullable=False),
    Index(None, "case_id", "at"),
)

nudges = Table(
    "nudges",
    metadata,
    Column("case_id", String, ForeignKey("cases.id"), primary_key=True),
    Column("sent_at", UtcTime),
    Column("held_until", UtcTime),
    Index(None, "held_until"),
)

errands = Table(
    "errands",
    metadata,
    Column("kind", Named(ErrandKind), primary_key=True),
    Column("subject", String, primary_key=True),
    Column("since", UtcTime, nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("by_user", String),
    Column("words", Words),
    Column("attempts", Integer, nullable=False),
    Index(None, "due"),
)

posts = Table(
    "posts",
    metadata,
    Column("op", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("state", Named(PostState), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("ts", String),
    Index(None, "channel", "ts"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", String, primary_key=True),
    Column("payload", Text, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", UtcTime, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("error", Words),
    Index(None, "received_at"),
    Index("ix_inbox_pending", "tried_at", sqlite_where=text("done = 0"), postgresql_where=text("NOT done")),
)
