"""Filters that people keep under a name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_saved_filter"
down_revision = "0011_publications"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_filters",
        sa.Column("id", ID, primary_key=True, autoincrement=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("address", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index(
        op.f("ix_saved_filters_person_id_page_name"),
        "saved_filters",
        ["person_id", "page", "name"],
    )
