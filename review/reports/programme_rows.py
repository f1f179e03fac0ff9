"""Rows of BM-06, BM-08, BM-09, BM-10 and BM-12, read in a query each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Row, select

from models.catalogue import Catalogue
from review.agencies import name_of
from review.clock import VIET_NAM
from review.programme.publication import newest
from review.programme.step import EFFECT, plan
from review.programme.verification import OUTCOMES
from review.reports.programme_records import (
    ComponentLine,
    ExpiredLine,
    InstrumentLine,
    ProcedureLine,
    ProgrammeLines,
    ProjectLine,
    ReadinessLine,
)
from review.reports.records import ActLine, FindingLine
from review.store import tables as t

_NOT_IN_FORCE = "N04"


def read(
    db: Connection,
    catalogue: Catalogue,
    campaign_id: int,
    agency: str,
    acts: Sequence[ActLine],
    findings: Sequence[FindingLine],
) -> ProgrammeLines:
    """Read the rows of ``agency`` ("" = all); findings named are those of the report only."""
    known = {line.finding_id: line for line in findings}
    by_act = {act.act_id: act for act in acts}
    procedures = _procedures(db, campaign_id, agency, known)
    return ProgrammeLines(
        components=(
            *_listed(db, campaign_id, agency, by_act, catalogue),
            *_found(procedures, known, by_act, catalogue),
        ),
        expired=_expired(db, campaign_id, agency),
        instruments=_instruments(db, campaign_id, agency),
        projects=_projects(db, campaign_id, agency, known),
        procedures=procedures,
        readiness=_readiness(db),
    )


def _readiness(db: Connection) -> tuple[ReadinessLine, ...]:
    """Return the newest recorded readiness and the newest figure of each name, by source."""
    level: dict[str, Row] = {}
    named: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in db.execute(
        select(t.source_figures).order_by(t.source_figures.c.on, t.source_figures.c.id)
    ):
        figures = named[row.source]
        if row.readiness is not None:
            level[row.source] = row
        if row.value is not None:
            figures[row.name] = row
    return tuple(
        ReadinessLine(
            source,
            level[source].readiness if source in level else None,
            level[source].on if source in level else None,
            "; ".join(
                f"{name}: {_figure(row.value)} {row.unit} ({row.on:%d/%m/%Y})"
                for name, row in figures.items()
            ),
        )
        for source, figures in named.items()
    )


def _figure(value: float) -> str:
    whole = f"{value:,.2f}".rstrip("0").rstrip(".")
    return whole.translate(str.maketrans(",.", ".,"))


def _of(table_agency: ColumnElement[str], agency: str) -> list[ColumnElement[bool]]:
    return [table_agency == agency] if agency else []


def _procedures(
    db: Connection, campaign_id: int, agency: str, known: Mapping[int, FindingLine]
) -> tuple[ProcedureLine, ...]:
    linked: dict[int, list[int]] = defaultdict(list)
    for row in db.execute(
        select(t.procedure_findings.c.procedure_id, t.procedure_findings.c.finding_id).order_by(
            t.procedure_findings.c.finding_id
        )
    ):
        if row.finding_id in known:
            linked[row.procedure_id].append(row.finding_id)
    complete: Counter[int] = Counter()
    for (procedure, _), decided in newest(db).items():
        complete[procedure] += bool(decided.decision and decided.published and decided.uses_data)
    rows = db.execute(
        select(t.procedures)
        .where(t.procedures.c.campaign_id == campaign_id, *_of(t.procedures.c.agency, agency))
        .order_by(t.procedures.c.code, t.procedures.c.id)
    )
    return tuple(
        ProcedureLine(
            id=row.id,
            code=row.code,
            name=row.name,
            agency=name_of(row.agency),
            decision=row.decision,
            published=row.published,
            uses_data=row.uses_data,
            findings=tuple(linked[row.id]),
            note=row.note,
            provinces=complete[row.id],
        )
        for row in rows
    )


def _found(
    procedures: Sequence[ProcedureLine],
    known: Mapping[int, FindingLine],
    acts: Mapping[int, ActLine],
    catalogue: Catalogue,
) -> list[ComponentLine]:
    """Return the papers of procedures as the findings linked to them name them."""
    sources = catalogue.sources.rows
    made = []
    for procedure in procedures:
        for number in procedure.findings:
            line = known[number]
            act = acts[line.act_id]
            named = [sources[code] for code in line.sources if code in sources]
            made.append(
                ComponentLine(
                    annex="",
                    field="",
                    code=procedure.code,
                    procedure=procedure.name,
                    component=line.quote,
                    database="; ".join(source.name for source in named),
                    owner="; ".join(dict.fromkeys(name_of(source.owner) for source in named)),
                    act=f"{act.type} số {act.number}",
                    location=line.label,
                    origin=f"Phát hiện mã {number}",
                )
            )
    return made


def _listed(
    db: Connection,
    campaign_id: int,
    agency: str,
    acts: Mapping[int, ActLine],
    catalogue: Catalogue,
) -> list[ComponentLine]:
    """Return the rows of annexes that were loaded as work lists; of a ministry, its acts' rows."""
    rows = db.execute(
        select(t.worklist_rows, t.worklists.c.name.label("list_name"))
        .join(t.worklists, t.worklists.c.id == t.worklist_rows.c.worklist_id)
        .where(t.worklists.c.campaign_id == campaign_id)
        .order_by(t.worklists.c.id, t.worklist_rows.c.position)
    )
    return [
        ComponentLine(
            annex=row.annex,
            field=row.cells.get("field", ""),
            code=row.cells.get("procedure_code", ""),
            procedure=row.cells.get("procedure", ""),
            component=row.cells.get("component", ""),
            database=row.cells.get("database", ""),
            owner=row.cells.get("owner", ""),
            act=row.cells.get("act", ""),
            location=row.cells.get("location", ""),
            origin=row.list_name,
        )
        for row in rows
        if not agency or any(place.get("act_id") in acts for place in row.found)
    ]


