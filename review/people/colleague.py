"""Who works for an agency: whom work can be given to, and who can be asked."""

from __future__ import annotations

from sqlalchemy import Connection, select

from review.agencies import name_of
from review.errors import ERRORS
from review.people.permission import TABLE
from review.records import Colleague, post_of
from review.store import tables as t

# Whoever may decide on findings of an agency works on its acts.
_WORKS = "findings.confirm"


def colleagues(db: Connection, agency: str, *, but: int | None = None) -> list[Colleague]:
    """Return the active people who review for ``agency``, by name, without ``but``."""
    rows = db.execute(
        select(t.people.c.id, t.people.c.name, t.people.c.title, t.people.c.unit)
        .join(t.memberships, t.memberships.c.person_id == t.people.c.id)
        .where(
            t.people.c.active,
            t.memberships.c.agency == agency,
            t.memberships.c.role.in_(sorted(TABLE.actions[_WORKS].agency)),
        )
        .distinct()
    )
    found = (
        Colleague(row.id, row.name, post_of(row.title, row.unit)) for row in rows if row.id != but
    )
    return sorted(found, key=lambda one: one.name)


def check_colleague(db: Connection, agency: str, person_id: int) -> Colleague:
    """Return the person if they review for ``agency`` today; raises RS-562 otherwise."""
    for one in colleagues(db, agency):
        if one.id == person_id:
            return one
    name = db.scalar(select(t.people.c.name).where(t.people.c.id == person_id))
    raise ERRORS.error("RS-562", who=name or person_id, agency=name_of(agency) or "chưa phân công")
