"""The queries behind samples of unflagged provisions: what may be drawn, what was read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from models.elusion import estimate
from review.acts.place import PLACE_COLUMNS
from review.errors import ERRORS, NotFound
from review.records.reading import ElusionRow, SampleItem, SampleRound
from review.search.lookup_query import CURRENT, stems_of
from review.state import RECOGNISED
from review.store import tables as t
from review.store.search.fill import worded


def unflagged(db: Connection, campaign_id: int, agency: str) -> list[int]:
    """Return the provisions of the agency's current texts without a standing finding, by id."""
    return list(
        db.scalars(
            select(t.provisions.c.id)
            .select_from(CURRENT)
            .where(*_of(campaign_id, agency), ~_has_finding())
            .order_by(t.provisions.c.id)
        )
    )


def flagged(db: Connection, campaign_id: int, agency: str) -> int:
    """Return how many provisions of the agency have a standing finding."""
    return (
        db.scalar(
            select(func.count())
            .select_from(CURRENT)
            .where(*_of(campaign_id, agency), _has_finding())
        )
        or 0
    )


def _of(campaign_id: int, agency: str) -> list[ColumnElement[bool]]:
    # The heading of a Điều demands nothing; its khoản do.
    return [
        t.acts.c.campaign_id == campaign_id,
        t.acts.c.agency == agency,
        worded(),
        t.provisions.c.level != "dieu",
    ]


def _has_finding() -> ColumnElement[bool]:
    return (
        select(t.findings.c.id)
        .where(t.findings.c.provision_id == t.provisions.c.id, t.findings.c.standing)
        .exists()
    )


def last_round(db: Connection, campaign_id: int, agency: str) -> Row[Any] | None:
    """Return the agency's newest round."""
    return db.execute(
        select(t.sample_rounds)
        .where(t.sample_rounds.c.campaign_id == campaign_id, t.sample_rounds.c.agency == agency)
        .order_by(t.sample_rounds.c.number.desc())
        .limit(1)
    ).one_or_none()


def unread(db: Connection, round_id: int) -> int:
    """Return how many provisions of a round nobody has read."""
    return (
        db.scalar(
            select(func.count())
            .select_from(t.sample_items)
            .where(t.sample_items.c.round_id == round_id, ~_was_read())
        )
        or 0
    )


def _was_read() -> ColumnElement[bool]:
    return (
        select(t.sample_readings.c.id)
        .where(t.sample_readings.c.item_id == t.sample_items.c.id)
        .exists()
    )


def whole_round(db: Connection, round_id: int) -> SampleRound:
    """Return a round with its items and their newest readings."""
    head = db.execute(
        select(t.sample_rounds, t.people.c.name.label("drawn_by"))
        .join(t.people, t.people.c.id == t.sample_rounds.c.written_by)
        .where(t.sample_rounds.c.id == round_id)
    ).one()
    rows = db.execute(_items().where(t.sample_items.c.round_id == round_id)).all()
    stems = stems_of(db, rows)
    return SampleRound(
        id=head.id,
        campaign_id=head.campaign_id,
        agency=head.agency,
        number=head.number,
        population=head.population,
        seed=head.seed,
        drawn_by=head.drawn_by,
        at=head.at,
        items=tuple(_item(row, stems.get(row.id, "")) for row in rows),
    )


def item_of(db: Connection, item_id: int) -> SampleItem:
    """Return one item with its newest reading; raises RS-601."""
    row = db.execute(_items().where(t.sample_items.c.id == item_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="mẫu đọc kiểm", id=item_id)
    return _item(row, stems_of(db, [row]).get(row.id, ""))


def _items() -> Select[Any]:
    newest = (
        select(
            t.sample_readings.c.item_id,
            func.max(t.sample_readings.c.sequence).label("sequence"),
        )
        .group_by(t.sample_readings.c.item_id)
        .subquery()
    )
    found = (
        select(func.count())
        .select_from(t.findings)
        .where(t.findings.c.provision_id == t.provisions.c.id, t.findings.c.standing)
        .scalar_subquery()
    )
    return (
        select(
            *PLACE_COLUMNS,
            t.sample_items.c.id.label("item_id"),
            t.sample_items.c.place,
            t.sample_readings.c.sequence,
            t.sample_readings.c.verdict,
            t.sample_readings.c.note,
            t.sample_readings.c.at,
            t.people.c.name.label("person"),
            found.label("found"),
        )
        .select_from(t.sample_items)
        .join(t.provisions, t.provisions.c.id == t.sample_items.c.provision_id)
        .join(t.act_versions, t.act_versions.c.id == t.provisions.c.version_id)
        .join(t.acts, t.acts.c.id == t.act_versions.c.act_id)
        .outerjoin(newest, newest.c.item_id == t.sample_items.c.id)
        .outerjoin(
            t.sample_readings,
            (t.sample_readings.c.item_id == t.sample_items.c.id)
            & (t.sample_readings.c.sequence == newest.c.sequence),
        )
        .outerjoin(t.people, t.people.c.id == t.sample_readings.c.written_by)
        .order_by(t.sample_items.c.place)
    )


def _item(row: Row[Any], stem: str) -> SampleItem:
    return SampleItem(
        id=row.item_id,
        place=row.place,
        provision_id=row.id,
        act_id=row.act_id,
        number=row.number,
        act_title=row.title,
        path=row.path,
        label=row.label,
        stem=stem,
        text=row.text,
        verdict=row.verdict or "",
        note=row.note or "",
        person=row.person or "",
        at=row.at,
        sequence=row.sequence or 0,
        has_finding=bool(row.found),
    )


def elusion_of(db: Connection, campaign_id: int, agency: str) -> ElusionRow:
    """Estimate what was missed from everything read in all rounds of an agency.

    The population is that of the newest round; the finds are the recognised findings now.
    """
    rounds = db.execute(
        select(t.sample_rounds)
        .where(t.sample_rounds.c.campaign_id == campaign_id, t.sample_rounds.c.agency == agency)
        .order_by(t.sample_rounds.c.number)
    ).all()
    if not rounds:
        return ElusionRow(agency, 0, 0, None, None)
    whole = [whole_round(db, row.id) for row in rounds]
    found = db.scalar(
        select(func.count(t.findings.c.provision_id.distinct()))
        .select_from(t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id))
        .where(
            t.acts.c.campaign_id == campaign_id,
            t.acts.c.agency == agency,
            t.findings.c.standing,
            t.findings.c.state.in_(RECOGNISED),
        )
    )
    return ElusionRow(
        agency,
        len(rounds),
        sum(row.size for row in rounds),
        estimate(
            sum(one.read for one in whole),
            sum(one.hits for one in whole),
            rounds[-1].population,
            found or 0,
        ),
        rounds[-1].at,
    )
