"""Accounts: sign-in, sessions, roles. Passwords and session tokens are kept as hashes only."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from review import agencies
from review.errors import ERRORS, SignInRefused
from review.people.account_rows import (
    membership_row,
    people_of,
    read_person,
    with_memberships,
)
from review.people.permission import OPERATOR_ROLE, TABLE, check, role_label
from review.people.refusal import locked, stopped
from review.records import DemoAccount, Membership, Person, SignedIn
from review.settings import Settings
from review.store import tables as t
from review.store.engine import Store
from review.store.triggers import sha256

# Printed on the sign-in screen; only demo mode creates and accepts the accounts that have it.
DEMO_PASSWORD = "ra-soat-06"
FAILURES_BEFORE_LOCK = 5
LOCK_MINUTES = 15
PASSWORD_LENGTH = 10
OPERATOR = "he_thong"
_LONGEST_SHOWN = 64  # characters of a name that another server gives

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


class People:
    """Accounts, sessions and roles."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._hasher = hasher or PasswordHasher()

    def sign_in(self, username: str, password: str) -> SignedIn:
        """Open a session.

        Raises ``SignInRefused``: RS-401 (wrong name or password), RS-402 (locked), RS-403 (demo
        account in production), RS-404 (deactivated).
        """
        with self._store.write() as db:
            row = db.execute(
                select(t.people).where(t.people.c.username == username.strip().lower())
            ).one_or_none()
            refusal = self._refusal(db, row, password)
            if refusal is None:
                assert row is not None
                return self._open_session(db, row)
        # Outside the transaction: the count of failures must be kept.
        raise refusal

    def sign_in_by(self, username: str) -> SignedIn:
        """Open a session for whom the identity server vouches; it makes no account and no role.

        Raises ``SignInRefused``: RS-413 (no such account), RS-402, RS-403, RS-404 as ``sign_in``.
        """
        username = username.strip().lower()
        with self._store.write() as db:
            row = db.execute(select(t.people).where(t.people.c.username == username)).one_or_none()
            # The operator has no password because nobody signs in as it.
            if row is None or row.password_hash is None:
                raise ERRORS.error("RS-413", SignInRefused, username=username[:_LONGEST_SHOWN])
            now, demo = self._store.now(), self._settings.demo
            refusal = locked(row, now) or stopped(row, demo=demo)
            if refusal is not None:
                raise refusal
            return self._open_session(db, row)

    @cached_property
    def _decoy(self) -> str:
        # Verified for unknown names too, so that the time taken tells nobody which names exist.
        return self._hasher.hash(secrets.token_hex(16))

    def _refusal(self, db: Connection, row: Row | None, password: str) -> Exception | None:
        if row is None or row.password_hash is None:
            self._matches(self._decoy, password)
            return ERRORS.error("RS-401", SignInRefused)
        now = self._store.now()
        shut = locked(row, now)
        if shut is not None:
            return shut
        if not self._matches(row.password_hash, password):
            failures = row.failures + 1
            until = None
            if failures % FAILURES_BEFORE_LOCK == 0:
                until = now + timedelta(minutes=LOCK_MINUTES)
            db.execute(
                update(t.people)
                .where(t.people.c.id == row.id)
                .values(failures=failures, locked_until=until, written_by=None)
            )
            return ERRORS.error("RS-401", SignInRefused)
        return stopped(row, demo=self._settings.demo)

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerifyMismatchError, InvalidHashError):
            return False

    def _open_session(self, db: Connection, row: Row) -> SignedIn:
        now = self._store.now()
        token = secrets.token_urlsafe(32)
        expires = now + timedelta(hours=self._settings.session_hours)
        db.execute(delete(t.sessions).where(t.sessions.c.expires_at <= now))
        db.execute(
            insert(t.sessions).values(
                token_hash=sha256(token), person_id=row.id, created_at=now, expires_at=expires
            )
        )
        if row.failures:
            db.execute(
                update(t.people)
                .where(t.people.c.id == row.id)
                .values(failures=0, locked_until=None, written_by=row.id)
            )
        return SignedIn(token, read_person(db, row.id), expires)

    def person_of(self, token: str) -> Person | None:
        """Return the person of a living session; None when it ended or the account stopped."""
        if not token:
            return None
        with self._store.read() as db:
            rows = db.execute(
                with_memberships()
                .join(t.sessions, t.sessions.c.person_id == t.people.c.id)
                .where(
                    t.sessions.c.token_hash == sha256(token),
                    t.sessions.c.expires_at > self._store.now(),
                    t.people.c.active,
                )
            ).all()
        people = people_of(rows)
        if not people or (people[0].demo and not self._settings.demo):
            return None
        return people[0]

    def living(self, person_id: int) -> Person | None:
        """Return an account that may act today; None when it stopped, or is for demo mode only."""
        with self._store.read() as db:
            rows = db.execute(
                with_memberships().where(t.people.c.id == person_id, t.people.c.active)
            ).all()
        people = people_of(rows)
        if not people or (people[0].demo and not self._settings.demo):
            return None
        return people[0]

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._store.write() as db:
            db.execute(delete(t.sessions).where(t.sessions.c.token_hash == sha256(token)))

    def demo_accounts(self) -> list[DemoAccount]:
        """Return the sign-in buttons; empty outside demo mode and before the demo was prepared."""
        if not self._settings.demo:
            return []
        with self._store.read() as db:
            rows = db.execute(with_memberships().where(t.people.c.demo, t.people.c.active)).all()
        return [
            DemoAccount(
                person.username,
                DEMO_PASSWORD,
                person.name,
                ", ".join(role_label(m.role) for m in person.memberships),
                agencies.name_of(person.memberships[0].agency),
            )
            for person in people_of(rows)
            if person.memberships
        ]

    def operator(self) -> Person:
        """Return the local command line's own account; it cannot sign in over the web."""
        with self._store.write() as db:
            found = db.scalar(select(t.people.c.id).where(t.people.c.username == OPERATOR))
            if found is None:
                found = self._insert(
                    db, None, OPERATOR, "Dòng lệnh tại máy chủ", None, (Membership(OPERATOR, ""),)
                )
            return read_person(db, found)

    def list_people(self, person: Person) -> list[Person]:
        """Return everybody, by name; the operator is no person."""
        check(person, "people.list_people")
        with self._store.read() as db:
            rows = db.execute(with_memberships().where(t.people.c.username != OPERATOR)).all()
        return sorted(people_of(rows), key=lambda row: (row.name, row.username))

    def roles(self, person: Person) -> list[tuple[str, str]]:
        """Return role codes and labels, for forms."""
        check(person, "people.roles")
        return [(code, label) for code, label in TABLE.roles.items() if code != OPERATOR_ROLE]

    def add_person(
        self,
        person: Person,
        username: str,
        name: str,
        password: str,
        memberships: tuple[Membership, ...],
        title: str = "",
        unit: str = "",
    ) -> Person:
        """Create an account.

        Raises RS-405 (name taken), RS-406 (weak password), RS-407 (unknown role or agency),
        RS-408 (malformed user name).
        """
        check(person, "people.add_person")
        return self.create(person, username, name, password, memberships, title, unit)

    def create(
        self,
        person: Person,
        username: str,
        name: str,
        password: str,
        memberships: tuple[Membership, ...],
        title: str = "",
        unit: str = "",
        *,
        demo: bool = False,
    ) -> Person:
        """Create an account or, in demo mode only, a demo account (RS-403 otherwise)."""
        check(person, "people.add_person")
        username = username.strip().lower()
        if demo and not self._settings.demo:
            raise ERRORS.error("RS-403", username=username)
        if not _USERNAME.fullmatch(username) or username == OPERATOR:
            raise ERRORS.error("RS-408", username=username)
        if not demo:
            self._check_password(username, password)
        self._check_memberships(memberships)
        with self._store.write() as db:
            if db.scalar(select(t.people.c.id).where(t.people.c.username == username)):
                raise ERRORS.error("RS-405", username=username)
            hashed = self._hasher.hash(password)
            added = self._insert(
                db, person.id, username, name, hashed, memberships, title, unit, demo=demo
            )
            return read_person(db, added)

    def set_password(self, person: Person, person_id: int, password: str) -> None:
        """Set one's own password, or anybody's as an administrator; ends that person's sessions."""
        if person.id != person_id or not person.active:
            check(person, "people.set_password")
        with self._store.write() as db:
            target = read_person(db, person_id)
            self._check_password(target.username, password)
            db.execute(
                update(t.people)
                .where(t.people.c.id == person_id)
                .values(
                    password_hash=self._hasher.hash(password),
                    failures=0,
                    locked_until=None,
                    written_by=person.id,
                )
            )
            db.execute(delete(t.sessions).where(t.sessions.c.person_id == person_id))

    def set_memberships(
        self, person: Person, person_id: int, memberships: tuple[Membership, ...]
    ) -> Person:
        """Change somebody's roles; what they wrote stays theirs. RS-409: last administrator."""
        check(person, "people.set_memberships")
        self._check_memberships(memberships)
        with self._store.write() as db:
            before = read_person(db, person_id)
            if "quan_tri" not in {m.role for m in memberships}:
                self._keep_an_administrator(db, before)
            held = set(before.memberships)
            for gone in held - set(memberships):
                match = (
                    (t.memberships.c.person_id == person_id)
                    & (t.memberships.c.role == gone.role)
                    & (t.memberships.c.agency == gone.agency)
                )
                # The deletion event names who took the role away.
                db.execute(update(t.memberships).where(match).values(written_by=person.id))
                db.execute(delete(t.memberships).where(match))
            for new in dict.fromkeys(m for m in memberships if m not in held):
                db.execute(insert(t.memberships).values(membership_row(person_id, new, person.id)))
            return read_person(db, person_id)

    def set_post(self, person: Person, person_id: int, title: str, unit: str) -> Person:
        """Change somebody's title («chức danh») and the unit («đơn vị») they work in."""
        check(person, "people.set_post")
        with self._store.write() as db:
            read_person(db, person_id)
            db.execute(
                update(t.people)
                .where(t.people.c.id == person_id)
                .values(title=title.strip(), unit=unit.strip(), written_by=person.id)
            )
            return read_person(db, person_id)

    def deactivate(self, person: Person, person_id: int) -> None:
        """Stop an account: it stays in every history; sessions and calendar address end.

        RS-409: last administrator.
        """
        check(person, "people.deactivate")
        with self._store.write() as db:
            self._keep_an_administrator(db, read_person(db, person_id))
            db.execute(
                update(t.people)
                .where(t.people.c.id == person_id)
                .values(active=False, written_by=person.id)
            )
            db.execute(delete(t.sessions).where(t.sessions.c.person_id == person_id))
            db.execute(
                update(t.feeds)
                .where(t.feeds.c.person_id == person_id, t.feeds.c.withdrawn_at.is_(None))
                .values(withdrawn_at=self._store.now(), written_by=person.id)
            )

    def activate(self, person: Person, person_id: int) -> None:
        """Undo a deactivation; also lifts a lock."""
        check(person, "people.activate")
        with self._store.write() as db:
            read_person(db, person_id)
            db.execute(
                update(t.people)
                .where(t.people.c.id == person_id)
                .values(active=True, failures=0, locked_until=None, written_by=person.id)
            )

    def _insert(
        self,
        db: Connection,
        by: int | None,
        username: str,
        name: str,
        hashed: str | None,
        memberships: tuple[Membership, ...],
        title: str = "",
        unit: str = "",
        *,
        demo: bool = False,
    ) -> int:
        added = db.execute(
            insert(t.people).values(
                username=username,
                name=name.strip(),
                title=title.strip(),
                unit=unit.strip(),
                password_hash=hashed,
                active=True,
                demo=demo,
                failures=0,
                created_at=self._store.now(),
                written_by=by,
            )
        ).inserted_primary_key[0]
        for membership in dict.fromkeys(memberships):
            db.execute(insert(t.memberships).values(membership_row(added, membership, by)))
        return added

    def _check_password(self, username: str, password: str) -> None:
        if len(password) < PASSWORD_LENGTH or password.strip().lower() == username:
            raise ERRORS.error("RS-406", length=PASSWORD_LENGTH)

    def _check_memberships(self, memberships: tuple[Membership, ...]) -> None:
        for held in memberships:
            known = held.role in TABLE.roles and held.role != OPERATOR_ROLE
            if not known or not agencies.exists(held.agency):
                raise ERRORS.error("RS-407", role=held.role, agency=held.agency)

    def _keep_an_administrator(self, db: Connection, leaving: Person) -> None:
        if "quan_tri" not in leaving.roles():
            return
        others = db.scalar(
            select(func.count())
            .select_from(t.people.join(t.memberships))
            .where(
                t.people.c.active, t.memberships.c.role == "quan_tri", t.people.c.id != leaving.id
            )
        )
        if not others:
            raise ERRORS.error("RS-409")
