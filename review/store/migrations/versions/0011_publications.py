"""Decisions of provinces that publish a procedure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_publications"
down_revision = "0010_name_aliases"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "procedure_dossiers",
        sa.Column("suggestions", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_table(
        "publications",
        sa.Column("id", ID, primary_key=True),
        sa.Column("procedure_id", ID, nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.Column("decision", sa.String(length=160), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("uses_data", sa.Boolean()),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(
        op.f("ix_publications_procedure_id_province"), "publications", ["procedure_id", "province"]
    )
