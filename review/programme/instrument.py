"""Instruments that must be amended before a day, and the countdown board over them.

They come from a Phụ lục III in the form of NQ 66.7/2025/NQ-CP, from acts with confirmed findings,
or are entered by hand. Everybody who reviews reads the board: what must be amended is published.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Row, case, func, select

from review import agencies
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, NotFound
from review.people.permission import check, scope
from review.programme import durations, risk
from review.programme.instrument_store import insert_missing, read_instrument
from review.programme.project_view import project_rows, read_project
from review.programme.step import EFFECT, ISSUE, plan
from review.records import Person
from review.records.programme import (
    Board,
    InstrumentFilter,
    InstrumentInput,
    InstrumentRow,
    ProjectRow,
    StepDue,
)
from review.state import RECOGNISED
from review.store import tables as t
from review.store.engine import Store
from review.store.versioned import write_version

STATES = {
    "chua-lam": "Chưa có dự án",
    "dang-lam": "Đang xây dựng",
    "da-ban-hanh": "Đã ban hành, chờ hiệu lực",
    "hieu-luc": "Có hiệu lực, chờ kiểm lại",
    "xong": "Đã kiểm lại, hết vướng mắc",
}
_SETTLED = "da_xu_ly"
_FROM_FINDINGS = "Văn bản có phát hiện đã xác nhận"


@dataclass(frozen=True, slots=True)
class _Held:
    """The stored act of an instrument with its counts of findings."""

    act_id: int
    recognised: int
    settled: int


class Instruments:
    """What must be amended, by whom, by when, and how far it is."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def board(self, person: Person, wanted: InstrumentFilter) -> Board:
        """Return the rows of the filter and the counts over exactly these rows."""
        check(person, "instruments.board")
        today = self._store.today()
        with self._store.read() as db:
            rows, projects = self._rows(db, person, wanted.campaign_id)
        rows = [row for row in rows if _wanted(row, wanted, today)]
        by_agency: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            by_agency[row.input.agency][row.state] += 1
        open_dues = [row.input.due for row in rows if row.state != "xong"]
        next_due = min(open_dues, default=None)
        return Board(
            rows=sorted(rows, key=lambda row: (row.input.due, _RANK[row.state], row.input.number)),
            by_agency=sorted(
                (
                    (code, agencies.name_of(code) if code else "Chưa phân công", dict(counts))
                    for code, counts in by_agency.items()
                ),
                key=lambda entry: (-sum(entry[2].values()), entry[1]),
            ),
            by_state={code: sum(row.state == code for row in rows) for code in STATES},
            by_risk={code: sum(row.risk.code == code for row in rows) for code in risk.LEVELS},
            next_due=next_due,
            days_left=(next_due - today).days if next_due else None,
            this_week=_steps_due(projects, wanted.agency, today),
        )

    def of_project(self, person: Person, project_id: int) -> list[InstrumentRow]:
        """Return the instruments that one project amends; raises ``NotFound`` RS-601."""
        check(person, "instruments.of_project")
        with self._store.read() as db:
            campaign = db.scalar(
                select(t.projects.c.campaign_id).where(t.projects.c.id == project_id)
            )
            if campaign is None:
                raise ERRORS.error("RS-601", NotFound, what="dự án", id=project_id)
            rows, _ = self._rows(db, person, campaign, t.instruments.c.project_id == project_id)
        return rows

    def add(
        self, person: Person, campaign_id: int, entered: Iterable[InstrumentInput]
    ) -> tuple[int, int]:
        """Add instruments; return how many were new and how many stood there already.

        Raises RS-602 (agency), RS-585 (neither number nor title), ``Forbidden``.
        """
        check(person, "instruments.add")
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            return insert_missing(db, person, campaign_id, entered, self._store.now())

    def add_confirmed(self, person: Person, campaign_id: int, due: date) -> tuple[int, int]:
        """Add every act with a recognised finding that the person may see; returns as ``add``."""
        seen = scope(person, "instruments.add")
        with self._store.read() as db:
            rows = db.execute(
                select(t.acts.c.number, t.acts.c.title, t.acts.c.type, t.acts.c.agency)
                .where(
                    t.acts.c.campaign_id == campaign_id,
                    in_scope(seen),
                    select(t.findings.c.id)
                    .where(
                        t.findings.c.act_id == t.acts.c.id,
                        t.findings.c.standing,
                        t.findings.c.state.in_(RECOGNISED),
                    )
                    .exists(),
                )
                .order_by(t.acts.c.id)
            ).all()
        entered = [
            InstrumentInput(row.number, row.title, row.type, row.agency, due, _FROM_FINDINGS)
            for row in rows
        ]
        return self.add(person, campaign_id, entered)

    def assign(
        self,
        person: Person,
        instrument_id: int,
        version: int,
        *,
        agency: str,
        project_id: int | None,
        due: date,
    ) -> InstrumentRow:
        """Say who amends it, with which project, by when.

        Raises RS-602, RS-601 (no such project in its campaign), ``Conflict`` RS-501, RS-411.
        """
        with self._store.write() as db:
            standing = read_instrument(db, instrument_id)
            check(person, "instruments.assign", standing.agency or None)
            if agency and not agencies.exists(agency):
                raise ERRORS.error("RS-602", agency=agency)
            if project_id is not None:
                campaign = db.scalar(
                    select(t.projects.c.campaign_id).where(t.projects.c.id == project_id)
                )
                if campaign != standing.campaign_id:
                    raise ERRORS.error("RS-601", NotFound, what="dự án", id=project_id)
            mine = {"agency": agency, "project_id": project_id, "due": due}
            write_version(db, t.instruments, standing, version, mine, person, self._store.now())
            rows, _ = self._rows(
                db, person, standing.campaign_id, t.instruments.c.id == instrument_id
            )
            return rows[0]

    def bundle(self, person: Person, project_id: int, instrument_ids: Iterable[int]) -> int:
        """Let one project amend several acts; returns how many came to it. All or none.

        Acts that it amends already stay. Raises RS-601 (no such project or act in its campaign),
        RS-589 (another project amends one), RS-411.
        """
        added = 0
        with self._store.write() as db:
            project = read_project(db, project_id)
            check(person, "instruments.bundle", project.agency)
            for instrument_id in sorted(set(instrument_ids)):
                standing = read_instrument(db, instrument_id)
                if standing.campaign_id != project.campaign_id:
                    raise ERRORS.error(
                        "RS-601", NotFound, what="văn bản phải sửa", id=instrument_id
                    )
                check(person, "instruments.bundle", standing.agency or None)
                if standing.project_id == project_id:
                    continue
                if standing.project_id is not None:
                    other = read_project(db, standing.project_id).title
                    name = standing.number or standing.title
                    raise ERRORS.error("RS-589", act=name, project=other)
                values = {"project_id": project_id}
                now = self._store.now()
                write_version(db, t.instruments, standing, standing.version, values, person, now)
                added += 1
        return added

    def _rows(
        self,
        db: Connection,
        person: Person,
        campaign_id: int,
        *where: ColumnElement[bool],
    ) -> tuple[list[InstrumentRow], list[ProjectRow]]:
        today = self._store.today()
        of_campaign = select(t.projects).where(t.projects.c.campaign_id == campaign_id)
        projects = project_rows(db, person, db.execute(of_campaign), today)
        by_id = {project.id: project for project in projects}
        rows = db.execute(
            select(t.instruments).where(t.instruments.c.campaign_id == campaign_id, *where)
        ).all()
        held = _held(db, person, campaign_id, rows)
        usual = durations.of(db)
        return [
            _view(row, by_id.get(row.project_id), held.get(row.id), usual, today) for row in rows
        ], projects


