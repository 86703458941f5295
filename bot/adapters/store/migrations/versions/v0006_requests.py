"""Escalations: what is asked, decisions before the one that stands, questions. Opportunities: who follows them up."""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, Text

revision = "0006"
down_revision = "0005"

_TIME = DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("escalations", Column("request", Text, nullable=False, server_default="{}"))
    op.add_column("escalations", Column("earlier", Text, nullable=False, server_default="[]"))
    op.add_column("escalations", Column("version", Integer, nullable=False, server_default="0"))
    op.create_table(
        "questions",
        Column("ts", String, nullable=False),
        Column("escalation_id", String, nullable=False),
        Column("asked_by", String, nullable=False),
        Column("asked_of", String, nullable=False),
        Column("text", Text, nullable=False),
        Column("asked_at", _TIME, nullable=False),
        Column("answer", Text),
        Column("answered_by", String),
        Column("answered_at", _TIME),
        PrimaryKeyConstraint("ts", name="pk_questions"),
        ForeignKeyConstraint(["escalation_id"], ["escalations.id"], name="fk_questions_escalation_id"),
    )
    op.create_index("ix_questions_escalation_id_asked_at", "questions", ["escalation_id", "asked_at"])
    op.add_column("opportunities", Column("taken_by", String))
    op.add_column("opportunities", Column("moved_at", _TIME))
    op.add_column("opportunities", Column("remind_at", _TIME))
    op.add_column("opportunities", Column("note", Text))
    op.add_column("opportunities", Column("hold", String))
    op.add_column("opportunities", Column("cleared_by", String))
    op.add_column("opportunities", Column("cleared_at", _TIME))
    op.add_column("opportunities", Column("version", Integer, nullable=False, server_default="0"))
