"""Agencies as the review uses them: those of ``corpus.agency`` and the People's Committees.

A province goes by its code of ``provinces.yaml``: people of a Sở Tư pháp are members there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import func, select

from corpus.agency import agency_of, all_agencies, responsible_today, shipped
from corpus.province import MERGED_ON, all_provinces, by_code, province_of
from review.people.permission import check
from review.records import AgencyRow, Person
from review.store import tables as t
from review.store.engine import Store

# Acts of these bodies are reviewed by the ministry they are assigned to.
_CENTRAL = {"quoc_hoi", "chinh_phu"}
_LOCAL = "dia_phuong"
_REVIEWING = {"bo", "ngang_bo", "thuoc_chinh_phu", "tu_phap", "kiem_toan", _LOCAL}

PROVINCES: Final = tuple(province.code for province in all_provinces())


def name_of(code: str) -> str:
    """Return the name of an agency; the code itself where unknown."""
    agency = agency_of(code)
    if agency:
        return agency.name
    province = by_code(code)
    return province.committee if province else code


def exists(code: str, on: date | None = None) -> bool:
    """Whether the code is in the list of agencies, today or once; with ``on`` on that day."""
    if by_code(code):
        return on is None or on >= MERGED_ON
    return agency_of(code, on) is not None


def today_of(code: str, on: date) -> str:
    """Return the code of the agency that answers for ``code`` on the day ``on``."""
    return responsible_today(code, on).code if agency_of(code) else code


def provinces_among(codes: Collection[str]) -> list[str]:
    """Return the codes that are provinces, in the order of the list of provinces."""
    return [code for code in PROVINCES if code in codes]


def routed(number: str, issuer: str, on: date, title: str = "") -> tuple[str, str]:
    """Return (issuer code, code of the agency that reviews the act on the day ``on``).

    The number names the issuer, else its printed name does; the title tells the field, which may
    have gone to another ministry than the rest. Of a joint circular's ministries the first still
    answers for it; an act of a People's Committee or Council stays with its province. The second
    is "" for acts of Quốc hội, Chính phủ and Thủ tướng, which are assigned, and where no issuer is
    known.
    """
    agencies = shipped()
    issuers = agencies.issuers_from_number(number)
    named = agencies.find(issuer)
    first = issuers[0] if issuers else named
    if first is None:
        return "", ""
    if first.kind in _CENTRAL:
        return first.code, ""
    province = province_of(issuer) if first.kind == _LOCAL else None
    if province:
        return first.code, province.code
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
        rows = [
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
        return rows + [
            AgencyRow(
                province.code,
                province.committee,
                _LOCAL,
                MERGED_ON,
                None,
                province.code,
                people.get(province.code, 0),
                acts.get(province.code, 0),
            )
            for province in all_provinces()
            if on is None or on >= MERGED_ON
        ]

    def choices(self, person: Person, on: date) -> list[tuple[str, str]]:
        """Return code and name of the bodies that can review or draft on a day, for forms."""
        check(person, "agencies.choices")
        names = [
            (agency.code, agency.name) for agency in all_agencies(on) if agency.kind in _REVIEWING
        ]
        if on >= MERGED_ON:
            names += [(province.code, province.committee) for province in all_provinces()]
        return names

    def name(self, code: str) -> str:
        """Return the name of an agency, the code itself where unknown; a public fact."""
        return name_of(code)
