"""Accounts as the store holds them: a row for each role, read back as persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, Row, Select, select

from review.errors import ERRORS, NotFound
from review.records import Membership, Person
from review.store import tables as t


def with_memberships() -> Select:
    """Select accounts, a row for each role held; one row without a role where there is none."""
    return (
        select(t.people, t.memberships.c.role, t.memberships.c.agency)
        .select_from(t.people.outerjoin(t.memberships, t.memberships.c.person_id == t.people.c.id))
        .order_by(t.people.c.id, t.memberships.c.id)
    )


def people_of(rows: Iterable[Row]) -> list[Person]:
    """Return the persons of such rows, each with all roles, in the order of the rows."""
    people: dict[int, Person] = {}
    for row in rows:
        known = people.get(row.id) or Person(
            row.id, row.username, row.name, row.title, (), row.active, row.demo, row.unit
        )
        if row.role is not None:
            held = (*known.memberships, Membership(row.role, row.agency))
            known = replace(known, memberships=held)
        people[row.id] = known
    return list(people.values())


def read_person(db: Connection, person_id: int) -> Person:
    """Return one account; raises ``NotFound`` RS-601."""
    people = people_of(db.execute(with_memberships().where(t.people.c.id == person_id)).all())
    if not people:
        raise ERRORS.error("RS-601", NotFound, what="người dùng", id=person_id)
    return people[0]


def membership_row(person_id: int, held: Membership, by: int | None) -> dict[str, object]:
    """Return the row of one role held."""
    return {"person_id": person_id, "role": held.role, "agency": held.agency, "written_by": by}
