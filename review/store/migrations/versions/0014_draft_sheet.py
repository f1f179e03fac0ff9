"""A draft for each window in which a form is open: saving in one ends no words of another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_draft_sheet"
down_revision = "0013_unit"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # SQLite cannot widen a unique constraint: the rows go into a new table.
    op.rename_table("drafts", "drafts_before")
    op.create_table(
        "drafts",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("sheet", sa.String(length=32), nullable=False, server_default=""),
        sa.Column("ended", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.UniqueConstraint("person_id", "key", "sheet"),
    )
    op.execute(
        "INSERT INTO drafts (person_id, key, value, saved_at, sheet, ended)"
        " SELECT person_id, key, value, saved_at, coalesce(sheet, ''), ended FROM drafts_before"
    )
    op.drop_table("drafts_before")
