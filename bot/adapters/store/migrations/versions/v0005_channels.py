"""Channels: what the desk does in each. Cases: who changed what, merging and splitting, when agents were nudged."""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    true,
)

revision = "0005"
down_revision = "0004"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "channels",
        Column("channel", String, nullable=False),
        Column("mode", String),
        Column("by_user", String),
        Column("at", _TIME),
        Column("shared_since", _TIME),
        PrimaryKeyConstraint("channel", name="pk_channels"),
    )
    op.create_table(
        "changes",
        Column("id", Integer, nullable=False),
        Column("case_id", String, nullable=False),
        Column("kind", String, nullable=False),
        Column("at", _TIME, nullable=False),
        Column("by_user", String),
        Column("detail", Text, nullable=False),
        PrimaryKeyConstraint("id", name="pk_changes"),
        ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_changes_case_id"),
    )
    op.create_index("ix_changes_case_id_at", "changes", ["case_id", "at"])
    op.create_table(
        "nudges",
        Column("case_id", String, nullable=False),
        Column("sent_at", _TIME),
        Column("held_until", _TIME),
        PrimaryKeyConstraint("case_id", name="pk_nudges"),
        ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_nudges_case_id"),
    )
    op.create_index("ix_nudges_held_until", "nudges", ["held_until"])
    op.add_column("cases", Column("merged_into", String))
    op.add_column("cases", Column("reply_ts", String))
    op.create_index("ix_cases_merged_into", "cases", ["merged_into"])
    op.add_column("messages", Column("thread_ts", String))
    op.create_index("ix_messages_channel_thread_ts", "messages", ["channel", "thread_ts"])
    op.add_column("preferences", Column("alerts", Boolean, nullable=False, server_default=true()))
