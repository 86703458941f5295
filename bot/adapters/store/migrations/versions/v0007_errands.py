"""Errands: what has to follow from stored changes."""

from alembic import op
from sqlalchemy import Column, DateTime, Integer, PrimaryKeyConstraint, String, Text

revision = "0007"
down_revision = "0006"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "errands",
        Column("kind", String, nullable=False),
        Column("subject", String, nullable=False),
        Column("since", _TIME, nullable=False),
        Column("due", _TIME, nullable=False),
        Column("by_user", String),
        Column("words", Text),
        Column("attempts", Integer, nullable=False),
        PrimaryKeyConstraint("kind", "subject", name="pk_errands"),
    )
    op.create_index("ix_errands_due", "errands", ["due"])
