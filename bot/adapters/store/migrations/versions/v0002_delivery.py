"""Delivery: the inbox in front of every handler and the outbox behind every post."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, Integer, PrimaryKeyConstraint, String, Text, text

revision = "0002"
down_revision = "0001"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "posts",
        Column("op", String, nullable=False),
        Column("channel", String, nullable=False),
        Column("state", String, nullable=False),
        Column("at", _TIME, nullable=False),
        Column("ts", String),
        PrimaryKeyConstraint("op", name="pk_posts"),
    )
    op.create_index("ix_posts_channel_ts", "posts", ["channel", "ts"])
    op.create_table(
        "inbox",
        Column("event_id", String, nullable=False),
        Column("payload", Text, nullable=False),
        Column("received_at", _TIME, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("tried_at", _TIME, nullable=False),
        Column("done", Boolean, nullable=False),
        Column("error", Text),
        PrimaryKeyConstraint("event_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_index(
        "ix_inbox_pending", "inbox", ["tried_at"], sqlite_where=text("done = 0"), postgresql_where=text("NOT done")
    )
