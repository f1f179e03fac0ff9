"""The queries behind clusters of one wording and behind what is offered for its likeness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from review.acts.filtering import in_scope
from review.records import Page, PageRequest
from review.records.similar import Cluster
from review.search.lookup_query import CURRENT
from review.state import RECOGNISED, UNDECIDED
from review.store import tables as t

_CHUNK: Final = 900  # ids in one query
_FINDINGS: Final = t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id).join(
    t.provisions, t.provisions.c.id == t.findings.c.provision_id
)


def clusters(
    db: Connection, campaign_id: int, agencies: frozenset[str] | None, page: PageRequest
) -> Page[Cluster]:
    """Return wordings that stand with a finding in two acts and more, the most frequent first."""
    key, count = t.provisions.c.text_key, func.count(t.findings.c.id.distinct())
    acts = func.count(t.acts.c.id.distinct())
    grouped = (
        select(
            key.label("key"),
            count.label("findings"),
            acts.label("acts"),
            func.count(t.acts.c.agency.distinct()).label("agencies"),
            func.count(t.findings.c.id.distinct())
            .filter(t.findings.c.state.in_(UNDECIDED))
            .label("undecided"),
            func.max(t.findings.c.severity).label("severity"),
            func.min(t.provisions.c.id).label("sample"),
        )
        .select_from(_FINDINGS)
        .where(t.acts.c.campaign_id == campaign_id, in_scope(agencies), t.findings.c.standing)
        .group_by(key)
        .having(acts > 1)
    )
    total = db.scalar(select(func.count()).select_from(grouped.subquery())) or 0
    rows = db.execute(grouped.order_by(count.desc(), key).limit(page.size).offset(page.start)).all()
    texts = _texts(db, [row.sample for row in rows])
    names = _categories(db, campaign_id, agencies, [row.key for row in rows])
    items = [
        Cluster(
            wording=row.key,
            text=texts[row.sample],
            findings=row.findings,
            acts=row.acts,
            agencies=row.agencies,
            undecided=row.undecided,
            categories=tuple(sorted(names[row.key])),
            severity=row.severity,
        )
        for row in rows
    ]
    return Page(items, total, page.number, page.size)


def _texts(db: Connection, ids: Sequence[int]) -> dict[int, str]:
    rows = db.execute(
        select(t.provisions.c.id, t.provisions.c.text).where(t.provisions.c.id.in_(ids))
    )
    return {row.id: row.text for row in rows}


def _categories(
    db: Connection, campaign_id: int, agencies: frozenset[str] | None, keys: Sequence[str]
) -> dict[str, set[str]]:
    rows = db.execute(
        select(t.provisions.c.text_key, t.findings.c.category)
        .select_from(_FINDINGS)
        .where(
            t.acts.c.campaign_id == campaign_id,
            in_scope(agencies),
            t.findings.c.standing,
            t.provisions.c.text_key.in_(keys),
        )
        .distinct()
    )
    found: dict[str, set[str]] = {key: set() for key in keys}
    for row in rows:
        found[row.text_key].add(row.category)
    return found


def confirmed(
    db: Connection, campaign_id: int, agencies: frozenset[str] | None, limit: int
) -> list[Row[Any]]:
    """Return recognised findings, one for each wording, the newest decisions first."""
    rows = db.execute(
        select(
            t.findings.c.id,
            t.findings.c.provision_id,
            t.findings.c.label,
            t.findings.c.category,
            t.findings.c.quote,
            t.acts.c.number,
            t.provisions.c.text_key,
        )
        .select_from(_FINDINGS)
        .where(
            t.acts.c.campaign_id == campaign_id,
            in_scope(agencies),
            t.findings.c.standing,
            t.findings.c.state.in_(RECOGNISED),
        )
        .order_by(t.findings.c.decided_at.desc(), t.findings.c.id.desc())
        .limit(limit * 4)
    )
    chosen: dict[str, Row[Any]] = {}
    for row in rows:
        chosen.setdefault(row.text_key, row)
    return list(chosen.values())[:limit]


def unflagged_among(db: Connection, campaign_id: int, ids: Iterable[int]) -> set[int]:
    """Return those provisions of the campaign's current texts that nothing ever pointed to.

    Neither a finding, nor something the screen set aside, nor one that a person put aside.
    """
    ids = list(ids)
    found: set[int] = set()
    own = t.provisions.c.id
    for start in range(0, len(ids), _CHUNK):
        found.update(
            db.scalars(
                select(own)
                .select_from(CURRENT)
                .where(
                    t.acts.c.campaign_id == campaign_id,
                    own.in_(ids[start : start + _CHUNK]),
                    ~select(t.findings.c.id)
                    .where(t.findings.c.provision_id == own, t.findings.c.standing)
                    .exists(),
                    ~select(t.suppressed.c.id).where(t.suppressed.c.provision_id == own).exists(),
                    ~select(t.dismissals.c.id)
                    .where(
                        t.dismissals.c.provision_id == own,
                        t.dismissals.c.campaign_id == campaign_id,
                    )
                    .exists(),
                )
            )
        )
    return found


def put_aside(
    db: Connection, provision_id: int, campaign_id: int, note: str, at: Any, person_id: int
) -> None:
    """Write down that a provision offered for its likeness is no problem."""
    db.execute(
        insert(t.dismissals).values(
            provision_id=provision_id,
            campaign_id=campaign_id,
            note=note,
            at=at,
            written_by=person_id,
        )
    )
