"""Work follows the ministries: acts of a body that is no more go to who answers for them today.

An act keeps its issuer's name; only whose work it is changes. What people wrote stays as it is, and
who still held the work under the old name is listed by ``review.work.handover``.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, Row, select, update

from corpus.agency import agency_of, responsible_today
from review.agencies import name_of
from review.people.permission import check
from review.records import Person, SuccessionRow
from review.store import tables as t
from review.store.engine import Store


class Successions:
    """Acts whose reviewing agency has ended, and their way to its successor."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def waiting(self, person: Person) -> list[SuccessionRow]:
        """Return, by agency that is no more, how many acts wait and who answers for them."""
        check(person, "successions.waiting")
        today = self._store.today()
        with self._store.read() as db:
            return _summed([(row.agency, _successor(row, today)) for row in _left(db, today)])

    def follow(self, person: Person) -> list[SuccessionRow]:
        """Give every such act to who answers for it today; return what was moved."""
        check(person, "successions.follow")
        today = self._store.today()
        moved = []
        with self._store.write() as db:
            for row in _left(db, today):
                successor = _successor(row, today)
                db.execute(
                    update(t.acts)
                    .where(t.acts.c.id == row.id)
                    .values(agency=successor, version=row.version + 1, written_by=person.id)
                )
                moved.append((row.agency, successor))
        return _summed(moved)


def _left(db: Connection, today: date) -> list[Row]:
    """Return the acts of agencies that do not exist today and have a successor."""
    held = db.scalars(select(t.acts.c.agency).distinct()).all()
    ended = [
        code for code in held if code and agency_of(code) is not None and not agency_of(code, today)
    ]
    ended = [code for code in ended if responsible_today(code, today).code != code]
    if not ended:
        return []
    columns = (t.acts.c.id, t.acts.c.agency, t.acts.c.title, t.acts.c.version)
    return list(
        db.execute(select(*columns).where(t.acts.c.agency.in_(ended)).order_by(t.acts.c.id))
    )


def _successor(row: Row, today: date) -> str:
    """Return who answers today; the title of the act tells its field (báo chí, xuất bản …)."""
    return responsible_today(row.agency, today, row.title).code


def _summed(pairs: list[tuple[str, str]]) -> list[SuccessionRow]:
    return [
        SuccessionRow(old, name_of(old), new, name_of(new), count)
        for (old, new), count in sorted(Counter(pairs).items())
    ]
