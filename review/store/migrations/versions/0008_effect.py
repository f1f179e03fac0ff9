"""Effect of acts, read from the stored texts; how provisions of two versions follow each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from review.acts.effect_store import fill

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "effects",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("provision", sa.Text(), nullable=False),
        sa.Column("since", sa.Date()),
        sa.Column("until", sa.Date()),
        sa.ForeignKeyConstraint(["version_id"], ["act_versions.id"]),
    )
    op.create_index(op.f("ix_effects_version_id"), "effects", ["version_id"])
    fill(op.get_bind())
