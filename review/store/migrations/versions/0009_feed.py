"""Calendar addresses: one secret a person, kept as a hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_feed"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime()),
        sa.Column("written_by", ID),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index(op.f("ix_feeds_person_id"), "feeds", ["person_id"])
