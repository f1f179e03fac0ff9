"""The criteria in force: versions over the shipped catalogue, written, checked, applied, withdrawn.

A version is never changed: whoever edits writes a new one. Nobody applies what they wrote
themselves (four eyes), and nothing is applied that breaks an example or was not tried on the
stored acts. What findings remember is the version of the catalogue that suggested them.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from datetime import date

from sqlalchemy import Connection, Row, func, insert, select

from corpus.errors import RasoatError
from corpus.records import Act
from models import catalogue as catalogue_files
from models import overlay, sample
from models.catalogue import Catalogue
from models.records import ScreenResult
from models.requirement import Example
from models.screen import Screener
from review.errors import ERRORS, Forbidden, NotFound
from review.people.permission import allows, check
from review.records import Person
from review.records.ruleset import Preview, RulesetCheck, RulesetRow, RulesetState, RulesetView
from review.store import tables as t
from review.store.engine import Store

APPLIED, WITHDRAWN = "ap_dung", "rut"
_LONGEST_NOTE = 500
_LONGEST_PREVIEW = 20_000
_KEPT = 3  # screeners in memory: in force, edited, one more
_LOG = logging.getLogger(__name__)


class Screeners:
    """Screeners by their changes; building one takes a second, so the last few are kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[str, Screener] = OrderedDict()

    def of(self, changes: str) -> Screener:
        """Return the screener of the shipped catalogue with ``changes``; raises RS-305."""
        with self._lock:
            if changes not in self._held:
                self._held[changes] = Screener(catalogue_files.load(changes=changes))
            self._held.move_to_end(changes)
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            return self._held[changes]


