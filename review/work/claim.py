"""Claims: two people do not do the same work. Time-limited, visible, to be taken over with a note.

A claim is a row; the one with the highest ``sequence`` counts. Two people who claim at once both
try to write the next number, and the database lets one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

from sqlalchemy import Connection, Row, Select, insert, select
from sqlalchemy.exc import IntegrityError

from corpus.datafile import read_sections
from review.clock import VIET_NAM
from review.errors import ERRORS, Claimed
from review.findings.decision import visible
from review.findings.query import conditions, joined, ordered
from review.people.permission import check, scope
from review.records import ClaimView, FindingFilter, Person
from review.records.page import LARGEST_PAGE
from review.state import UNDECIDED
from review.store import tables as t
from review.store.engine import Store
from review.work.work_filter import latest

_LIMITS = Path(__file__).with_name("process.yaml")


@cache
def limits() -> tuple[timedelta, int]:
    """Return how long a claim lasts and how many findings are claimed at once, of the data file."""
    (row,) = read_sections(_LIMITS, ["nhan_viec"])["nhan_viec"]
    read = timedelta(minutes=row.number("phut")), row.number("mot_lan")
    row.done()
    return read


class Claims:
    """«Nhận việc»: who works on which finding."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, person: Person, finding_ids: Iterable[int]) -> Mapping[int, ClaimView]:
        """Return the living claims among these findings, as far as the person may see them."""
        seen = scope(person, "claims.of")
        wanted = list(finding_ids)[:LARGEST_PAGE]
        with self._store.read() as db:
            rows = db.execute(
                living(self._store.now()).where(
                    t.claims.c.finding_id.in_(wanted),
                    *([] if seen is None else [t.acts.c.agency.in_(sorted(seen))]),
                )
            )
            return {row.finding_id: _view(row) for row in rows}

    def claim(self, person: Person, finding_id: int) -> ClaimView:
        """Take a finding, or keep it longer; raises ``Claimed`` RS-560 while somebody has it."""
        with self._store.write() as db:
            visible(db, person, finding_id, "claims.claim")
            self._take(db, person, finding_id)
            return _living(db, finding_id, self._store.now())

    def claim_next(self, person: Person, filter: FindingFilter) -> list[int]:
        """Take the next undecided findings of the filter that nobody has; return their ids.

        At most as many as the data file allows; another person who asks at the same moment gets
        the ones after them.
        """
        agencies = scope(person, "claims.claim_next")
        _, most = limits()
        taken: list[int] = []
        now = self._store.now()
        with self._store.read() as db:
            held = select(living(now).subquery().c.finding_id)
            ids = db.scalars(
                ordered(select(t.findings.c.id).select_from(joined()))
                .where(
                    *conditions(filter, agencies, self._store.today(), now),
                    t.findings.c.state.in_(UNDECIDED),
                    t.findings.c.id.not_in(held),
                )
                .limit(3 * most)
            ).all()
        for finding_id in ids:
            if len(taken) == most:
                break
            try:
                self.claim(person, finding_id)
            except Claimed:
                continue  # somebody was faster; the next one
            taken.append(finding_id)
        return taken

    def take_over(self, person: Person, finding_id: int, note: str) -> ClaimView:
        """Take a finding from whoever has it; RS-561 without a reason. Both stay in the history."""
        if not note.strip():
            check(person, "claims.take_over")
            raise ERRORS.error("RS-561")
        with self._store.write() as db:
            visible(db, person, finding_id, "claims.take_over")
            now = self._store.now()
            newest = _newest(db, finding_id)
            _write(db, person, finding_id, newest, person.id, self._until(), note, now)
            return _living(db, finding_id, now)

    def release(self, person: Person, finding_id: int) -> None:
        """Let a finding go that one has; nothing happens when one does not have it."""
        with self._store.write() as db:
            visible(db, person, finding_id, "claims.release")
            let_go(db, person, finding_id, self._store.now())

    def history(self, person: Person, finding_id: int) -> list[ClaimView]:
        """Return everybody who ever had the finding, newest first."""
        with self._store.read() as db:
            visible(db, person, finding_id, "claims.history")
            rows = db.execute(
                _select()
                .where(t.claims.c.finding_id == finding_id, t.claims.c.person_id.is_not(None))
                .order_by(t.claims.c.sequence.desc())
            )
            return [_view(row) for row in rows]

    def _take(self, db: Connection, person: Person, finding_id: int) -> None:
        now = self._store.now()
        newest = _newest(db, finding_id)
        if _holds(newest, now) and newest.person_id != person.id:
            raise _claimed(newest)
        _write(db, person, finding_id, newest, person.id, self._until(), "", now)

    def _until(self) -> datetime:
        return self._store.now() + limits()[0]


