"""One finding with everything about it: its Điều, its trace and bases, what a person may do."""

from __future__ import annotations

from sqlalchemy import Connection, Row, select

from models.records import BasisRef
from review.acts.view import ACT_COLUMNS, act_row, provision_views
from review.findings.decision import history
from review.findings.query import (
    SUPPRESSED_COLUMNS,
    finding_row,
    joined_suppressed,
    suppressed_row,
    trace_of,
)
from review.people.permission import allows
from review.records import FindingView, Person, ProvisionView, SuppressedRow
from review.state import TRANSITIONS, allowed
from review.store import tables as t

_WHOLE = frozenset({"dieu", "phu-luc", "mau"})  # what a reviewer reads around one provision


def view_of(db: Connection, person: Person, row: Row) -> FindingView:
    """Return everything about the finding of ``row``, as far as the person may see it."""
    provision, stem, article = _surroundings(db, row.provision_id)
    act = db.execute(
        select(*ACT_COLUMNS)
        .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
        .where(t.acts.c.id == row.act_id)
    ).one()
    nearby: list[SuppressedRow] = []
    if allows(person, "findings.suppressed", row.agency):
        aside = db.execute(
            select(*SUPPRESSED_COLUMNS)
            .select_from(joined_suppressed())
            .where(t.suppressed.c.provision_id.in_([unit.id for unit in article]))
            .order_by(t.suppressed.c.place, t.suppressed.c.id)
        )
        nearby = [suppressed_row(found) for found in aside]
    return FindingView(
        row=finding_row(row),
        act=act_row(act),
        provision=provision,
        stem=stem,
        article=article,
        trace=trace_of(row.trace),
        bases=tuple(BasisRef(**basis) for basis in row.bases),
        sources=tuple(row.sources),
        formula=row.formula,
        ruleset=row.ruleset,
        suppressed=nearby,
        history=history(db, row.id),
        actions=_actions(person, row),
    )


def _surroundings(
    db: Connection, provision_id: int
) -> tuple[ProvisionView, list[ProvisionView], list[ProvisionView]]:
    """Return the provision, its ancestors (outermost first) and the whole Điều around it."""
    own = db.execute(select(t.provisions).where(t.provisions.c.id == provision_id)).one()
    above = [int(position) for position in own.lineage.split("/") if position]
    of_version = t.provisions.c.version_id == own.version_id
    ancestors = db.execute(
        select(t.provisions)
        .where(of_version, t.provisions.c.position.in_([*above, own.position]))
        .order_by(t.provisions.c.position)
    ).all()
    around = next((unit for unit in reversed(ancestors) if unit.level in _WHOLE), own)
    lineage = f"{around.lineage}/{around.position}".strip("/")
    article = db.execute(
        select(t.provisions)
        .where(
            of_version,
            (t.provisions.c.position == around.position)
            | (t.provisions.c.lineage == lineage)
            | t.provisions.c.lineage.startswith(f"{lineage}/"),
        )
        .order_by(t.provisions.c.position)
    ).all()
    views = {unit.id: unit for unit in provision_views([*ancestors[:-1], *article])}
    own_view = views.get(own.id) or provision_views([own])[0]
    stem = [views[unit.id] for unit in ancestors if unit.id != own.id]
    return own_view, stem, [views[unit.id] for unit in article]


def _actions(person: Person, row: Row) -> tuple[str, ...]:
    steps = [
        name
        for name, step in TRANSITIONS.items()
        if allowed(name, row.state, changed=row.changed)
        and allows(person, step.permission, row.agency)
    ]
    if allowed("edit", row.state) and allows(person, "findings.edit", row.agency):
        steps.append("edit")
    return tuple(steps)
