"""Campaigns (đợt rà soát): basis date, guidance documents, deadlines of the agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from review import agencies
from review.clock import VIET_NAM
from review.errors import ERRORS, Conflict, NotFound
from review.people.permission import check
from review.records import CampaignAgency, CampaignInput, CampaignView, Person
from review.store import tables as t
from review.store.engine import Store


class Campaigns:
    """Campaigns and the agencies that take part."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person) -> list[CampaignView]:
        """Return all campaigns, newest basis date first."""
        check(person, "campaigns.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.campaigns).order_by(t.campaigns.c.basis_date.desc(), t.campaigns.c.id)
            ).all()
            taking_part = db.execute(_taking_part()).all()
        return [_view(row, taking_part) for row in rows]

    def get(self, person: Person, campaign_id: int) -> CampaignView:
        """Return one campaign; raises ``NotFound`` RS-601."""
        check(person, "campaigns.get")
        with self._store.read() as db:
            return read_campaign(db, campaign_id)

    def add(self, person: Person, entered: CampaignInput) -> CampaignView:
        """Open a campaign; raises RS-602 (unknown agency), RS-603 (code taken), RS-604."""
        check(person, "campaigns.add")
        _validate(entered)
        with self._store.write() as db:
            if db.scalar(select(t.campaigns.c.id).where(t.campaigns.c.code == entered.code)):
                raise ERRORS.error("RS-603", given=entered.code)
            added = db.execute(
                insert(t.campaigns).values(
                    **_values(entered),
                    version=1,
                    written_by=person.id,
                    written_at=self._store.now(),
                )
            ).inserted_primary_key[0]
            _write_agencies(db, added, entered, person)
            return read_campaign(db, added)

    def change(
        self, person: Person, campaign_id: int, version: int, entered: CampaignInput
    ) -> CampaignView:
        """Change a campaign; raises ``Conflict`` RS-501 when somebody changed it since."""
        check(person, "campaigns.change")
        _validate(entered)
        with self._store.write() as db:
            standing = read_campaign(db, campaign_id)
            taken = db.scalar(
                select(t.campaigns.c.id).where(
                    t.campaigns.c.code == entered.code, t.campaigns.c.id != campaign_id
                )
            )
            if taken:
                raise ERRORS.error("RS-603", given=entered.code)
            written = db.execute(
                update(t.campaigns)
                .where(t.campaigns.c.id == campaign_id, t.campaigns.c.version == version)
                .values(
                    **_values(entered),
                    version=version + 1,
                    written_by=person.id,
                    written_at=self._store.now(),
                )
            )
            if not written.rowcount:
                who, at = db.execute(
                    select(t.people.c.name, t.campaigns.c.written_at)
                    .select_from(
                        t.campaigns.outerjoin(t.people, t.people.c.id == t.campaigns.c.written_by)
                    )
                    .where(t.campaigns.c.id == campaign_id)
                ).one()
                theirs = {"name": standing.name, "deadline": standing.deadline}
                mine = {"name": entered.name, "deadline": entered.deadline}
                raise Conflict.of(mine, theirs, who, at)
            # The deletion events name who made the change.
            of_campaign = t.campaign_agencies.c.campaign_id == campaign_id
            db.execute(update(t.campaign_agencies).where(of_campaign).values(written_by=person.id))
            db.execute(delete(t.campaign_agencies).where(of_campaign))
            _write_agencies(db, campaign_id, entered, person)
            return read_campaign(db, campaign_id)


def read_campaign(db: Connection, campaign_id: int) -> CampaignView:
    """Return one campaign within a transaction; raises ``NotFound`` RS-601."""
    row = db.execute(select(t.campaigns).where(t.campaigns.c.id == campaign_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="đợt rà soát", id=campaign_id)
    of_campaign = _taking_part().where(t.campaign_agencies.c.campaign_id == campaign_id)
    return _view(row, db.execute(of_campaign).all())


def _taking_part() -> Select:
    return select(t.campaign_agencies).order_by(
        t.campaign_agencies.c.campaign_id, t.campaign_agencies.c.position
    )


def _view(row: Row, taking_part: Sequence[Row]) -> CampaignView:
    return CampaignView(
        row.id,
        row.code,
        row.name,
        row.basis_date,
        row.deadline,
        row.cutoff,
        tuple(row.documents),
        tuple(
            CampaignAgency(part.agency, part.name, part.deadline, part.position, part.sector_group)
            for part in taking_part
            if part.campaign_id == row.id
        ),
        row.version,
    )


def _values(entered: CampaignInput) -> dict[str, object]:
    return {
        "code": entered.code,
        "name": entered.name,
        "basis_date": entered.basis_date,
        "deadline": entered.deadline,
        "cutoff": entered.cutoff,
        "cutoff_at": _end_of(entered.cutoff),
        "documents": list(entered.documents),
    }


def _end_of(day: date | None) -> datetime | None:
    """Return the first instant after a day in Viet Nam."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=VIET_NAM)


def _validate(entered: CampaignInput) -> None:
    reason = ""
    if not entered.code.strip() or not entered.name.strip():
        reason = "thiếu mã hoặc tên"
    elif entered.deadline and entered.deadline < entered.basis_date:
        reason = "thời hạn trước ngày căn cứ"
    elif entered.cutoff and entered.cutoff < entered.basis_date:
        reason = "ngày chốt số liệu trước ngày căn cứ"
    elif any(part.deadline and part.deadline < entered.basis_date for part in entered.agencies):
        reason = "thời hạn của một cơ quan trước ngày căn cứ"
    elif len({part.code for part in entered.agencies}) != len(entered.agencies):
        reason = "một cơ quan được nêu hai lần"
    if reason:
        raise ERRORS.error("RS-604", reason=reason)
    for part in entered.agencies:
        if not agencies.exists(part.code):
            raise ERRORS.error("RS-602", agency=part.code)


def _write_agencies(
    db: Connection, campaign_id: int, entered: CampaignInput, person: Person
) -> None:
    for position, part in enumerate(entered.agencies, 1):
        db.execute(
            insert(t.campaign_agencies).values(
                campaign_id=campaign_id,
                agency=part.code,
                name=part.name or agencies.name_of(part.code),
                deadline=part.deadline,
                position=position,
                sector_group=part.sector_group,
                written_by=person.id,
            )
        )
