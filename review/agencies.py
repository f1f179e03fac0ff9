"""Agencies of ``corpus.agency`` as the review uses them: routing of acts, lists for screens."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from corpus.agency import agency_of, all_agencies, responsible_today, shipped
from review.people.permission import check
from review.records import AgencyRow, Person
from review.store import tables as t
from review.store.engine import Store

# Acts of these bodies are reviewed by the ministry they are assigned to.
_CENTRAL = {"quoc_hoi", "chinh_phu"}
_REVIEWING = {"bo", "ngang_bo", "thuoc_chinh_phu", "tu_phap", "kiem_toan", "dia_phuong"}


def name_of(code: str) -> str:
    """Return the name of an agency; the code itself where unknown."""
    agency = agency_of(code)
    return agency.name if agency else code


def exists(code: str) -> bool:
    """Whether the code is in the list of agencies, today or once."""
    return agency_of(code) is not None


def today_of(code: str, on: date) -> str:
    """Return the code of the agency that answers for ``code`` on the day ``on``."""
    return responsible_today(code, on).code if exists(code) else code


def routed(number: str, issuer: str, on: date, title: str = "") -> tuple[str, str]:
    """Return (issuer code, code of the agency that reviews the act on the day ``on``).

    The number names the issuer, else its printed name does; the title tells the field, which may
    have gone to another ministry than the rest. Of a joint circular's ministries the first still
    answers for it. The second is "" for acts of Quốc hội, Chính phủ and Thủ tướng,
    which are assigned, and where no issuer is known.
    """
    agencies = shipped()
    issuers = agencies.issuers_from_number(number)
    named = agencies.find(issuer)
    first = issuers[0] if issuers else named
    if first is None:
        return "", ""
    if first.kind in _CENTRAL:
        return first.code, ""
    return first.code, agencies.responsible_today(first.code, on, title).code


class Agencies:
    """Lists of agencies with what belongs to them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, on: date | None = None) -> list[AgencyRow]:
        """Return all agencies, or those existing on a day, with counts of people and acts."""
        check(person, "agencies.list")
        today = self._store.today()
        with self._store.read() as db:
            people = dict(
                db.execute(
                    select(
                        t.memberships.c.agency, func.count(t.memberships.c.person_id.distinct())
                    ).group_by(t.memberships.c.agency)
                )
                .tuples()
                .all()
            )
            acts = dict(
                db.execute(select(t.acts.c.agency, func.count()).group_by(t.acts.c.agency))
                .tuples()
                .all()
            )
        return [
            AgencyRow(
                agency.code,
                agency.name,
                agency.kind,
                agency.since,
                agency.until,
                today_of(agency.code, today),
                people.get(agency.code, 0),
                acts.get(agency.code, 0),
            )
            for agency in all_agencies(on)
        ]

    def choices(self, person: Person, on: date) -> list[tuple[str, str]]:
        """Return code and name of the bodies that can review or draft on a day, for forms."""
        check(person, "agencies.choices")
        return [
            (agency.code, agency.name) for agency in all_agencies(on) if agency.kind in _REVIEWING
        ]

    def name(self, code: str) -> str:
        """Return the name of an agency, the code itself where unknown; a public fact."""
        return name_of(code)
