"""Replies: drafts that are shown together and kept, what our replies promise, and hints that were given."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, Text

revision = "0004"
down_revision = "0003"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("drafts", Column("sheet", String, nullable=False, server_default=""))
    op.execute("UPDATE drafts SET sheet = id")
    op.add_column("drafts", Column("request", Text, nullable=False, server_default="{}"))
    op.add_column("drafts", Column("kept_at", _TIME))
    op.add_column("drafts", Column("thrown_at", _TIME))
    op.create_index("ix_drafts_sheet", "drafts", ["sheet"])
    op.create_table(
        "promises",
        Column("channel", String, nullable=False),
        Column("ts", String, nullable=False),
        Column("position", Integer, nullable=False),
        Column("case_id", String, nullable=False),
        Column("by_user", String, nullable=False),
        Column("text", Text, nullable=False),
        Column("due", _TIME),
        Column("at", _TIME, nullable=False),
        Column("kept_at", _TIME),
        PrimaryKeyConstraint("channel", "ts", "position", name="pk_promises"),
        ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_promises_case_id"),
    )
    op.create_index("ix_promises_case_id_due", "promises", ["case_id", "due"])
    op.create_index("ix_promises_kept_at_due", "promises", ["kept_at", "due"])
    op.create_table(
        "hints",
        Column("channel", String, nullable=False),
        Column("ts", String, nullable=False),
        Column("person", String, nullable=False),
        Column("rule", String, nullable=False),
        Column("at", _TIME, nullable=False),
        PrimaryKeyConstraint("channel", "ts", name="pk_hints"),
    )
