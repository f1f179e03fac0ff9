"""Accounts as the store holds them: a row for each role, read back as persons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Row, Select, select

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
