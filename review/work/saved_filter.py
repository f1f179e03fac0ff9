"""Filters that a person keeps under a name, page by page; nobody else sees them.

A filter is the state of an address, so opening one is following a link.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from corpus.text import fold
from review.errors import ERRORS
from review.people.permission import check
from review.records import Person, SavedFilter
from review.store import tables as t
from review.store.engine import Store

LONGEST_NAME = 80
_MOST = 40  # of one page
_LONGEST_VALUE = 400  # characters of one value of an address


class SavedFilters:
    """Keep, list and remove one's own filters."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, page: str) -> list[SavedFilter]:
        """Return the person's filters of a page, by name."""
        check(person, "saved_filters.list")
        with self._store.read() as db:
            return _standing(db, person.id, page)

    def save(self, person: Person, page: str, name: str, address: Mapping[str, str]) -> None:
        """Keep an address under a name; one of that name is superseded.

        Raises RS-655 for a name that is empty or too long, RS-656 for an address that holds
        nothing to filter by or too much, or when there are too many filters already.
        """
        check(person, "saved_filters.save")
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise ERRORS.error("RS-655", longest=LONGEST_NAME)
        kept = {key: value for key, value in address.items() if value}
        if not kept or any(len(text) > _LONGEST_VALUE for text in (*kept, *kept.values())):
            raise ERRORS.error("RS-656", most=_MOST)
        with self._store.write() as db:
            names = {item.name for item in _standing(db, person.id, page)}
            if len(names - {name}) >= _MOST:
                raise ERRORS.error("RS-656", most=_MOST)
            self._write(db, person, page, name, kept, removed=False)

    def remove(self, person: Person, page: str, name: str) -> None:
        """Take a filter off the list; removing one that is not there changes nothing."""
        check(person, "saved_filters.remove")
        with self._store.write() as db:
            if name in {item.name for item in _standing(db, person.id, page)}:
                self._write(db, person, page, name, {}, removed=True)

    def _write(
        self,
        db: Connection,
        person: Person,
        page: str,
        name: str,
        address: Mapping[str, str],
        *,
        removed: bool,
    ) -> None:
        db.execute(
            insert(t.saved_filters).values(
                person_id=person.id,
                page=page,
                name=name,
                address=dict(address),
                removed=removed,
                at=self._store.now(),
            )
        )


def _standing(db: Connection, person_id: int, page: str) -> list[SavedFilter]:
    rows = t.saved_filters.c
    newest = (
        select(func.max(rows.id))
        .where(rows.person_id == person_id, rows.page == page)
        .group_by(rows.name)
    )
    found = db.execute(
        select(rows.name, rows.address, rows.at).where(rows.id.in_(newest), ~rows.removed)
    )
    items = [SavedFilter(row.name, dict(row.address), row.at) for row in found]
    return sorted(items, key=lambda item: (fold(item.name), item.name))
