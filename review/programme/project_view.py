"""What the programme shows of projects: rows of the store with steps, risk and counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, Row, func, select

from review.acts.filtering import in_scope
from review.errors import ERRORS, NotFound
from review.people.permission import allows, scope
from review.programme import durations, risk
from review.programme.step import plan
from review.records import Person
from review.records.programme import ProjectInput, ProjectRow, StepView
from review.store import tables as t


def read_project(db: Connection, project_id: int) -> Row:
    """Return the row of a project; raises ``NotFound`` RS-601."""
    row = db.execute(select(t.projects).where(t.projects.c.id == project_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="dự án", id=project_id)
    return row


def project_input(row: Row) -> ProjectInput:
    """Return what was entered for a row of the table of projects."""
    return ProjectInput(
        row.title,
        row.kind,
        row.agency,
        row.year,
        tuple(row.co_agencies),
        row.basis,
        row.number,
        row.note,
    )


def steps_of(db: Connection, ids: Iterable[int]) -> Mapping[int, list[Row]]:
    """Return the rows of steps with dates, by project."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in db.execute(
        select(t.project_steps).where(t.project_steps.c.project_id.in_(list(ids)))
    ):
        found[row.project_id].append(row)
    return found


def project_rows(
    db: Connection, person: Person, rows: Iterable[Row], today: date
) -> list[ProjectRow]:
    """Return the lines of the programme for rows of the table of projects."""
    rows = list(rows)
    ids = [row.id for row in rows]
    steps = steps_of(db, ids)
    usual = durations.of(db)
    instruments = {
        row.project_id: row
        for row in db.execute(
            select(
                t.instruments.c.project_id,
                func.count().label("count"),
                func.min(t.instruments.c.due).label("due"),
            )
            .where(t.instruments.c.project_id.in_(ids))
            .group_by(t.instruments.c.project_id)
        )
    }
    seen = (
        scope(person, "projects.findings") if allows(person, "projects.findings") else frozenset()
    )
    carried = dict(
        db.execute(
            select(t.project_findings.c.project_id, func.count())
            .join(t.findings, t.findings.c.id == t.project_findings.c.finding_id)
            .join(t.acts, t.acts.c.id == t.findings.c.act_id)
            .where(t.project_findings.c.project_id.in_(ids), in_scope(seen))
            .group_by(t.project_findings.c.project_id)
        )
        .tuples()
        .all()
    )
    found = []
    for row in rows:
        views = _step_views(row.kind, steps[row.id], usual)
        current = next((step.code for step in views if not step.passed), "")
        due = instruments[row.id].due if row.id in instruments else None
        found.append(
            ProjectRow(
                row.id,
                row.campaign_id,
                project_input(row),
                plan().programme(row.year).name,
                views,
                current,
                due,
                risk.assess(views, due, today),
                instruments[row.id].count if row.id in instruments else 0,
                carried.get(row.id, 0),
                row.version,
            )
        )
    return found


def _step_views(
    kind: str, held: Iterable[Row], usual: Mapping[tuple[str, str], int]
) -> tuple[StepView, ...]:
    dates = {row.step: row for row in held}
    steps = plan().kinds[kind].steps
    done = [
        place for place, step in enumerate(steps) if step.code in dates and dates[step.code].done
    ]
    return tuple(
        StepView(
            step.code,
            step.name,
            usual[kind, step.code],
            dates[step.code].planned if step.code in dates else None,
            dates[step.code].done if step.code in dates else None,
            bool(done) and place <= done[-1],
            step.in_session,
            dates[step.code].session if step.code in dates else "",
        )
        for place, step in enumerate(steps)
    )
