"""Who is invited to a meeting, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, Row, delete, insert, select, update

from review.records import Attendee, Person, post_of
from review.store import tables as t


def invited(db: Connection, row: Row) -> list[Attendee]:
    """The standing group, and the legal departments of the agencies that are called."""
    held = t.memberships.c
    people = db.execute(
        select(
            t.people.c.id,
            t.people.c.name,
            t.people.c.title,
            t.people.c.unit,
            held.role,
            held.agency,
        )
        .join(t.memberships, held.person_id == t.people.c.id)
        .where(
            t.people.c.active,
            held.role.in_(("tct_nhom_tt", "tct_thuongtruc"))
            | ((held.role == "phap_che_bo") & held.agency.in_(row.agencies)),
        )
        .order_by(held.role.desc(), t.people.c.id)
    ).all()
    found: dict[int, Attendee] = {}
    for one in people:
        part = "dai_bieu" if one.role == "phap_che_bo" else "thanh_vien"
        post = post_of(one.title, one.unit)
        found.setdefault(one.id, Attendee(one.name, one.agency, part, post, one.id, False))
    return list(found.values())


def attendance_of(db: Connection, meeting_id: int) -> tuple[Attendee, ...]:
    rows = db.execute(
        select(t.meeting_attendance)
        .where(t.meeting_attendance.c.meeting_id == meeting_id)
        .order_by(t.meeting_attendance.c.id)
    )
    return tuple(
        Attendee(row.name, row.agency, row.part, row.title, row.person_id, row.present)
        for row in rows
    )


def write_attendance(
    db: Connection, person: Person, meeting_id: int, attendance: Sequence[Attendee]
) -> None:
    of_meeting = t.meeting_attendance.c.meeting_id == meeting_id
    db.execute(update(t.meeting_attendance).where(of_meeting).values(written_by=person.id))
    db.execute(delete(t.meeting_attendance).where(of_meeting))
    for one in attendance:
        values = {"meeting_id": meeting_id, **asdict(one), "written_by": person.id}
        db.execute(insert(t.meeting_attendance).values(values))
