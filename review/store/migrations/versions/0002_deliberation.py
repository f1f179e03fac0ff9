"""Openings, conclusions, the thread with the ministries, meetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sector_group", sa.String(length=200), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair", sa.String(length=200), nullable=False),
        sa.Column("secretary", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.UniqueConstraint("campaign_id", "number"),
    )
    op.create_table(
        "conclusions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("disagreed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("opinions", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "round", "sequence"),
    )
    op.create_table(
        "meeting_attendance",
        sa.Column("id", ID, primary_key=True),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index(op.f("ix_meeting_attendance_meeting_id"), "meeting_attendance", ["meeting_id"])
    op.create_table(
        "meeting_conclusions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("meeting_id", "sequence"),
    )
    op.create_table(
        "meeting_decisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("deadline", sa.Date()),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"]),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("meeting_id", "finding_id", "sequence"),
    )
    op.create_table(
        "meeting_items",
        sa.Column("id", ID, primary_key=True),
        sa.Column("meeting_id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"]),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.UniqueConstraint("meeting_id", "finding_id"),
    )
    op.create_index(op.f("ix_meeting_items_finding_id"), "meeting_items", ["finding_id"])
    op.create_table(
        "openings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("last_opinion_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "round"),
    )
    op.create_table(
        "thread_entries",
        sa.Column("id", ID, primary_key=True),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
        sa.UniqueConstraint("finding_id", "round", "sequence"),
    )
