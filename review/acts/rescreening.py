"""Screening the stored acts again, after the criteria changed: people's work stays as it is.

A suggestion that is made again keeps its row (and all that hangs on it); one that nobody had
looked at and that is not made any more stands no longer; what people decided stays untouched and
remembers the criteria it was decided under. Acts that are closed are left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from corpus.errors import RasoatError
from corpus.records import Act
from corpus.text import fold
from models.records import ScreenResult
from review.acts import storing
from review.acts.carry_over import Incoming, Places
from review.acts.stored import act_of
from review.errors import ERRORS
from review.job import Jobs, Report
from review.people.permission import check
from review.records import JobView, Person
from review.state import UNDECIDED
from review.store import tables as t
from review.store.engine import Store

KIND = "ra_lai_kho"
Screen = Callable[[Act, date], ScreenResult]
_CLOSED = "dong"
_SIGNED_OFF, _AT_WORK = "da_ra_soat", "dang_ra_soat"
# What a suggestion made again takes over; its text, state and whoever works on it stay.
_JUDGED = (
    "severity", "readiness", "quote", "quote_start", "quote_end", "place", "bases", "sources",
    "handling", "formula", "badges", "trace", "ruleset",
)  # fmt: skip


class Rescreening:
    """One job over all acts; a transaction an act, so it can be stopped and run again."""

    def __init__(self, store: Store, jobs: Jobs, screen: Screen) -> None:
        self._store = store
        self._jobs = jobs
        self._screen = screen

    def start(self, person: Person) -> JobView:
        """Screen all stored acts with the criteria in force; a job that is running is returned."""
        check(person, "rescreening.start")
        running = self._jobs.running(KIND)
        if running is not None:
            return running

        def work(report: Report) -> dict[str, Any]:
            with self._store.read() as db:
                acts = db.execute(
                    select(t.acts.c.id, t.acts.c.number, t.campaigns.c.basis_date)
                    .join(t.campaigns, t.campaigns.c.id == t.acts.c.campaign_id)
                    .where(t.acts.c.state != _CLOSED)
                    .order_by(t.acts.c.id)
                ).all()
            total = {"acts": 0, "new": 0, "kept": 0, "gone": 0, "decided": 0}
            failed: list[str] = []
            for done, act in enumerate(acts):
                report(done, len(acts), act.number)
                try:
                    for name, count in self._one(person, act).items():
                        total[name] += count
                except RasoatError as error:
                    failed.append(f"{act.number}: {error}")
            return {**total, "failed": failed}

        return self._jobs.submit(person, KIND, "Rà lại kho bằng bộ tiêu chí đang áp dụng", work)

    def _one(self, person: Person, row: Row) -> dict[str, int]:
        with self._store.read() as db:
            act = act_of(db, row.id)
        found = self._screen(act, row.basis_date)
        with self._store.write() as db:
            held = db.execute(select(t.acts).where(t.acts.c.id == row.id)).one()
            places = _places(db, act, held)
            incoming = Incoming(
                act, found, person, held.campaign_id, held.issuer_code, held.agency,
                self._store.now(),
            )  # fmt: skip
            fresh = [
                storing.finding_values(incoming, places, row.id, finding)
                for finding in found.findings
            ]
            counts = _settle(db, person, row.id, fresh)
            _set_aside_anew(db, places, held, found)
            if counts["new"] and held.state == _SIGNED_OFF:
                db.execute(
                    update(t.acts)
                    .where(t.acts.c.id == row.id)
                    .values(state=_AT_WORK, version=held.version + 1, written_by=person.id)
                )
            return counts


def _places(db: Connection, act: Act, held: Row) -> Places:
    """Return the stored provisions behind the parsed ones; raises RS-598 where they differ."""
    stored = {
        (unit.path, unit.start): unit.id
        for unit in db.execute(
            select(t.provisions.c.id, t.provisions.c.path, t.provisions.c.start).where(
                t.provisions.c.version_id == held.version_id
            )
        )
    }
    try:
        return Places(act, [stored[unit.path, unit.start] for unit in act.provisions])
    except KeyError:
        raise ERRORS.error("RS-598", number=held.number) from None


def _settle(
    db: Connection, person: Person, act_id: int, fresh: list[dict[str, Any]]
) -> dict[str, int]:
    """Bring the standing findings of an act in line with ``fresh``; return what was done."""
    waiting: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for values in fresh:
        waiting[values["path"], values["category"]].append(values)
    counts = {"acts": 1, "new": 0, "kept": 0, "gone": 0, "decided": 0}
    for old in db.execute(
        select(t.findings)
        .where(t.findings.c.act_id == act_id, t.findings.c.standing)
        .order_by(t.findings.c.place, t.findings.c.id)
    ).all():
        candidates = waiting[old.path, old.category]
        same = [values for values in candidates if fold(values["quote"]) == fold(old.quote)]
        match = (same or candidates or [None])[0]
        if match is not None:
            candidates.remove(match)
        if old.origin != "may" or old.state not in UNDECIDED or old.version > 1:
            counts["decided"] += 1
            continue
        counts["gone" if match is None else "kept"] += 1
        values = {"standing": False} if match is None else {key: match[key] for key in _JUDGED}
        if any(getattr(old, key) != value for key, value in values.items()):
            db.execute(
                update(t.findings)
                .where(t.findings.c.id == old.id)
                .values(**values, written_by=person.id)
            )
    rest = [values for left in waiting.values() for values in left]
    counts["new"] = len(rest)
    storing.insert_many(db, t.findings, rest)
    return counts


def _set_aside_anew(db: Connection, places: Places, held: Row, found: ScreenResult) -> None:
    """What the machine set aside is its own account: the new one takes the old one's place."""
    db.execute(delete(t.suppressed).where(t.suppressed.c.version_id == held.version_id))
    rows = [
        storing.suppressed_values(places, held.id, held.version_id, item)
        for item in found.suppressed
    ]
    if rows:
        db.execute(insert(t.suppressed), rows)
    db.execute(
        update(t.act_versions)
        .where(t.act_versions.c.id == held.version_id)
        .values(
            ruleset=found.ruleset, findings=len(found.findings), suppressed=len(found.suppressed)
        )
    )
