"""The desk: cases, messages, actions, drafts, escalations, opportunities, links.

Types are plain here: what a column means to the bot may change, what was written then does not.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

_TIME = DateTime(timezone=True)


def _of_case(table: str) -> Column[str]:
    return Column("case_id", String, ForeignKey("cases.id", name=f"fk_{table}_case_id"), nullable=False)


def upgrade() -> None:
    _cases()
    _conversation()
    _drafts()
    _escalations()
    _sales()


def _cases() -> None:
    op.create_table(
        "cases",
        Column("id", String, nullable=False),
        Column("team", String, nullable=False),
        Column("channel", String, nullable=False),
        Column("thread_ts", String, nullable=False),
        Column("opened_at", _TIME, nullable=False),
        Column("last_customer_at", _TIME, nullable=False),
        Column("variant", String, nullable=False),
        Column("status", String, nullable=False),
        Column("customer_id", String),
        Column("agent", String),
        Column("triage", Text, nullable=False),
        Column("fault", String, nullable=False),
        Column("history_checked", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_cases"),
        UniqueConstraint("channel", "thread_ts", name="uq_cases_channel"),
    )
    op.create_index("ix_cases_channel_status_last_customer_at", "cases", ["channel", "status", "last_customer_at"])
    op.create_index("ix_cases_status_last_customer_at", "cases", ["status", "last_customer_at"])


def _conversation() -> None:
    op.create_table(
        "messages",
        Column("channel", String, nullable=False),
        Column("ts", String, nullable=False),
        _of_case("messages"),
        Column("author", String, nullable=False),
        Column("speaker", String, nullable=False),
        Column("text", Text, nullable=False),
        Column("at", _TIME, nullable=False),
        Column("reading", Text),
        PrimaryKeyConstraint("channel", "ts", name="pk_messages"),
    )
    op.create_index("ix_messages_case_id_at", "messages", ["case_id", "at"])
    op.create_table(
        "actions",
        Column("id", Integer, nullable=False, autoincrement=True),
        _of_case("actions"),
        Column("kind", String, nullable=False),
        Column("at", _TIME, nullable=False),
        Column("by_user", String),
        PrimaryKeyConstraint("id", name="pk_actions"),
    )
    op.create_index("ix_actions_case_id_at", "actions", ["case_id", "at"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        Column("id", String, nullable=False),
        _of_case("drafts"),
        Column("stage", String, nullable=False),
        Column("tone", String, nullable=False),
        Column("text", Text, nullable=False),
        Column("facts", Text, nullable=False),
        Column("wordings", Text, nullable=False),
        Column("shown_to", String, nullable=False),
        Column("shown_at", _TIME, nullable=False),
        Column("sent_text", Text),
        Column("sent_at", _TIME),
        Column("sent_by", String),
        PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_case_id_shown_at", "drafts", ["case_id", "shown_at"])
    op.create_index("ix_drafts_shown_to_shown_at", "drafts", ["shown_to", "shown_at"])


def _escalations() -> None:
    op.create_table(
        "escalations",
        Column("id", String, nullable=False),
        _of_case("escalations"),
        Column("reason", Text, nullable=False),
        Column("opened_by", String, nullable=False),
        Column("opened_at", _TIME, nullable=False),
        Column("channel", String, nullable=False),
        Column("ts", String),
        Column("status", String, nullable=False),
        Column("decision", Text),
        PrimaryKeyConstraint("id", name="pk_escalations"),
    )
    op.create_index("ix_escalations_case_id_opened_at", "escalations", ["case_id", "opened_at"])
    op.create_index("ix_escalations_channel_ts", "escalations", ["channel", "ts"])
    op.create_index("ix_escalations_status_opened_at", "escalations", ["status", "opened_at"])


def _sales() -> None:
    op.create_table(
        "opportunities",
        _of_case("opportunities"),
        Column("reason", Text, nullable=False),
        Column("owner", String),
        Column("opened_at", _TIME, nullable=False),
        Column("stage", String, nullable=False),
        PrimaryKeyConstraint("case_id", name="pk_opportunities"),
    )
    op.create_index("ix_opportunities_opened_at", "opportunities", ["opened_at"])
    op.create_table(
        "links",
        Column("channel", String, nullable=False),
        Column("customer_id", String, nullable=False),
        Column("by_user", String, nullable=False),
        Column("at", _TIME, nullable=False),
        PrimaryKeyConstraint("channel", name="pk_links"),
    )
