"""Changing a row that others may be changing too: only on the version its author saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from review.errors import Conflict
from review.records import Person
from review.store import tables as t


def write_version(
    db: Connection,
    table: Table,
    standing: Row,
    version: int,
    values: Mapping[str, Any],
    person: Person,
    now: datetime,
    *,
    mine: Mapping[str, Any] | None = None,
) -> None:
    """Write ``values`` as version + 1, or raise ``Conflict`` RS-501 with both sides.

    ``mine`` is what the author entered where that is more than columns of the row. The table has
    the columns version, written_by and written_at.
    """
    written = db.execute(
        update(table)
        .where(table.c.id == standing.id, table.c.version == version)
        .values(**values, version=version + 1, written_by=person.id, written_at=now)
    )
    if written.rowcount:
        return
    entered = mine if mine is not None else values
    who = db.scalar(select(t.people.c.name).where(t.people.c.id == standing.written_by))
    theirs = {key: standing._mapping[key] for key in entered if key in standing._mapping}
    raise Conflict.of(dict(entered), theirs, who or "", standing.written_at)
