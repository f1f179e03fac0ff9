"""The unit of an agency that a person works in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_unit"
down_revision = "0012_saved_filter"


def upgrade() -> None:
    op.add_column(
        "people", sa.Column("unit", sa.String(length=200), nullable=False, server_default="")
    )
