"""Files that came back, each change taken from them, remembered columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exchange_imports",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_exchange_imports_campaign_id"), "exchange_imports", ["campaign_id"])
    op.create_table(
        "exchange_changes",
        sa.Column("id", ID, primary_key=True),
        sa.Column("import_id", ID, nullable=False),
        sa.Column("finding_id", ID, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["exchange_imports.id"]),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"]),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(op.f("ix_exchange_changes_import_id"), "exchange_changes", ["import_id"])
    op.create_index(op.f("ix_exchange_changes_finding_id"), "exchange_changes", ["finding_id"])
    op.create_table(
        "exchange_mappings",
        sa.Column("id", ID, primary_key=True),
        sa.Column("agency", sa.String(length=40), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"]),
    )
    op.create_index(
        op.f("ix_exchange_mappings_agency_signature"),
        "exchange_mappings",
        ["agency", "signature"],
    )
