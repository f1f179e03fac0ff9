"""Opened opinions side by side: the matrix of members and provisions, and how far they agree."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Row, select

from models import catalogue
from review import agencies
from review.campaigns.campaign import read_campaign
from review.findings.query import ROW_COLUMNS, conditions, finding_row, joined, ordered
from review.opinions.agreement import measure
from review.opinions.ballot import COUNTED, VERDICTS, Ballot, ballots, heading
from review.people.permission import scope
from review.records import (
    AgreementGroup,
    FindingFilter,
    MatrixRow,
    Page,
    PageRequest,
    Person,
)
from review.store import tables as t
from review.store.engine import Store

_FIRST = PageRequest()
GROUPINGS = {"agency": "Bộ, cơ quan", "category": "Nhóm quy định", "sector": "Nhóm họp"}


class Comparison:
    """Only opened rounds are read here; a closed one adds to no figure and no row."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def matrix(
        self,
        person: Person,
        filter: FindingFilter,
        divided: bool = False,
        page: PageRequest = _FIRST,
    ) -> Page[MatrixRow]:
        """Return the standing verdicts by member; ``divided``: only where they differ."""
        with self._store.read() as db:
            opened = self._opened(db, person, "comparison.matrix", filter)
        rows = [
            MatrixRow(
                finding_row(row),
                {member: given.verdict for member, given in ballot.last.items()},
                {member: heading(member, given.name) for member, given in ballot.last.items()},
                ballot.divided,
                ballot.number,
            )
            for row, ballot in opened
            if ballot.divided or not divided
        ]
        size, number = max(1, page.size), max(1, page.number)
        start = (number - 1) * size
        return Page(rows[start : start + size], len(rows), number, size)

    def agreement(self, person: Person, campaign_id: int, by: str = "") -> list[AgreementGroup]:
        """Return the figures of the campaign and, ``by`` a key of ``GROUPINGS``, of each group.

        They count what was said blind, before the round opened. Raises RS-601, RS-410.
        """
        with self._store.read() as db:
            campaign = read_campaign(db, campaign_id)
            wanted = FindingFilter(campaign_id=campaign_id)
            opened = self._opened(db, person, "comparison.agreement", wanted)
        sectors = {part.code: part.sector_group for part in campaign.agencies}
        key: dict[str, Callable[[Row], str]] = {
            "agency": lambda row: row.agency,
            "category": lambda row: row.category,
            "sector": lambda row: sectors.get(row.agency, ""),
        }
        groups: dict[str, list[Ballot]] = {}
        if by in key:
            for row, ballot in opened:
                groups.setdefault(key[by](row), []).append(ballot)
        whole = _group("", campaign.name, [ballot for _, ballot in opened])
        return [whole] + [
            _group(code, _name(by, code), groups[code]) for code in sorted(groups) if code
        ]

    def _opened(
        self, db: Connection, person: Person, action: str, filter: FindingFilter
    ) -> list[tuple[Row, Ballot]]:
        """Return each finding with its newest opened round."""
        where = conditions(filter, scope(person, action), self._store.today())
        where.append(t.findings.c.round > 0)
        rows = db.execute(ordered(select(*ROW_COLUMNS).select_from(joined()).where(*where))).all()
        given = ballots(db, [row.id for row in rows])
        found = []
        for row in rows:
            opened = [ballot for ballot in given.get(row.id, []) if ballot.opened]
            if opened:
                found.append((row, opened[-1]))
        return found


def _group(code: str, name: str, opened: list[Ballot]) -> AgreementGroup:
    ratings = [{member: row.verdict for member, row in one.blind.items()} for one in opened]
    return AgreementGroup(code, name, measure(ratings, COUNTED, tuple(VERDICTS)))


def _name(by: str, code: str) -> str:
    if by == "agency":
        return agencies.name_of(code)
    if by == "category":
        known = catalogue.load().categories.get(code)
        return f"{code} · {known.name}" if known else code
    return code