def check_free(db: Connection, person: Person, finding_id: int, now: datetime) -> None:
    """Raise ``Claimed`` RS-560 while somebody else works on the finding."""
    newest = _newest(db, finding_id)
    if _holds(newest, now) and newest.person_id != person.id:
        raise _claimed(newest)


def let_go(db: Connection, person: Person, finding_id: int, now: datetime) -> None:
    """End the person's own living claim, if there is one: the work is done."""
    newest = _newest(db, finding_id)
    if _holds(newest, now) and newest.person_id == person.id:
        _write(db, person, finding_id, newest, None, now, "", now)


def hand_on(
    db: Connection, by: Person, finding_id: int, person_id: int, note: str, now: datetime
) -> None:
    """Give a claim to another person in the caller's transaction."""
    until = now + limits()[0]
    _write(db, by, finding_id, _newest(db, finding_id), person_id, until, note, now)


def _newest(db: Connection, finding_id: int) -> Row[Any] | None:
    """Return the row that counts. What is written next bears its number plus one, so that a claim
    that came after this reading is met by the unique constraint and never covered."""
    return db.execute(
        select(t.claims, t.people.c.name)
        .outerjoin(t.people, t.people.c.id == t.claims.c.person_id)
        .where(t.claims.c.finding_id == finding_id)
        .order_by(t.claims.c.sequence.desc())
        .limit(1)
    ).one_or_none()


def _holds(newest: Row[Any] | None, now: datetime) -> TypeGuard[Row[Any]]:
    return newest is not None and newest.person_id is not None and newest.until > now


def living(now: datetime) -> Select:
    """Select the claims that hold at ``now``: the newest of their finding, not let go, not over."""
    return _select().where(
        latest(t.claims, "finding_id"), t.claims.c.person_id.is_not(None), t.claims.c.until > now
    )


def _select() -> Select:
    return (
        select(t.claims, t.people.c.name)
        .join(t.people, t.people.c.id == t.claims.c.person_id)
        .join(t.findings, t.findings.c.id == t.claims.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
    )


def _write(
    db: Connection,
    by: Person,
    finding_id: int,
    newest: Row[Any] | None,
    person_id: int | None,
    until: datetime,
    note: str,
    now: datetime,
) -> None:
    values = {
        "finding_id": finding_id,
        "sequence": newest.sequence + 1 if newest else 1,
        "person_id": person_id,
        "until": until,
        "note": note.strip(),
        "at": now,
        "written_by": by.id,
    }
    try:
        with db.begin_nested():
            db.execute(insert(t.claims).values(values))
    except IntegrityError:
        faster = _newest(db, finding_id)
        if not _holds(faster, now):
            raise
        raise _claimed(faster) from None


def _claimed(row: Row) -> Claimed:
    until = f"{row.until.astimezone(VIET_NAM):%H:%M}"
    error = ERRORS.error("RS-560", Claimed, who=row.name, until=until)
    assert isinstance(error, Claimed)
    return error


def _living(db: Connection, finding_id: int, now: datetime) -> ClaimView:
    return _view(db.execute(living(now).where(t.claims.c.finding_id == finding_id)).one())


def _view(row: Row) -> ClaimView:
    return ClaimView(row.finding_id, row.person_id, row.name, row.until, row.note, row.at)
