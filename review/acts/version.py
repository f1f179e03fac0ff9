"""Two texts of one act side by side."""

from __future__ import annotations

from sqlalchemy import select

from corpus.compare import compare
from review.acts.stored import act_of
from review.errors import ERRORS, NotFound
from review.people.permission import check
from review.records import Person
from review.records.reader import VersionComparison
from review.store import tables as t
from review.store.engine import Store


class Versions:
    """Compares the texts of an act that were loaded one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def compare(self, person: Person, act_id: int, before: int, after: int) -> VersionComparison:
        """Return the units of two versions, named by their numbers, with what differs.

        Raises ``NotFound`` RS-601 for an act or version that is not stored, ``Forbidden`` RS-411.
        """
        check(person, "versions.compare")
        with self._store.read() as db:
            agency = db.scalar(select(t.acts.c.agency).where(t.acts.c.id == act_id))
            if agency is None:
                raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
            check(person, "versions.compare", agency)
            ids = {
                row.number: row.id
                for row in db.execute(
                    select(t.act_versions.c.number, t.act_versions.c.id).where(
                        t.act_versions.c.act_id == act_id
                    )
                )
            }
            for number in (before, after):
                if number not in ids:
                    raise ERRORS.error("RS-601", NotFound, what="phiên bản", id=number)
            comparison = compare(act_of(db, act_id, ids[before]), act_of(db, act_id, ids[after]))
        return VersionComparison(before, after, comparison.differences, comparison.counts)
