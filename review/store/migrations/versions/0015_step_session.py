"""The session at which the National Assembly gives its opinion on a bill, or passes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_step_session"
down_revision = "0014_draft_sheet"


def upgrade() -> None:
    op.add_column(
        "project_steps",
        sa.Column("session", sa.String(length=80), nullable=False, server_default=""),
    )