_RANK = {code: place for place, code in enumerate(STATES)}


def _held(
    db: Connection, person: Person, campaign_id: int, rows: Iterable[Row]
) -> Mapping[int, _Held]:
    """Return the stored acts of the instruments, as far as the person may read acts."""
    seen = scope(person, "library.acts")
    wanted = {row.number: row.id for row in rows if row.number}

    def counted(*states: str) -> ColumnElement[int]:
        return func.sum(case((t.findings.c.state.in_(states), 1), else_=0))

    found = db.execute(
        select(t.acts.c.id, t.acts.c.number, counted(*RECOGNISED), counted(_SETTLED))
        .outerjoin(t.findings, (t.findings.c.act_id == t.acts.c.id) & t.findings.c.standing)
        .where(
            t.acts.c.campaign_id == campaign_id,
            t.acts.c.number.in_(wanted),
            in_scope(seen),
        )
        .group_by(t.acts.c.id)
        .order_by(t.acts.c.id)
    )
    return {wanted[row[1]]: _Held(row[0], int(row[2]), int(row[3])) for row in found}


def _view(
    row: Row,
    project: ProjectRow | None,
    held: _Held | None,
    usual: Mapping[tuple[str, str], int],
    today: date,
) -> InstrumentRow:
    recognised, settled = (held.recognised, held.settled) if held else (0, 0)
    entered = InstrumentInput(row.number, row.title, row.type, row.agency, row.due, row.origin)
    if project is None:
        kind = plan().kind_for(row.type, row.agency)
        days = sum(usual[kind, step.code] for step in plan().kinds[kind].steps) if kind else 0
        assessed = risk.without_project(days, row.due, today)
    else:
        assessed = risk.assess(project.steps, row.due, today)
    return InstrumentRow(
        row.id,
        row.campaign_id,
        entered,
        row.project_id,
        project.input.title if project else "",
        _state(project, recognised, settled, today),
        assessed,
        held.act_id if held else None,
        recognised,
        settled,
        row.version,
    )


def _state(project: ProjectRow | None, recognised: int, settled: int, today: date) -> str:
    if project is None:
        return "chua-lam"
    done = {step.code: step.done for step in project.steps if step.done}
    effect = done.get(EFFECT)
    if effect and effect <= today:
        return "xong" if recognised and settled == recognised else "hieu-luc"
    return "da-ban-hanh" if ISSUE in done else "dang-lam"


def _wanted(row: InstrumentRow, wanted: InstrumentFilter, today: date) -> bool:
    near = wanted.due_within
    return (
        wanted.agency in ("", row.input.agency or "-")
        and wanted.type in ("", row.input.type)
        and wanted.state in ("", row.state)
        and wanted.risk in ("", row.risk.code)
        and (near is None or (row.input.due - today).days <= near)
    )


def _steps_due(projects: Iterable[ProjectRow], agency: str, today: date) -> list[StepDue]:
    found = [
        StepDue(
            project.id,
            project.input.title,
            project.input.agency,
            step.name,
            step.planned,
            step.planned < today,
        )
        for project in projects
        if agency in ("", project.input.agency)
        for step in project.steps
        if step.planned and not step.passed and risk.falls_due(step.planned, today)
    ]
    return sorted(found, key=lambda due: (due.planned, due.project))
