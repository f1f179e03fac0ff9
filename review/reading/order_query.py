"""The queries behind the order of reading: suggestions as candidates, decisions as lessons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select

from models.rank import Candidate, Ranking
from review.acts.filtering import in_scope
from review.search.lookup_query import stems_of
from review.state import RECOGNISED, UNDECIDED
from review.store import tables as t

_CHUNK: Final = 200  # findings whose stems are read at once
_BATCH: Final = 2000
_LONGEST: Final = 4000  # characters of a provision a learner reads


@dataclass(frozen=True, slots=True)
class Lessons:
    """The standing findings of a campaign as candidates, and what was decided on them."""

    candidates: list[Candidate]
    decisions: dict[int, bool]
    undecided: int


def lessons(db: Connection, campaign_id: int) -> Lessons:
    """Read the findings of a campaign; those that people added are lessons too."""
    rows = db.execute(
        select(
            t.findings.c.id.label("finding_id"),
            t.findings.c.category,
            t.findings.c.severity,
            t.findings.c.readiness,
            t.findings.c.quote,
            t.findings.c.state,
            t.provisions.c.id,
            t.provisions.c.version_id,
            t.provisions.c.lineage,
            t.provisions.c.text,
            t.acts.c.agency,
            t.acts.c.type,
        )
        .select_from(
            t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id).join(
                t.provisions, t.provisions.c.id == t.findings.c.provision_id
            )
        )
        .where(t.acts.c.campaign_id == campaign_id, t.findings.c.standing)
        .order_by(t.findings.c.id)
    ).all()
    candidates: list[Candidate] = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        stems = stems_of(db, chunk)
        candidates += [_candidate(row, stems.get(row.id, "")) for row in chunk]
    decisions = {
        row.finding_id: row.state != "loai_bo" for row in rows if row.state not in UNDECIDED
    }
    return Lessons(candidates, decisions, len(rows) - len(decisions))


def _candidate(row: Row[Any], stem: str) -> Candidate:
    return Candidate(
        id=row.finding_id,
        text=f"{stem}\n{row.text}"[:_LONGEST],
        severity=row.severity,
        readiness=row.readiness,
        category=row.category,
        agency=row.agency,
        kind=row.type,
        quote=row.quote,
    )


def save_order(
    db: Connection, campaign_id: int, ranking: Ranking, found: Lessons, now: datetime
) -> None:
    """Replace the reading order of a campaign."""
    db.execute(delete(t.reading_order).where(t.reading_order.c.campaign_id == campaign_id))
    rows = [
        {
            "finding_id": number,
            "campaign_id": campaign_id,
            "place": place,
            "score": ranking.scores.get(number, 0.0),
        }
        for place, number in enumerate(ranking.order, 1)
    ]
    for start in range(0, len(rows), _BATCH):
        db.execute(insert(t.reading_order), rows[start : start + _BATCH])
    confirmed = sum(found.decisions.values())
    db.execute(delete(t.reading_orders).where(t.reading_orders.c.campaign_id == campaign_id))
    db.execute(
        insert(t.reading_orders).values(
            campaign_id=campaign_id,
            decisions=len(found.decisions),
            confirmed=confirmed,
            rejected=len(found.decisions) - confirmed,
            learned=int(ranking.learned),
            made_at=now,
        )
    )


def order_head(db: Connection, campaign_id: int) -> Row[Any] | None:
    """Return from what the order was made; None where there is none yet."""
    return db.execute(
        select(t.reading_orders).where(t.reading_orders.c.campaign_id == campaign_id)
    ).one_or_none()


def decided_count(db: Connection, campaign_id: int) -> int:
    """Return how many standing findings of a campaign are decided."""
    return (
        db.scalar(
            select(func.count())
            .select_from(t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id))
            .where(
                t.acts.c.campaign_id == campaign_id,
                t.findings.c.standing,
                t.findings.c.state.not_in(UNDECIDED),
            )
        )
        or 0
    )


def decided_in_order(
    db: Connection, campaign_id: int, agencies: frozenset[str] | None
) -> tuple[list[bool], int]:
    """Return the decisions on the machine's suggestions in the order they were made, and how many
    suggestions there are in all."""
    where = (
        t.acts.c.campaign_id == campaign_id,
        in_scope(agencies),
        t.findings.c.standing,
        t.findings.c.origin == "may",
    )
    source = t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id)
    states: Sequence[str] = db.scalars(
        select(t.findings.c.state)
        .select_from(source)
        .where(*where, t.findings.c.state.not_in(UNDECIDED))
        .order_by(t.findings.c.decided_at, t.findings.c.id)
    ).all()
    total = db.scalar(select(func.count()).select_from(source).where(*where)) or 0
    return [state in RECOGNISED for state in states], total
