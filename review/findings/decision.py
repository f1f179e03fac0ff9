"""One step of a finding, written so that nobody's work is lost.

Every step passes the version its author saw. The update only succeeds on that version; otherwise
``Conflict`` carries both texts and nothing is written. The step itself is a new row of decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from review.errors import ERRORS, Conflict, NotFound
from review.findings.query import ROW_COLUMNS, joined
from review.people.permission import check
from review.records import DecisionView, Person
from review.state import RECOGNISED, UNDECIDED, next_state
from review.store import tables as t

# Steps after which the finding stands as decided by that person.
_DECISIONS = frozenset({"confirm", "reject", "ask"})


@dataclass(frozen=True, slots=True)
class Step:
    """A step to take: action of ``review.state``, N-code, note, what else to keep in history."""

    action: str
    code: str = ""
    note: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)  # other columns of the finding


def read_finding(db: Connection, finding_id: int) -> Row | None:
    """Return the row of ``query.ROW_COLUMNS``, or None."""
    return db.execute(
        select(*ROW_COLUMNS).select_from(joined()).where(t.findings.c.id == finding_id)
    ).one_or_none()


def visible(db: Connection, person: Person, finding_id: int, action: str) -> Row:
    """Return the finding if the person may do ``action`` to it.

    Raises ``Forbidden`` (RS-410, RS-411) or ``NotFound`` (RS-601).
    """
    check(person, action)
    row = read_finding(db, finding_id)
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="phát hiện", id=finding_id)
    check(person, action, row.agency)
    return row


def take(db: Connection, person: Person, row: Row, version: int, step: Step, now: datetime) -> None:
    """Take the step on the version the person saw; raises RS-504 or ``Conflict`` RS-501."""
    if row.version != version:
        raise conflict(db, row, step)
    target = next_state(step.action, row.state, changed=row.changed)
    write(db, person, row, step, target, now)


def write(db: Connection, person: Person, row: Row, step: Step, target: str, now: datetime) -> None:
    """Write state, columns and history of a step that is allowed; ``Conflict`` when outrun."""
    values: dict[str, Any] = {
        **step.values,
        "state": target,
        "version": row.version + 1,
        "written_by": person.id,
    }
    if step.action in _DECISIONS:
        values |= {"decided_by": person.id, "decided_at": now, "changed": False}
    elif step.action == "reopen":
        values |= {"decided_by": None, "decided_at": None, "changed": False}
    written = db.execute(
        update(t.findings)
        .where(t.findings.c.id == row.id, t.findings.c.version == row.version)
        .values(**values)
    )
    if not written.rowcount:
        raise conflict(db, row, step)
    db.execute(
        insert(t.decisions).values(
            finding_id=row.id,
            action=step.action,
            from_state=row.state,
            to_state=target,
            code=step.code,
            note=step.note.strip(),
            details=dict(step.details),
            finding_version=row.version + 1,
            at=now,
            written_by=person.id,
        )
    )
    settle_act(db, person, row.act_id)


def conflict(db: Connection, row: Row, step: Step) -> Conflict:
    """Return the conflict between what the person tried and what stands now."""
    standing = read_finding(db, row.id) or row
    last = db.execute(
        select(t.decisions, t.people.c.name)
        .join(t.people, t.people.c.id == t.decisions.c.written_by)
        .where(t.decisions.c.finding_id == row.id)
        .order_by(t.decisions.c.id.desc())
        .limit(1)
    ).one_or_none()
    theirs = {
        "action": last.action if last else "",
        "state": standing.state,
        "code": last.code if last else "",
        "note": last.note if last else "",
        "category": standing.category,
        "severity": standing.severity,
        "quote": standing.quote,
        "version": standing.version,
    }
    mine = {"action": step.action, "code": step.code, "note": step.note, **step.details}
    return Conflict.of(mine, theirs, last.name if last else "", last.at if last else None)


def settle_act(db: Connection, person: Person, act_id: int) -> None:
    """Let the act's state follow its findings: under review, or reviewed with findings.

    An act whose suggestions were all set aside is reviewed only once somebody signs it off; a
    closed act stays closed whatever is followed up.
    """
    states = dict(
        db.execute(
            select(t.findings.c.state, func.count())
            .where(t.findings.c.act_id == act_id, t.findings.c.standing)
            .group_by(t.findings.c.state)
        )
        .tuples()
        .all()
    )
    undecided = sum(states.get(state, 0) for state in UNDECIDED)
    recognised = sum(states.get(state, 0) for state in RECOGNISED)
    state = "da_ra_soat" if not undecided and recognised else "dang_ra_soat"
    db.execute(
        update(t.acts)
        .where(t.acts.c.id == act_id, t.acts.c.state.notin_((state, "dong")))
        .values(state=state, written_by=person.id)
    )


def history(db: Connection, finding_id: int) -> list[DecisionView]:
    """Return the steps of a finding, newest first."""
    rows = db.execute(
        select(t.decisions, t.people.c.name)
        .join(t.people, t.people.c.id == t.decisions.c.written_by)
        .where(t.decisions.c.finding_id == finding_id)
        .order_by(t.decisions.c.id.desc())
    )
    return [
        DecisionView(
            row.id,
            row.action,
            row.from_state,
            row.to_state,
            row.code,
            row.note,
            row.name,
            row.at,
            row.finding_version,
            row.details,
        )
        for row in rows
    ]


def lock(db: Connection, finding_id: int) -> None:
    """Let nobody else write about this finding until the transaction ends (PostgreSQL)."""
    db.execute(select(t.findings.c.id).where(t.findings.c.id == finding_id).with_for_update())
