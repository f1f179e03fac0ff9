"""Calendar addresses: one secret address a person, to be given to a calendar program.

The address is kept as a hash, like a session. It opens the days of the programme only, of the
person's own agencies where the role reaches no further, and nothing once it was withdrawn, a new
one was made, or the account stopped.
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, Select, insert, select, update

from review.people.accounts import People
from review.people.permission import allows, check, scope
from review.programme.agenda import day_order, events_of
from review.records import Person
from review.records.programme import Feed, FeedView
from review.store import tables as t
from review.store.engine import Store
from review.store.triggers import sha256


class Feeds:
    """Make, withdraw and read calendar addresses; each person only the own one."""

    def __init__(self, store: Store, people: People) -> None:
        self._store = store
        self._people = people

    def standing(self, person: Person) -> FeedView | None:
        """Return when the person's living address was made; None where there is none."""
        check(person, "feeds.standing")
        with self._store.read() as db:
            row = db.execute(_living().where(t.feeds.c.person_id == person.id)).one_or_none()
        return FeedView(row.made_at) if row else None

    def make(self, person: Person) -> str:
        """Make a new address and return its secret, this once; the one before stops working."""
        check(person, "feeds.make")
        secret = secrets.token_urlsafe(32)
        with self._store.write() as db:
            self._withdraw(db, person)
            db.execute(
                insert(t.feeds).values(
                    person_id=person.id,
                    secret_hash=sha256(secret),
                    made_at=self._store.now(),
                    written_by=person.id,
                )
            )
        return secret

    def withdraw(self, person: Person) -> None:
        """Make the person's address stop working."""
        check(person, "feeds.withdraw")
        with self._store.write() as db:
            self._withdraw(db, person)

    def read(self, secret: str) -> Feed | None:
        """Return what an address gives out; None for one that was never made or is withdrawn."""
        with self._store.read() as db:
            row = db.execute(_living().where(t.feeds.c.secret_hash == sha256(secret))).one_or_none()
        person = self._people.living(row.person_id) if row else None
        if person is None or not allows(person, "agenda.events"):
            return None
        seen = scope(person, "agenda.events")
        today = self._store.today()
        with self._store.read() as db:
            found = {
                event.key: event
                for campaign_id in db.scalars(select(t.campaigns.c.id).order_by(t.campaigns.c.id))
                for event in events_of(db, person, campaign_id, today)
                if seen is None or event.agency in seen or not event.agency
            }
        events = sorted(found.values(), key=day_order)
        return Feed(person.name, self._store.now(), events)

    def _withdraw(self, db: Connection, person: Person) -> None:
        db.execute(
            update(t.feeds)
            .where(t.feeds.c.person_id == person.id, t.feeds.c.withdrawn_at.is_(None))
            .values(withdrawn_at=self._store.now(), written_by=person.id)
        )


def _living() -> Select:
    return select(t.feeds).where(t.feeds.c.withdrawn_at.is_(None))
