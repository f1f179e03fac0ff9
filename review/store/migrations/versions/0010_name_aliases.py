"""Names the lists use for databases, owners and acts; their cells as printed; dossiers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_name_aliases"
down_revision = "0009_feed"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "worklist_rows", sa.Column("printed", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_table(
        "name_aliases",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("comparable", sa.Text(), nullable=False),
        sa.Column("means", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_name_aliases_kind_comparable"), "name_aliases", ["kind", "comparable"])
    op.create_table(
        "procedure_dossiers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("procedure_id", ID, nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("bases", sa.JSON(), nullable=False),
        sa.Column("ruleset", sa.String(length=80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(
        op.f("ix_procedure_dossiers_procedure_id"), "procedure_dossiers", ["procedure_id"]
    )
