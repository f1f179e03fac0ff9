"""Tables of the criteria people edit: versions, what became of them, and their trials.

All three take new rows only: a version is never changed, a newer one is written on top of it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, Text

from review.store.tables.base import Utc, id_column, metadata, reference

rulesets = Table(
    "rulesets",
    metadata,
    id_column(),
    reference("based_on", "rulesets.id", nullable=True),  # the version it was written on
    Column("changes", Text, nullable=False),  # over the shipped catalogue (models/overlay.py)
    Column("version", String(12), nullable=False),  # what findings remember
    Column("shipped", String(12), nullable=False),  # version of the shipped catalogue meant
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
)

ruleset_events = Table(
    "ruleset_events",
    metadata,
    id_column(),
    reference("ruleset_id", "rulesets.id", nullable=True),  # NULL: back to the shipped catalogue
    Column("action", String(20), nullable=False),  # ap_dung, rut
    Column("note", Text, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
)

ruleset_trials = Table(
    "ruleset_trials",
    metadata,
    id_column(),
    reference("ruleset_id", "rulesets.id"),
    Column("against", String(12), nullable=False),  # version it was compared with
    Column("report", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    reference("written_by", "people.id"),
    Index(None, "ruleset_id"),
)
