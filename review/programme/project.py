"""Projects: an amending instrument each, with lead agency, steps and dates, and what it carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from review import agencies
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS
from review.findings.decision import Step as FindingStep
from review.findings.decision import lock, take, visible
from review.findings.query import ROW_COLUMNS, joined, listed
from review.people.permission import check, scope
from review.programme import durations, risk
from review.programme.project_view import project_rows, read_project, steps_of
from review.programme.step import ISSUE, plan
from review.records import FindingRow, Person
from review.records.programme import ProjectBoard, ProjectFilter, ProjectInput, ProjectRow
from review.state import TRANSITIONS, allowed
from review.store import tables as t
from review.store.engine import Store
from review.store.versioned import write_version

_YEARS = range(2009, 2101)
PLANNABLE = TRANSITIONS["schedule"].sources


class Projects:
    """The law-making programme. Everybody who reviews may read it; findings stay in their scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, campaign_id: int) -> list[ProjectRow]:
        """Return the projects of a campaign by year, kind and title. Raises ``Forbidden``."""
        check(person, "projects.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.projects).where(t.projects.c.campaign_id == campaign_id)
            ).all()
            found = project_rows(db, person, rows, self._store.today())
        order = {code: place for place, code in enumerate(plan().kinds)}
        return sorted(
            found, key=lambda row: (row.input.year, order[row.input.kind], row.input.title)
        )

    def board(self, person: Person, wanted: ProjectFilter) -> ProjectBoard:
        """Return the projects of the filter by column of the board. Raises ``Forbidden``."""
        check(person, "projects.board")
        every = self.list(person, wanted.campaign_id)
        rows = [row for row in every if _wanted(row, wanted)]
        columns: dict[str, list[ProjectRow]] = {code: [] for code in plan().columns}
        for row in rows:
            columns[plan().column(row.input.kind, row.current)].append(row)
        years = Counter(row.input.year for row in every)
        involved = {code for row in every for code in (row.input.agency, *row.input.co_agencies)}
        return ProjectBoard(
            [(code, plan().columns[code], found) for code, found in columns.items()],
            len(rows),
            {code: sum(row.risk.code == code for row in rows) for code in risk.LEVELS},
            [(year, plan().programme(year).name, years[year]) for year in sorted(years)],
            sorted(((code, agencies.name_of(code)) for code in involved), key=lambda one: one[1]),
        )

    def get(self, person: Person, project_id: int) -> ProjectRow:
        """Return one project; raises ``NotFound`` RS-601."""
        check(person, "projects.get")
        with self._store.read() as db:
            return self._row(db, person, project_id)

    def findings(self, person: Person, project_id: int) -> list[FindingRow]:
        """Return the findings it carries, as far as the person may see findings."""
        seen = scope(person, "projects.findings")
        with self._store.read() as db:
            carried = select(t.project_findings.c.finding_id).where(
                t.project_findings.c.project_id == project_id
            )
            return listed(db, t.findings.c.id.in_(carried), in_scope(seen))

    def of_finding(self, person: Person, finding_id: int) -> ProjectRow | None:
        """Return the project that carries a finding; raises RS-601, RS-411."""
        with self._store.read() as db:
            visible(db, person, finding_id, "projects.of_finding")
            project_id = db.scalar(
                select(t.project_findings.c.project_id).where(
                    t.project_findings.c.finding_id == finding_id
                )
            )
            return None if project_id is None else self._row(db, person, project_id)

    def add(self, person: Person, campaign_id: int, entered: ProjectInput) -> ProjectRow:
        """Add a project; raises RS-580 (incomplete), RS-602 (agency), ``Forbidden`` RS-411."""
        _validate(entered)
        check(person, "projects.add", entered.agency)
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            added = db.execute(
                insert(t.projects).values(
                    campaign_id=campaign_id,
                    version=1,
                    written_by=person.id,
                    written_at=self._store.now(),
                    **_values(entered),
                )
            ).inserted_primary_key[0]
            return self._row(db, person, added)

    def change(
        self, person: Person, project_id: int, version: int, entered: ProjectInput
    ) -> ProjectRow:
        """Change a project; raises RS-580, RS-602, ``Forbidden``, ``Conflict`` RS-501."""
        _validate(entered)
        with self._store.write() as db:
            standing = read_project(db, project_id)
            check(person, "projects.change", standing.agency)
            check(person, "projects.change", entered.agency)
            values, now = _values(entered), self._store.now()
            write_version(db, t.projects, standing, version, values, person, now)
            return self._row(db, person, project_id)

    def set_step(
        self,
        person: Person,
        project_id: int,
        version: int,
        step: str,
        planned: date | None,
        done: date | None,
        session: str = "",
    ) -> ProjectRow:
        """Set the dates of one step, and the session of the National Assembly it is taken at.

        The findings the project carries follow when the step is done.

        Raises RS-581 (no such step of this kind, or one without a session), RS-582 (done in the
        future, or before an earlier step), ``Forbidden``, ``Conflict``.
        """
        with self._store.write() as db:
            standing = read_project(db, project_id)
            check(person, "projects.set_step", standing.agency)
            steps = {known.code: known for known in plan().kinds[standing.kind].steps}
            if step not in steps or (session.strip() and not steps[step].in_session):
                raise ERRORS.error("RS-581", step=step)
            codes = list(steps)
            held = {row.step: row for row in steps_of(db, [project_id])[project_id]}
            self._check_done(codes, held, step, done)
            mine = {"step": step, "planned": planned, "done": done, "session": session.strip()}
            now = self._store.now()
            write_version(db, t.projects, standing, version, {}, person, now, mine=mine)
            values = {key: value for key, value in mine.items() if key != "step"}
            values["written_by"] = person.id
            if step in held:
                db.execute(
                    update(t.project_steps)
                    .where(t.project_steps.c.id == held[step].id)
                    .values(**values)
                )
            else:
                db.execute(
                    insert(t.project_steps).values(project_id=project_id, step=step, **values)
                )
            if done:
                # Any step that is done means that drafting has begun.
                self._advance(db, person, project_id, "draft")
            if done and step == ISSUE:
                self._advance(db, person, project_id, "issue")
            return self._row(db, person, project_id)

    def carry(self, person: Person, project_id: int, finding_ids: Iterable[int]) -> int:
        """Put agreed findings into the project; returns how many. All or none.

        Raises RS-583 (another project carries it), RS-504 (its proposal is not agreed), RS-411.
        """
        carried = 0
        with self._store.write() as db:
            standing = read_project(db, project_id)
            check(person, "projects.carry", standing.agency)
            for finding_id in sorted(set(finding_ids)):
                lock(db, finding_id)
                finding = visible(db, person, finding_id, "findings.get")
                other = db.scalar(
                    select(t.projects.c.title)
                    .join(t.project_findings, t.project_findings.c.project_id == t.projects.c.id)
                    .where(t.project_findings.c.finding_id == finding_id)
                )
                if other is not None:
                    raise ERRORS.error("RS-583", finding=finding.label, project=other)
                step = FindingStep("schedule", note=standing.title, details={"project": project_id})
                take(db, person, finding, finding.version, step, self._store.now())
                db.execute(
                    insert(t.project_findings).values(
                        project_id=project_id,
                        finding_id=finding_id,
                        at=self._store.now(),
                        written_by=person.id,
                    )
                )
                carried += 1
        return carried

    def agreed(self, person: Person, campaign_id: int) -> list[FindingRow]:
        """Return findings with an agreed proposal that no project carries yet."""
        seen = scope(person, "projects.agreed")
        with self._store.read() as db:
            return listed(
                db,
                t.acts.c.campaign_id == campaign_id,
                t.findings.c.standing,
                t.findings.c.state.in_(PLANNABLE),
                in_scope(seen),
                t.findings.c.id.not_in(select(t.project_findings.c.finding_id)),
            )

    def mark_overdue(self, person: Person, campaign_id: int) -> int:
        """Mark what should be in force by now and is not issued; returns how many findings."""
        check(person, "projects.mark_overdue")
        today = self._store.today()
        with self._store.write() as db:
            overdue = db.scalars(
                select(t.projects.c.id)
                .join(t.instruments, t.instruments.c.project_id == t.projects.c.id)
                .where(t.projects.c.campaign_id == campaign_id, t.instruments.c.due <= today)
                .distinct()
            ).all()
            return sum(self._advance(db, person, project_id, "expire") for project_id in overdue)

    def durations(self, person: Person) -> Mapping[tuple[str, str], int]:
        """Return the usual days by (kind, step), as the ministry has set them."""
        check(person, "projects.durations")
        with self._store.read() as db:
            return durations.of(db)

    def set_duration(self, person: Person, kind: str, step: str, days: int) -> None:
        """Set how long a step usually takes; raises RS-581, RS-584 (1–1.000 days)."""
        check(person, "projects.set_duration")
        if (kind, step) not in durations.shipped():
            raise ERRORS.error("RS-581", step=step)
        if not 1 <= days <= durations.LONGEST:
            raise ERRORS.error("RS-584", days=days)
        with self._store.write() as db:
            durations.write(db, person, kind, step, days, self._store.now())

    def _advance(self, db: Connection, person: Person, project_id: int, action: str) -> int:
        """Let the findings a project carries follow it; those elsewhere stay where they are."""
        moved = 0
        ids = db.scalars(
            select(t.project_findings.c.finding_id).where(
                t.project_findings.c.project_id == project_id
            )
        ).all()
        for finding_id in ids:
            lock(db, finding_id)
            finding = db.execute(
                select(*ROW_COLUMNS).select_from(joined()).where(t.findings.c.id == finding_id)
            ).one()
            if allowed(action, finding.state):
                step = FindingStep(action, details={"project": project_id})
                take(db, person, finding, finding.version, step, self._store.now())
                moved += 1
        return moved

    def _check_done(
        self, codes: list[str], held: Mapping[str, Row], step: str, done: date | None
    ) -> None:
        if done is None:
            return
        # The day of effect is known when the act is issued, ahead of time.
        if done > self._store.today() and step != codes[-1]:
            raise ERRORS.error("RS-582", reason="ngày hoàn thành ở tương lai")
        for code in codes[: codes.index(step)]:
            earlier = held[code].done if code in held else None
            if earlier is not None and earlier > done:
                name = next(
                    s.name for k in plan().kinds.values() for s in k.steps if s.code == code
                )
                raise ERRORS.error("RS-582", reason=f"trước ngày xong bước «{name}»")

    def _row(self, db: Connection, person: Person, project_id: int) -> ProjectRow:
        row = read_project(db, project_id)
        return project_rows(db, person, [row], self._store.today())[0]


def _wanted(row: ProjectRow, wanted: ProjectFilter) -> bool:
    return (
        wanted.year in (None, row.input.year)
        and wanted.agency in ("", row.input.agency, *row.input.co_agencies)
        and wanted.kind in ("", row.input.kind)
        and wanted.risk in ("", row.risk.code)
    )


def _values(entered: ProjectInput) -> dict[str, Any]:
    return {**asdict(entered), "co_agencies": list(entered.co_agencies)}


def _validate(entered: ProjectInput) -> None:
    reason = ""
    if not entered.title.strip():
        reason = "thiếu tên dự án"
    elif entered.kind not in plan().kinds:
        reason = "không có loại dự án này"
    elif entered.year not in _YEARS:
        reason = f"năm phải từ {_YEARS.start} đến {_YEARS.stop - 1}"
    if reason:
        raise ERRORS.error("RS-580", reason=reason)
    for code in (entered.agency, *entered.co_agencies):
        if not agencies.exists(code):
            raise ERRORS.error("RS-602", agency=code)