class Rulesets:
    """Versions of the criteria, and the screen as it is in force."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.screeners = Screeners()
        self._refused = ""  # changes in force that this program cannot read; told once

    # -- in force --------------------------------------------------------------------------

    def changes(self) -> str:
        """Return the changes in force over the shipped catalogue; "" where there are none.

        Changes that this version of the program cannot read any more are left out and logged.
        """
        with self._store.read() as db:
            changes = _in_force(db)[1]
        try:
            catalogue_files.load(changes=changes)
        except RasoatError as error:
            if self._refused != changes:
                _LOG.error("The criteria in force cannot be read: %s", error)
                self._refused = changes
            return ""
        return changes

    def unreadable(self) -> str:
        """Return why the criteria in force cannot be applied (RS-592); "" where they are."""
        with self._store.read() as db:
            changes = _in_force(db)[1]
        try:
            catalogue_files.load(changes=changes)
        except RasoatError as error:
            return str(ERRORS.error("RS-592", reason=str(error)))
        return ""

    def catalogue(self) -> Catalogue:
        """Return the catalogue in force."""
        return catalogue_files.load(changes=self.changes())

    def screen(self, act: Act, as_of: date) -> ScreenResult:
        """Screen with the criteria in force: what loading and re-screening run."""
        return self.screeners.of(self.changes()).screen(act, as_of)

    # -- versions --------------------------------------------------------------------------

    def list(self, person: Person) -> list[RulesetRow]:
        """Return the versions, newest first; drafts only to who may edit."""
        check(person, "rules.list")
        with self._store.read() as db:
            rows = _rows(db)
        if not allows(person, "rules.drafts"):
            rows = [row for row in rows if row.state != "nhap"]
        return rows[::-1]

    def get(self, person: Person, ruleset_id: int) -> RulesetView:
        """Return one version with its text; raises RS-601, also for a draft not to be seen."""
        check(person, "rules.get")
        with self._store.read() as db:
            rows = {row.id: row for row in _rows(db)}
            found = rows.get(ruleset_id)
            if found is None or (found.state == "nhap" and not allows(person, "rules.drafts")):
                raise ERRORS.error("RS-601", NotFound, what="bản bộ tiêu chí", id=ruleset_id)
            own = _text(db, ruleset_id)
            base = _text(db, own.based_on) if own.based_on else None
            return RulesetView(
                found,
                own.changes,
                base.changes if base else "",
                stale=found.state == "nhap" and own.based_on != _in_force(db)[0],
            )

    def check(self, person: Person, changes: str) -> RulesetCheck:
        """Read the changes and try every example; raises RS-305 naming the line that is wrong."""
        check(person, "rules.check")
        return self._check(changes)

    def preview(self, person: Person, changes: str, example: Example) -> Preview:
        """Return what the changed criteria say of a pasted provision; stores nothing."""
        check(person, "rules.preview")
        if len(example.text) + len(example.stem) + len(example.heading) > _LONGEST_PREVIEW:
            raise ERRORS.error("RS-593", limit=_LONGEST_PREVIEW)
        today = self._store.today()
        result, _ = sample.try_out(example, self.screeners.of(changes), today)
        before, _ = sample.try_out(example, self.screeners.of(self.changes()), today)
        return Preview(
            result.findings,
            result.suppressed,
            sorted({finding.category for finding in before.findings}),
        )

    def save(
        self, person: Person, changes: str, note: str, based_on: int | None = None
    ) -> RulesetRow:
        """Write a new version (a draft); raises RS-305 with the wrong line, RS-594 without a note.

        ``based_on`` is the version it was written on, None for the shipped catalogue.
        """
        check(person, "rules.save")
        note = note.strip()[:_LONGEST_NOTE]
        if not note:
            raise ERRORS.error("RS-594")
        catalogue = catalogue_files.load(changes=changes)
        with self._store.write() as db:
            if based_on is not None:
                _text(db, based_on)
            made = db.execute(
                insert(t.rulesets).values(
                    based_on=based_on,
                    changes=changes,
                    version=catalogue.version,
                    shipped=catalogue_files.load().version,
                    note=note,
                    at=self._store.now(),
                    written_by=person.id,
                )
            ).inserted_primary_key[0]
            return next(row for row in _rows(db) if row.id == made)

    def publish(self, person: Person, ruleset_id: int, note: str = "") -> RulesetRow:
        """Put a version in force.

        Raises RS-595 for its own author, RS-596 where an example fails or no trial was made
        against the criteria in force, RS-601.
        """
        check(person, "rules.publish")
        with self._store.read() as db:
            row = _text(db, ruleset_id)
            current = _in_force(db)[1]
        if row.written_by == person.id:
            raise ERRORS.error("RS-595", Forbidden)
        checked = self._check(row.changes)
        if not checked.passes:
            raise ERRORS.error("RS-596", reason=f"{len(checked.failures)} ví dụ không còn đúng")
        against = catalogue_files.load(changes=current).version
        with self._store.write() as db:
            tried = db.scalar(
                select(func.count())
                .select_from(t.ruleset_trials)
                .where(
                    t.ruleset_trials.c.ruleset_id == ruleset_id,
                    t.ruleset_trials.c.against == against,
                )
            )
            if not tried:
                raise ERRORS.error("RS-596", reason="chưa thử trên kho với bộ tiêu chí đang dùng")
            self._event(db, person, ruleset_id, APPLIED, note)
            return next(found for found in _rows(db) if found.id == ruleset_id)

    def withdraw(self, person: Person, note: str) -> None:
        """Go back to the shipped catalogue; raises RS-594 without a reason."""
        check(person, "rules.withdraw")
        if not note.strip():
            raise ERRORS.error("RS-594")
        with self._store.write() as db:
            self._event(db, person, None, WITHDRAWN, note)

    def _check(self, changes: str) -> RulesetCheck:
        shipped = catalogue_files.load()
        catalogue = catalogue_files.load(changes=changes)
        today = self._store.today()
        over = overlay.parse(changes, catalogue.pieces)
        # What the shipped catalogue itself does not keep is no fault of the changes.
        known = {(f.owner, f.text) for f in sample.failures(shipped, self.screeners.of(""), today)}
        failures = sample.failures(catalogue, self.screeners.of(changes), today)
        return RulesetCheck(
            catalogue.version,
            [failure for failure in failures if (failure.owner, failure.text) not in known],
            overlay.missing(over, shipped.entries),
        )

    def _event(
        self, db: Connection, person: Person, ruleset_id: int | None, action: str, note: str
    ) -> None:
        db.execute(
            insert(t.ruleset_events).values(
                ruleset_id=ruleset_id,
                action=action,
                note=note.strip()[:_LONGEST_NOTE],
                at=self._store.now(),
                written_by=person.id,
            )
        )


def standing(db: Connection) -> Catalogue:
    """Return the catalogue in force; the shipped one where its changes cannot be read."""
    try:
        return catalogue_files.load(changes=_in_force(db)[1])
    except RasoatError:  # said to people by ``Rulesets.unreadable``
        return catalogue_files.load()


def _in_force(db: Connection) -> tuple[int | None, str]:
    """Return id and text of the version in force; (None, "") for the shipped catalogue."""
    row = db.execute(
        select(t.ruleset_events.c.ruleset_id, t.rulesets.c.changes)
        .outerjoin(t.rulesets, t.rulesets.c.id == t.ruleset_events.c.ruleset_id)
        .order_by(t.ruleset_events.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.ruleset_id, row.changes or "") if row else (None, "")


def _text(db: Connection, ruleset_id: int) -> Row:
    row = db.execute(select(t.rulesets).where(t.rulesets.c.id == ruleset_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="bản bộ tiêu chí", id=ruleset_id)
    return row


def _rows(db: Connection) -> list[RulesetRow]:
    current = _in_force(db)[0]
    publisher = t.people.alias("publisher")
    events = {
        row.ruleset_id: row
        for row in db.execute(
            select(t.ruleset_events, publisher.c.name)
            .join(publisher, publisher.c.id == t.ruleset_events.c.written_by)
            .where(t.ruleset_events.c.action == APPLIED)
            .order_by(t.ruleset_events.c.id)
        )
    }
    found = []
    for number, row in enumerate(
        db.execute(
            select(t.rulesets, t.people.c.name)
            .join(t.people, t.people.c.id == t.rulesets.c.written_by)
            .order_by(t.rulesets.c.id)
        ),
        1,
    ):
        event = events.get(row.id)
        state: RulesetState = "nhap" if event is None else "da_thay"
        if row.id == current:
            state = "ap_dung"
        found.append(
            RulesetRow(
                row.id,
                number,
                row.version,
                state,
                row.note,
                row.name,
                row.written_by,
                row.at,
                event.name if event else "",
                event.at if event else None,
            )
        )
    return found
