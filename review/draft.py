"""Half-typed forms, saved as they are typed and restored on open; nobody else sees them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from review.permission import check
from review.records import Draft, Person
from review.store import tables as t
from review.store.engine import Store

_KEY_LENGTH = 200


class Drafts:
    """Drafts by (person, key); a key names the form, "proposal:17"."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, person: Person, key: str, value: Mapping[str, object]) -> Draft:
        """Keep the form (JSON values); the page says «đã lưu nháp HH:MM» from ``saved_at``.

        Raises ``ValueError`` for a key of more than 200 characters.
        """
        check(person, "drafts.save")
        if not 0 < len(key) <= _KEY_LENGTH:
            raise ValueError(f"draft key of {len(key)} characters")
        now = self._store.now()
        dialect = sqlite if self._store.sqlite else postgresql
        written = dialect.insert(t.drafts).values(
            person_id=person.id, key=key, value=dict(value), saved_at=now
        )
        with self._store.write() as db:
            db.execute(
                written.on_conflict_do_update(
                    index_elements=["person_id", "key"],
                    set_={"value": written.excluded.value, "saved_at": now},
                )
            )
        return Draft(key, dict(value), now)

    def load(self, person: Person, key: str) -> Draft | None:
        """Return what was typed last, or None."""
        check(person, "drafts.load")
        with self._store.read() as db:
            row = db.execute(
                select(t.drafts).where(t.drafts.c.person_id == person.id, t.drafts.c.key == key)
            ).one_or_none()
        return Draft(row.key, row.value, row.saved_at) if row else None

    def list(self, person: Person) -> list[Draft]:
        """Return all own drafts, newest first."""
        check(person, "drafts.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.drafts)
                .where(t.drafts.c.person_id == person.id)
                .order_by(t.drafts.c.saved_at.desc(), t.drafts.c.key)
            ).all()
        return [Draft(row.key, row.value, row.saved_at) for row in rows]

    def discard(self, person: Person, key: str) -> None:
        """Forget the draft: the form was saved, or given up."""
        check(person, "drafts.discard")
        with self._store.write() as db:
            db.execute(
                delete(t.drafts).where(t.drafts.c.person_id == person.id, t.drafts.c.key == key)
            )
