"""Reading an act from the store: its row with counts, and everything for the act reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Row, func, select

from corpus.records import Notice
from review.errors import Conflict
from review.findings.query import ROW_COLUMNS, finding_row, joined, ordered
from review.records import (
    ActRow,
    ActVersionRow,
    ActView,
    FindingRow,
    ProvisionView,
    SignOff,
)
from review.state import RECOGNISED, UNDECIDED
from review.store import tables as t


def _count(*states: str) -> ColumnElement[int]:
    counted = select(func.count()).where(t.findings.c.act_id == t.acts.c.id, t.findings.c.standing)
    if states:
        counted = counted.where(t.findings.c.state.in_(states))
    return counted.scalar_subquery()


ACT_COLUMNS = (
    t.acts,
    t.act_versions.c.source,
    t.act_versions.c.format,
    t.act_versions.c.provisions,
    _count().label("findings"),
    _count(*UNDECIDED).label("undecided"),
    _count(*RECOGNISED).label("confirmed"),
)


def act_row(row: Row) -> ActRow:
    """Turn a row of ``ACT_COLUMNS`` into the record."""
    return ActRow(
        id=row.id,
        campaign_id=row.campaign_id,
        number=row.number,
        type=row.type,
        title=row.title,
        issuer=row.issuer,
        agency=row.agency,
        issued=row.issued,
        effective=row.effective,
        state=row.state,
        version_id=row.version_id,
        version_number=row.version_number,
        source=row.source,
        format=row.format,
        loaded_at=row.loaded_at,
        provisions=row.provisions,
        findings=row.findings,
        undecided=row.undecided,
        confirmed=row.confirmed,
        version=row.version,
    )


def counts_of(db: Connection, act_id: int, states: Iterable[str]) -> int:
    """Return how many standing findings of an act are in one of the states."""
    return (
        db.scalar(
            select(func.count()).where(
                t.findings.c.act_id == act_id,
                t.findings.c.standing,
                t.findings.c.state.in_(tuple(states)),
            )
        )
        or 0
    )


def act_view(db: Connection, row: Row, *, findings: bool) -> ActView:
    """Return the act of a row of ``ACT_COLUMNS`` with text, findings, versions and sign-offs."""
    provisions = db.execute(
        select(t.provisions)
        .where(t.provisions.c.version_id == row.version_id)
        .order_by(t.provisions.c.position)
    ).all()
    return ActView(
        act_row(row),
        provision_views(provisions),
        _findings(db, row.id) if findings else {},
        _versions(db, row.id),
        _sign_offs(db, row),
    )


def _findings(db: Connection, act_id: int) -> dict[int, list[FindingRow]]:
    rows = db.execute(
        ordered(select(*ROW_COLUMNS).select_from(joined())).where(
            t.findings.c.act_id == act_id, t.findings.c.standing
        )
    )
    findings: dict[int, list[FindingRow]] = {}
    for row in rows:
        findings.setdefault(row.provision_id, []).append(finding_row(row))
    return findings


def provision_views(rows: Iterable[Row]) -> list[ProvisionView]:
    """Turn rows of provisions of one version into records; parents outside ``rows`` are None."""
    rows = list(rows)
    ids = {row.position: row.id for row in rows}
    return [
        ProvisionView(
            id=row.id,
            path=row.path,
            level=row.level,
            label=row.label,
            heading=row.heading,
            text=row.text,
            start=row.start,
            end=row.end,
            parent_id=ids.get(row.parent),
            depth=row.lineage.count("/") + 1 if row.lineage else 0,
            order=row.position,
            page=row.page,
            quoted=row.quoted,
        )
        for row in rows
    ]


def act_conflict(db: Connection, row: Row, mine: Mapping[str, object]) -> Conflict:
    """Return the conflict of somebody having changed the act's assignment or state since."""
    who = db.scalar(select(t.people.c.name).where(t.people.c.id == row.written_by))
    theirs = {"agency": row.agency, "state": row.state}
    return Conflict.of(mine, theirs, who or "", None)


def _versions(db: Connection, act_id: int) -> list[ActVersionRow]:
    rows = db.execute(
        select(
            t.act_versions.c.id,
            t.act_versions.c.number,
            t.act_versions.c.source,
            t.act_versions.c.digest,
            t.people.c.name,
            t.act_versions.c.loaded_at,
            t.act_versions.c.ruleset,
            t.act_versions.c.provisions,
            t.act_versions.c.notices,
        )
        .outerjoin(t.people, t.people.c.id == t.act_versions.c.written_by)
        .where(t.act_versions.c.act_id == act_id)
        .order_by(t.act_versions.c.number.desc())
    )
    return [
        ActVersionRow(
            row.id,
            row.number,
            row.source,
            row.digest,
            row.name or "",
            row.loaded_at,
            row.ruleset,
            row.provisions,
            tuple(Notice(**notice) for notice in row.notices),
        )
        for row in rows
    ]


def _sign_offs(db: Connection, act: Row) -> list[SignOff]:
    rows = db.execute(
        select(t.sign_offs, t.people.c.name)
        .join(t.people, t.people.c.id == t.sign_offs.c.written_by)
        .where(t.sign_offs.c.act_id == act.id)
        .order_by(t.sign_offs.c.id.desc())
    )
    return [
        SignOff(
            row.name,
            row.at,
            row.note,
            row.version_id,
            standing=row.version_id == act.version_id
            and act.state == "da_ra_soat"
            and not act.confirmed,
        )
        for row in rows
    ]
