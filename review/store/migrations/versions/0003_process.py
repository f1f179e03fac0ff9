"""Who works on what, questions, merges, sets of decisions, submissions, snapshots, hand-overs."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", ID, primary_key=True),
        sa.Column("act_id", ID, sa.ForeignKey("acts.id"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("act_id", "sequence"),
    )
    op.create_index(op.f("ix_assignments_person_id"), "assignments", ["person_id"])
    op.create_table(
        "claims",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("finding_id", "sequence"),
    )
    op.create_index(op.f("ix_claims_person_id_until"), "claims", ["person_id", "until"])
    op.create_table(
        "questions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("people.id")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("finding_id", "sequence"),
    )
    op.create_index(op.f("ix_questions_person_id"), "questions", ["person_id"])
    op.create_index(op.f("ix_questions_written_by"), "questions", ["written_by"])
    op.create_table(
        "answers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("question_id", ID, sa.ForeignKey("questions.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_index(op.f("ix_answers_question_id"), "answers", ["question_id"])
    op.create_table(
        "merges",
        sa.Column("id", ID, primary_key=True),
        sa.Column("child_id", ID, sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("parent_id", ID, sa.ForeignKey("findings.id")),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("child_id", "sequence"),
    )
    op.create_index(op.f("ix_merges_parent_id"), "merges", ["parent_id"])
    op.create_table(
        "decision_sets",
        sa.Column("id", ID, primary_key=True),
        sa.Column("set_id", sa.String(length=32), nullable=False),
        sa.Column("finding_id", ID, sa.ForeignKey("findings.id"), nullable=False),
        sa.Column("finding_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("set_id", "finding_id"),
    )
    op.create_index(op.f("ix_decision_sets_finding_id"), "decision_sets", ["finding_id"])
    op.create_table(
        "snapshots",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, sa.ForeignKey("campaigns.id"), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("acts", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_index(op.f("ix_snapshots_campaign_id_agency"), "snapshots", ["campaign_id", "agency"])
    op.create_table(
        "submissions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, sa.ForeignKey("campaigns.id"), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("snapshot_id", ID, sa.ForeignKey("snapshots.id")),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.UniqueConstraint("campaign_id", "agency", "sequence"),
    )
    op.create_table(
        "handovers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("from_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("to_id", ID, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_index(op.f("ix_handovers_from_id"), "handovers", ["from_id"])
    # The first instant after the cut-off day, so that rows compare with it on either database.
    op.add_column("campaigns", sa.Column("cutoff_at", sa.DateTime()))
    campaigns = sa.table(
        "campaigns",
        sa.column("id", ID),
        sa.column("cutoff", sa.Date()),
        sa.column("cutoff_at", sa.DateTime()),
    )
    for row in op.get_bind().execute(sa.select(campaigns).where(campaigns.c.cutoff.is_not(None))):
        op.execute(
            campaigns.update()
            .where(campaigns.c.id == row.id)
            .values(cutoff_at=datetime.combine(row.cutoff, time(17)))  # midnight in Viet Nam
        )
    # A draft that was saved or given up keeps a mark, so that a late key stroke cannot revive it.
    op.add_column("drafts", sa.Column("sheet", sa.String(length=32)))
    op.add_column(
        "drafts", sa.Column("ended", sa.Boolean(), nullable=False, server_default=sa.false())
    )
