"""Half-typed forms, saved as they are typed and restored on open; nobody else sees them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from review.people.permission import check
from review.records import Draft, Person
from review.store import tables as t
from review.store.engine import Store

_KEY_LENGTH = 200


class Drafts:
    """Drafts by (person, key); a key names the form, "proposal:17"."""

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
        self, person: Person, key: str, sheet: str, typed: Mapping[str, object]
    ) -> Draft | None:
        """Put typed fields into the draft, the others stay: what the browser sends while typing.

        ``sheet`` names the form that was begun; None where that form was saved or given up
        meanwhile, so that a key stroke on its way cannot bring it back.
        """
        check(person, "drafts.keep")
        with self._store.write() as db:
            own = (t.drafts.c.person_id == person.id) & (t.drafts.c.key == key)
            row = db.execute(select(t.drafts).where(own).with_for_update()).one_or_none()
            if row is not None and row.ended and row.sheet == sheet:
                return None
            before = {} if row is None or row.ended else row.value
            return self._put(db, person, key, {**before, **typed}, sheet)

    def _put(
        self, db: Connection, person: Person, key: str, value: dict[str, object], sheet: str
    ) -> Draft:
        if not 0 < len(key) <= _KEY_LENGTH:
            raise ValueError(f"draft key of {len(key)} characters")
        now = self._store.now()
        self._upsert(db, person, key, value=value, saved_at=now, sheet=sheet, ended=False)
        return Draft(key, value, now, sheet)

    def _upsert(self, db: Connection, person: Person, key: str, **values: object) -> None:
        dialect = sqlite if self._store.sqlite else postgresql
        written = dialect.insert(t.drafts).values(person_id=person.id, key=key, **values)
        db.execute(
            written.on_conflict_do_update(
                index_elements=["person_id", "key"],
                set_={name: written.excluded[name] for name in values},
            )
        )

    def load(self, person: Person, key: str) -> Draft | None:
        """Return what was typed last, or None."""
        check(person, "drafts.load")
        with self._store.read() as db:
            row = db.execute(
                select(t.drafts).where(
                    t.drafts.c.person_id == person.id, t.drafts.c.key == key, ~t.drafts.c.ended
                )
            ).one_or_none()
        return _draft(row) if row else None

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

    def discard(self, person: Person, key: str, sheet: str = "") -> None:
        """Forget the draft: the form was saved, or given up. What it named stays named."""
        check(person, "drafts.discard")
        now = self._store.now()
        with self._store.write() as db:
            self._upsert(db, person, key, value={}, saved_at=now, sheet=sheet, ended=True)


def _draft(row: Row) -> Draft:
    return Draft(row.key, row.value, row.saved_at, row.sheet or "")
