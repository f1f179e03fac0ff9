"""The agenda of a meeting: what it may speak about, in which order, and how that is written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, insert, select, update

from review.opinions.ballot import Ballot, ballots
from review.records import Person
from review.state import SPEAKING
from review.store import tables as t

# What a meeting may speak about, and of that what still waits for it.
_SUBMITTED = (*SPEAKING, "bo_tiep_thu_giai_trinh", "chua_thong_nhat", "vuot_tham_quyen")
_WAITING = tuple(state for state in _SUBMITTED if state != "thong_nhat")


def agenda_of(db: Connection, meeting_id: int) -> list[int]:
    """Return the findings on the agenda in their order."""
    items = t.meeting_items.c
    return list(
        db.scalars(
            select(items.finding_id)
            .where(items.meeting_id == meeting_id)
            .order_by(items.position, items.id)
        )
    )


def candidates(db: Connection, row: Row, *, settled: bool = False) -> list[int]:
    """Return the findings a meeting may speak about: disagreement first, then by agency and act.

    ``settled``: also those that are agreed already.
    """
    states = _SUBMITTED if settled else _WAITING
    found = db.execute(
        select(t.findings.c.id, t.findings.c.round, t.acts.c.agency)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(
            t.acts.c.campaign_id == row.campaign_id,
            t.acts.c.agency.in_(row.agencies),
            t.findings.c.standing,
            t.findings.c.state.in_(states),
        )
        .order_by(t.findings.c.act_id, t.findings.c.place, t.findings.c.id)
    ).all()
    given = ballots(db, [one.id for one in found])
    order = {code: place for place, code in enumerate(row.agencies)}

    def rank(one: Row) -> tuple[int, int]:
        ballot = ballot_of(given, one.id, one.round)
        return (0 if ballot.divided else 2 if ballot.opened else 1), order[one.agency]

    return [one.id for one in sorted(found, key=rank)]


def ballot_of(given: dict[int, list[Ballot]], finding_id: int, number: int) -> Ballot:
    rounds = given.get(finding_id, [])
    return next((one for one in rounds if one.number == number), Ballot(finding_id, number, ()))


def write_agenda(db: Connection, person: Person, row: Row, finding_ids: Sequence[int]) -> None:
    items = t.meeting_items
    of_meeting = items.c.meeting_id == row.id
    gone = of_meeting & items.c.finding_id.notin_(finding_ids)
    # The deletion events name who took it off.
    db.execute(update(items).where(gone).values(written_by=person.id))
    db.execute(delete(items).where(gone))
    standing = agenda_of(db, row.id)
    for position, finding_id in enumerate(finding_ids, 1):
        values = {"position": position, "written_by": person.id}
        if finding_id in standing:
            same = of_meeting & (items.c.finding_id == finding_id)
            db.execute(update(items).where(same, items.c.position != position).values(**values))
        else:
            db.execute(insert(items).values(meeting_id=row.id, finding_id=finding_id, **values))
