"""How long steps usually take: the shipped assumptions, unless somebody has set another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from review.programme.step import plan
from review.records import Person
from review.store import tables as t

LONGEST = 1000  # days


def shipped() -> Mapping[tuple[str, str], int]:
    """Return the days of ``steps.yaml`` by (kind, step)."""
    return {
        (kind.code, step.code): step.days for kind in plan().kinds.values() for step in kind.steps
    }


def of(db: Connection) -> Mapping[tuple[str, str], int]:
    """Return the days by (kind, step): what was set last, else what is shipped."""
    found = dict(shipped())
    for row in db.execute(select(t.step_durations).order_by(t.step_durations.c.id)):
        if (row.kind, row.step) in found:
            found[row.kind, row.step] = row.days
    return found


def write(db: Connection, person: Person, kind: str, step: str, days: int, now: datetime) -> None:
    """Add a row; the ones before it stay readable."""
    db.execute(
        insert(t.step_durations).values(
            kind=kind, step=step, days=days, at=now, written_by=person.id
        )
    )
