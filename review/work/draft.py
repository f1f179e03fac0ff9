"""Half-typed forms, saved as they are typed and restored on open; nobody else sees them.

Each window in which a form is open has a sheet of its own: two windows of one person never write
over each other, and what is saved in one ends nothing that was typed in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from review.people.permission import check
from review.records import Draft, Person
from review.store import tables as t
from review.store.engine import Store

BASIS = "basis"  # the field of a form that holds the version it was begun on

_KEY_LENGTH = 200


class Drafts:
    """Drafts by (person, key, sheet); a key names the form, "proposal:17"."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, person: Person, key: str, value: Mapping[str, object], sheet: str = "") -> Draft:
        """Keep the whole form (JSON values); the page says «đã lưu nháp HH:MM» from ``saved_at``.

        Raises ``ValueError`` for a key of more than 200 characters.
        """
        check(person, "drafts.save")
        with self._store.write() as db:
            return self._put(db, person, key, dict(value), sheet)

    def keep(
        self,
        person: Person,
        key: str,
        sheet: str,
        typed: Mapping[str, object],
        under: Mapping[str, object] | None = None,
    ) -> Draft | None:
        """Put typed fields into the draft, the others stay: what the browser sends while typing.

        ``sheet`` names the form that was begun; None where that form was saved or given up
        meanwhile, so that a key stroke on its way cannot bring it back. ``under`` is what the form
        began with: it fills fields that the draft does not hold.
        """
        check(person, "drafts.keep")
        with self._store.write() as db:
            row = db.execute(
                select(t.drafts)
                .where(_of(person, key), t.drafts.c.sheet == sheet)
                .with_for_update()
            ).one_or_none()
            if row is not None and row.ended:
                return None
            before = {} if row is None else row.value
            return self._put(db, person, key, {**(under or {}), **before, **typed}, sheet)

    def _put(
        self, db: Connection, person: Person, key: str, value: dict[str, object], sheet: str
    ) -> Draft:
        if not 0 < len(key) <= _KEY_LENGTH:
            raise ValueError(f"draft key of {len(key)} characters")
        now = self._store.now()
        self._upsert(db, person, key, sheet, value=value, saved_at=now, ended=False)
        return Draft(key, value, now, sheet)

    def _upsert(
        self, db: Connection, person: Person, key: str, sheet: str, **values: object
    ) -> None:
        dialect = sqlite if self._store.sqlite else postgresql
        written = dialect.insert(t.drafts).values(
            person_id=person.id, key=key, sheet=sheet, **values
        )
        db.execute(
            written.on_conflict_do_update(
                index_elements=["person_id", "key", "sheet"],
                set_={name: written.excluded[name] for name in values},
            )
        )

    def load(self, person: Person, key: str, sheets: Sequence[str] = ()) -> Draft | None:
        """Return the draft of the first of these sheets that has one; without sheets, what was
        typed last. None where nothing is half typed."""
        check(person, "drafts.load")
        with self._store.read() as db:
            rows = db.execute(
                select(t.drafts)
                .where(_of(person, key), ~t.drafts.c.ended)
                .order_by(t.drafts.c.saved_at.desc(), t.drafts.c.sheet)
            ).all()
        if sheets:
            rows = sorted(
                (row for row in rows if row.sheet in sheets),
                key=lambda row: sheets.index(row.sheet),
            )
        return _draft(rows[0]) if rows else None

    def list(self, person: Person) -> list[Draft]:
        """Return all own drafts, newest first."""
        check(person, "drafts.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.drafts)
                .where(t.drafts.c.person_id == person.id, ~t.drafts.c.ended)
                .order_by(t.drafts.c.saved_at.desc(), t.drafts.c.key)
            ).all()
        return [_draft(row) for row in rows]

    def discard(
        self,
        person: Person,
        key: str,
        sheet: str = "",
        begun: Draft | None = None,
        shown: Mapping[str, object] | None = None,
    ) -> None:
        """Forget the draft: the form was saved, or given up. What it named stays named.

        With it goes the draft that the form began with (``begun``), unless somebody went on typing
        in its window, and what says nothing else than the form showed (``shown``). The words of
        other windows stay.
        """
        check(person, "drafts.discard")
        now = self._store.now()
        with self._store.write() as db:
            others = db.execute(
                select(t.drafts).where(_of(person, key), t.drafts.c.sheet != sheet)
            ).all()
            for row in others:
                if row.ended or _is(row, begun) or _holds(shown or {}, row):
                    own = _of(person, key) & (t.drafts.c.sheet == row.sheet)
                    db.execute(delete(t.drafts).where(own, t.drafts.c.saved_at == row.saved_at))
            self._upsert(db, person, key, sheet, value={}, saved_at=now, ended=True)


def _of(person: Person, key: str) -> ColumnElement[bool]:
    return (t.drafts.c.person_id == person.id) & (t.drafts.c.key == key)


def _is(row: Row, begun: Draft | None) -> bool:
    return begun is not None and (row.sheet, row.saved_at) == (begun.sheet, begun.saved_at)


def _holds(shown: Mapping[str, object], row: Row) -> bool:
    """Whether all words of a draft stand in the form; ``basis`` is no word of the person."""
    words = {name: value for name, value in row.value.items() if name != BASIS}
    return all(name in shown and shown[name] == value for name, value in words.items())


def _draft(row: Row) -> Draft:
    return Draft(row.key, row.value, row.saved_at, row.sheet)
