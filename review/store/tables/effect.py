"""Effect of acts as their texts say it: read at loading, so that a list can ask for any day."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, Text

from review.store.tables.base import id_column, metadata, reference

# One row «ban_than» a version (its own period); other rows say something of other acts.
effects = Table(
    "effects",
    metadata,
    id_column(),
    reference("version_id", "act_versions.id"),
    Column("kind", String(20), nullable=False),  # review.effect.KINDS
    Column("target", Text, nullable=False),  # the act spoken of, as cited
    Column("path", Text, nullable=False),  # its unit; for «ban_than» where the last day is said
    Column("provision", Text, nullable=False),  # where this act says so
    Column("since", Date),
    Column("until", Date),
    Index(None, "version_id"),
)