def _expired(db: Connection, campaign_id: int, agency: str) -> tuple[ExpiredLine, ...]:
    rows = db.execute(
        select(
            t.findings.c.id,
            t.findings.c.label,
            t.acts.c.type,
            t.acts.c.number,
            t.provisions.c.text,
            t.decisions.c.note,
            t.decisions.c.at,
        )
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .join(t.provisions, t.provisions.c.id == t.findings.c.provision_id)
        .join(t.decisions, t.decisions.c.finding_id == t.findings.c.id)
        .where(
            t.acts.c.campaign_id == campaign_id,
            *_of(t.acts.c.agency, agency),
            t.findings.c.standing,
            t.findings.c.state == "loai_bo",
            t.decisions.c.code == _NOT_IN_FORCE,
            t.decisions.c.finding_version == t.findings.c.version,
        )
        .order_by(t.acts.c.agency, t.acts.c.number, t.findings.c.place, t.findings.c.id)
    )
    return tuple(
        ExpiredLine(
            finding_id=row.id,
            act=f"{row.type} số {row.number}",
            provision=row.label,
            text=row.text,
            reason=row.note,
            decided_on=row.at.astimezone(VIET_NAM).date(),
        )
        for row in rows
    )


def _steps(db: Connection) -> dict[int, dict[str, Row]]:
    steps: dict[int, dict[str, Row]] = defaultdict(dict)
    for row in db.execute(select(t.project_steps).order_by(t.project_steps.c.id)):
        steps[row.project_id][row.step] = row
    return steps


def _projects(
    db: Connection, campaign_id: int, agency: str, known: Mapping[int, FindingLine]
) -> tuple[ProjectLine, ...]:
    carried: dict[int, list[int]] = defaultdict(list)
    for row in db.execute(
        select(t.project_findings.c.project_id, t.project_findings.c.finding_id).order_by(
            t.project_findings.c.finding_id
        )
    ):
        if row.finding_id in known:
            carried[row.project_id].append(row.finding_id)
    steps = _steps(db)
    rows = db.execute(
        select(t.projects)
        .where(t.projects.c.campaign_id == campaign_id, *_of(t.projects.c.agency, agency))
        .order_by(t.projects.c.year, t.projects.c.kind, t.projects.c.title, t.projects.c.id)
    )
    return tuple(
        ProjectLine(
            id=row.id,
            title=row.title,
            kind=_kind_name(row.kind),
            lead=name_of(row.agency),
            coordinating="; ".join(name_of(code) for code in row.co_agencies),
            year=row.year,
            steps=tuple(
                (code, found.planned, found.done, found.session)
                for code, found in steps[row.id].items()
            ),
            basis=row.basis,
            number=row.number,
            findings=tuple(dict.fromkeys(carried[row.id])),
            note=row.note,
        )
        for row in rows
    )


def _instruments(db: Connection, campaign_id: int, agency: str) -> tuple[InstrumentLine, ...]:
    steps = _steps(db)
    verified = _verified(db, campaign_id)
    rows = db.execute(
        select(
            t.instruments,
            t.projects.c.title.label("project_title"),
            t.projects.c.kind,
            t.projects.c.agency.label("lead"),
            t.projects.c.number.label("issued"),
        )
        .outerjoin(t.projects, t.projects.c.id == t.instruments.c.project_id)
        .where(t.instruments.c.campaign_id == campaign_id, *_of(t.instruments.c.agency, agency))
        .order_by(t.instruments.c.due, t.instruments.c.agency, t.instruments.c.number)
    ).all()
    names = plan().step_names
    made = []
    for row in rows:
        order = [step.code for step in plan().kinds[row.kind].steps] if row.kind else []
        held = steps[row.project_id or 0]
        done = [held[code] for code in order if code in held and held[code].done]
        effective = next((found.done for found in done if found.step == EFFECT), None)
        made.append(
            InstrumentLine(
                id=row.id,
                act=row.number,
                type=row.type,
                title=row.title,
                agency=name_of(row.agency),
                due=row.due,
                origin=row.origin,
                project=row.project_title or "",
                project_type=_kind_name(row.kind) if row.kind else "",
                lead=name_of(row.lead) if row.lead else "",
                step=names.get(done[-1].step, done[-1].step) if done else "",
                issued=row.issued or "",
                effective=effective,
                verified=verified.get(row.number, ""),
            )
        )
    return tuple(made)


def _kind_name(code: str) -> str:
    kind = plan().kinds.get(code)
    return kind.name if kind else code


def _verified(db: Connection, campaign_id: int) -> dict[str, str]:
    """Return, by the number of the act, what the check on the issued text came to, in counts."""
    newest: dict[int, Row] = {}
    for row in db.execute(
        select(t.verifications, t.acts.c.number)
        .join(t.findings, t.findings.c.id == t.verifications.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(t.acts.c.campaign_id == campaign_id, t.verifications.c.issued)
        .order_by(t.verifications.c.id)
    ):
        newest[row.finding_id] = row
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in newest.values():
        counts[row.number][OUTCOMES.get(row.outcome, row.outcome)] += 1
    return {
        number: "; ".join(f"{name}: {times}" for name, times in found.most_common())
        for number, found in counts.items()
    }
