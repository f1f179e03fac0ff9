"""Acts given to persons: the legal department of an agency shares out its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, Select, insert, select
from sqlalchemy.exc import IntegrityError

from review.errors import ERRORS, Conflict, NotFound
from review.people.colleague import check_colleague, colleagues
from review.people.permission import check, scope
from review.records import AssignmentView, Colleague, Person
from review.records.page import LARGEST_PAGE
from review.store import tables as t
from review.store.engine import Store
from review.work.work_filter import latest

_giver = t.people.alias("giver")


class Assignments:
    """Who reviews which act; every change is a new row."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, person: Person, act_ids: Iterable[int]) -> Mapping[int, AssignmentView]:
        """Return who reviews these acts, as far as the person may see them; given back: absent."""
        seen = scope(person, "assignments.of")
        wanted = list(act_ids)[:LARGEST_PAGE]
        with self._store.read() as db:
            rows = db.execute(
                _select().where(
                    t.assignments.c.act_id.in_(wanted),
                    t.assignments.c.person_id.is_not(None),
                    latest(t.assignments, "act_id"),
                    *([] if seen is None else [t.acts.c.agency.in_(sorted(seen))]),
                )
            )
            return {row.act_id: _view(row) for row in rows}

    def candidates(self, person: Person, act_id: int) -> list[Colleague]:
        """Return the people the act can be given to: who reviews for its agency today."""
        with self._store.read() as db:
            return colleagues(db, _agency(db, person, act_id, "assignments.candidates"))

    def assign(
        self, person: Person, act_ids: Iterable[int], to: int | None, note: str = ""
    ) -> list[AssignmentView]:
        """Give acts to a person, or take them back (``to`` None), in one transaction.

        Raises RS-562 (does not review for that agency), ``Forbidden``, ``Conflict`` RS-501 when
        somebody gave one of them away at the same moment.
        """
        with self._store.write() as db:
            views = []
            for act_id in dict.fromkeys(act_ids):
                agency = _agency(db, person, act_id, "assignments.assign")
                if to is not None:
                    check_colleague(db, agency, to)
                give(db, person, act_id, to, note, self._store.now())
                views.append(_view(_current(db, act_id)))
            return views

    def take(self, person: Person, act_id: int) -> AssignmentView:
        """Take an act nobody has; ``Conflict`` RS-501 naming who has it."""
        with self._store.write() as db:
            check_colleague(db, _agency(db, person, act_id, "assignments.take"), person.id)
            standing = _current(db, act_id)
            if standing is not None and standing.person_id not in (None, person.id):
                raise _conflict(person.name, standing)
            _write(db, person, act_id, standing, person.id, "", self._store.now())
            return _view(_current(db, act_id))

    def history(self, person: Person, act_id: int) -> list[AssignmentView]:
        """Return every assignment of the act, newest first."""
        with self._store.read() as db:
            _agency(db, person, act_id, "assignments.history")
            rows = db.execute(
                _select()
                .where(t.assignments.c.act_id == act_id)
                .order_by(t.assignments.c.sequence.desc())
            )
            return [_view(row) for row in rows]


def give(db: Connection, by: Person, act_id: int, to: int | None, note: str, now: datetime) -> None:
    """Write an assignment in the caller's transaction; ``Conflict`` when somebody was faster."""
    _write(db, by, act_id, _current(db, act_id), to, note, now)


def _write(
    db: Connection,
    by: Person,
    act_id: int,
    standing: Row | None,
    to: int | None,
    note: str,
    now: datetime,
) -> None:
    values = {
        "act_id": act_id,
        "sequence": standing.sequence + 1 if standing else 1,
        "person_id": to,
        "note": note.strip(),
        "at": now,
        "written_by": by.id,
    }
    try:
        with db.begin_nested():
            db.execute(insert(t.assignments).values(values))
    except IntegrityError:
        faster = _current(db, act_id)
        if faster is None:
            raise
        raise _conflict(by.name, faster) from None


def _conflict(mine: str, standing: Row) -> Conflict:
    theirs = {"assignee": standing.name or ""}
    return Conflict.of({"assignee": mine}, theirs, standing.by_name, standing.at)


def _agency(db: Connection, person: Person, act_id: int, action: str) -> str:
    """Return the act's agency if the person may do ``action`` to it."""
    check(person, action)
    agency = db.scalar(select(t.acts.c.agency).where(t.acts.c.id == act_id))
    if agency is None:
        raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
    check(person, action, agency)
    return agency


def _current(db: Connection, act_id: int) -> Row | None:
    wanted = (t.assignments.c.act_id == act_id) & latest(t.assignments, "act_id")
    return db.execute(_select().where(wanted)).one_or_none()


def _select() -> Select:
    return select(t.assignments, t.people.c.name, _giver.c.name.label("by_name")).select_from(
        t.assignments.outerjoin(t.people, t.people.c.id == t.assignments.c.person_id)
        .join(_giver, _giver.c.id == t.assignments.c.written_by)
        .join(t.acts, t.acts.c.id == t.assignments.c.act_id)
    )


def _view(row: Row) -> AssignmentView:
    return AssignmentView(row.act_id, row.person_id, row.name or "", row.by_name, row.note, row.at)
