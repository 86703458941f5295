"""What people prefer, and what the desk remembers of them."""

from alembic import op
from sqlalchemy import Boolean, Column, DateTime, PrimaryKeyConstraint, String

revision = "0003"
down_revision = "0002"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "preferences",
        Column("person", String, nullable=False),
        Column("locale", String),
        Column("hints", Boolean, nullable=False),
        Column("greeted_at", _TIME),
        PrimaryKeyConstraint("person", name="pk_preferences"),
    )
