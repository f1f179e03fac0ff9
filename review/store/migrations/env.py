"""Alembic runs the migrations on the connection that ``Store.migrate`` hands over.

The triggers follow the tables of today, so they are made anew once, after the last migration: an
earlier one would meet tables and columns that do not exist yet.
"""

from __future__ import annotations

from alembic import context

from review.store import triggers
from review.store.tables import metadata

connection = context.config.attributes["connection"]
applied: list[object] = []

context.configure(
    connection=connection,
    target_metadata=metadata,
    transactional_ddl=True,
    on_version_apply=lambda step, **_: applied.append(step),
)
context.run_migrations()
if applied:
    triggers.install(connection)
