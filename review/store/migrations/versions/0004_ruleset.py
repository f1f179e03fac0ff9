"""Criteria that people edit: versions, what became of them, trials."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rulesets",
        sa.Column("id", ID, primary_key=True),
        sa.Column("based_on", ID, sa.ForeignKey("rulesets.id")),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("shipped", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_table(
        "ruleset_events",
        sa.Column("id", ID, primary_key=True),
        sa.Column("ruleset_id", ID, sa.ForeignKey("rulesets.id")),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_table(
        "ruleset_trials",
        sa.Column("id", ID, primary_key=True),
        sa.Column("ruleset_id", ID, sa.ForeignKey("rulesets.id"), nullable=False),
        sa.Column("against", sa.String(12), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, sa.ForeignKey("people.id"), nullable=False),
    )
    op.create_index(op.f("ix_ruleset_trials_ruleset_id"), "ruleset_trials", ["ruleset_id"])
