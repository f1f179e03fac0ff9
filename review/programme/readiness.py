"""Electronic sources over time: how far each is, what it frees, and what would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, Row, insert, select

from models import catalogue
from models.source import PUBLISHED, Source
from review.errors import ERRORS, NotFound
from review.findings.query import conditions, joined, ordered
from review.people.permission import check, scope
from review.records import FindingFilter, Page, PageRequest, Person
from review.records.follow_up import (
    Freed,
    Shift,
    SourceFigureInput,
    SourceFigureView,
    SourceLink,
    SourceStanding,
    WhatIf,
)
from review.rules.ruleset import standing
from review.store import tables as t
from review.store.engine import Store

_PAPER_GROUPS = frozenset("ABCDE")  # a database replaces papers; forms and media (F) need none
_SETTLED = "da_xu_ly"
# DOMAIN 2.1: handling follows severity and readiness.
_DROP, _DATA_FIRST, _KEEP = (
    "Bỏ giấy tờ",
    "Khai thác dữ liệu trước, giấy tờ dự phòng",
    "Chưa thay được giấy tờ",
)


class Readiness:
    """Readiness D0–D3 of the catalogue's sources, with the figures that people record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def sources(self, person: Person) -> list[SourceStanding]:
        """Return every source with its readiness today: the newest recorded, else the shipped."""
        check(person, "readiness.sources")
        with self._store.read() as db:
            return list(self._standings(db).values())

    def history(self, person: Person, source: str) -> list[SourceFigureView]:
        """Return the recorded figures of a source by day; raises RS-601."""
        check(person, "readiness.history")
        _known(source)
        with self._store.read() as db:
            rows = db.execute(
                select(t.source_figures, t.people.c.name.label("person"))
                .join(t.people, t.people.c.id == t.source_figures.c.written_by)
                .where(t.source_figures.c.source == source)
                .order_by(t.source_figures.c.on, t.source_figures.c.id)
            )
            return [SourceFigureView(_figure(row), row.person, row.at) for row in rows]

    def record(self, person: Person, entered: SourceFigureInput) -> None:
        """Add a figure; raises RS-601 (no such source), RS-587 (incomplete, or in the future)."""
        check(person, "readiness.record")
        _known(entered.source)
        reason = ""
        if not entered.name.strip() or not entered.document.strip():
            reason = "thiếu tên số liệu hoặc văn bản nêu số liệu"
        elif entered.value is None and entered.readiness is None:
            reason = "thiếu giá trị hoặc mức sẵn sàng"
        elif entered.readiness is not None and entered.readiness not in range(PUBLISHED + 1):
            reason = "mức sẵn sàng phải từ D0 đến D3"
        elif entered.on > self._store.today():
            reason = "ngày ở tương lai"
        if reason:
            raise ERRORS.error("RS-587", reason=reason)
        with self._store.write() as db:
            db.execute(
                insert(t.source_figures).values(
                    source=entered.source,
                    on=entered.on,
                    readiness=entered.readiness,
                    name=entered.name.strip(),
                    value=entered.value,
                    unit=entered.unit.strip(),
                    document=entered.document.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )

    def freed(self, person: Person, campaign_id: int) -> list[Freed]:
        """Return for each source the provisions whose paper it replaces, most first."""
        with self._store.read() as db:
            rows = self._findings(db, person, campaign_id, "readiness.freed")
            standings = self._standings(db)
        found = []
        for source in standings.values():
            own = [row for row in rows if source.id in row.sources]
            if own:
                found.append(
                    Freed(
                        source.id,
                        source.name,
                        source.readiness,
                        len(own),
                        dict(sorted(Counter(row.category for row in own).items())),
                        sum(row.state == _SETTLED for row in own),
                    )
                )
        return sorted(found, key=lambda one: (-one.findings, one.source))

    def what_if(self, person: Person, campaign_id: int, source: str, readiness: int) -> WhatIf:
        """Return what changes when ``source`` is as ready as ``readiness``; raises RS-601.

        A provision is as ready as the best of its sources. With D3 a paper whose severity was only
        «cần xem xét» is «không còn phù hợp, phải sửa» (DOMAIN 2.1), and may be dropped.
        """
        _known(source)
        with self._store.read() as db:
            rows = self._findings(db, person, campaign_id, "readiness.what_if")
            standings = self._standings(db)
        return _what_if(rows, standings, source, readiness)

    def if_published(self, person: Person, campaign_id: int) -> list[WhatIf]:
        """Return for each source that is not published what changes once it is, most first."""
        with self._store.read() as db:
            rows = self._findings(db, person, campaign_id, "readiness.if_published")
            standings = self._standings(db)
        found = [
            _what_if(rows, standings, source, PUBLISHED)
            for source, standing in standings.items()
            if standing.readiness < PUBLISHED
        ]
        wanted = [one for one in found if one.findings]
        return sorted(wanted, key=lambda one: (-sum(one.severity.values()), -one.readier))

    def provisions(
        self,
        person: Person,
        campaign_id: int,
        source: str,
        page: PageRequest = PageRequest(),  # noqa: B008  (frozen)
    ) -> Page[SourceLink]:
        """Return the provisions whose paper a source replaces, in reading order; raises RS-601."""
        _known(source)
        with self._store.read() as db:
            rows = self._findings(db, person, campaign_id, "readiness.provisions")
            standings = self._standings(db)
        now = {code: one.readiness for code, one in standings.items()}
        own = [row for row in rows if source in row.sources]
        shown = own[page.start : page.end]
        return Page([_link(row, source, now) for row in shown], len(own), page.number, page.size)

    def _standings(self, db: Connection) -> dict[str, SourceStanding]:
        recorded = _recorded(db, self._store.today())
        known = standing(db).sources.rows
        return {one.id: _standing(one, recorded) for one in known.values()}

    def _findings(self, db: Connection, person: Person, campaign_id: int, action: str) -> list[Row]:
        """Return all that demands a paper and is not set aside, in reading order."""
        seen = scope(person, action)
        where = conditions(FindingFilter(campaign_id=campaign_id), seen, self._store.today())
        found = t.findings.c
        rows = db.execute(
            ordered(
                select(
                    found.id, found.act_id, found.path, found.label, found.category,
                    found.severity, found.state, found.sources, found.quote,
                    t.acts.c.number, t.acts.c.agency,
                )
                .select_from(joined())
                .where(*where, found.state != "loai_bo")
            )
        )  # fmt: skip
        return [row for row in rows if row.category[:1] in _PAPER_GROUPS]


def _what_if(
    rows: list[Row], standings: Mapping[str, SourceStanding], source: str, readiness: int
) -> WhatIf:
    now = {code: one.readiness for code, one in standings.items()}
    then = {**now, source: readiness}
    own = [row for row in rows if source in row.sources]
    shifts, readier = [], 0
    for row in own:
        before, after = _best(row.sources, now), _best(row.sources, then)
        readier += after > before
        # A demand that is M2 for another reason stays so where its data were there before.
        raised = severity_with(row.category, row.severity, after)
        severity = (row.severity, raised if after > before else row.severity)
        handling = (handling_with(before), handling_with(after))
        if severity[0] != severity[1] or handling[0] != handling[1]:
            shifts.append(Shift(_link(row, source, now), severity, handling))
    severities = Counter(one.severity for one in shifts if one.severity[0] != one.severity[1])
    handlings = Counter(one.handling for one in shifts if one.handling[0] != one.handling[1])
    return WhatIf(
        source,
        standings[source].name,
        now[source],
        readiness,
        len(own),
        readier,
        dict(sorted(severities.items(), reverse=True)),
        dict(handlings),
        tuple(shifts),
    )


def _link(row: Row, source: str, readiness: Mapping[str, int]) -> SourceLink:
    return SourceLink(
        row.id,
        row.act_id,
        row.path,
        row.number,
        row.label,
        row.agency,
        row.category,
        row.severity,
        row.state,
        row.quote,
        tuple(one for one in row.sources if one != source),
        _best(row.sources, readiness),
    )


def severity_with(category: str, severity: int, readiness: int) -> int:
    """Return the severity of a paper when the best of its sources has this readiness."""
    raised = category[:1] in _PAPER_GROUPS and severity == 2 and readiness == PUBLISHED
    return 3 if raised else severity


def handling_with(readiness: int) -> str:
    """Return how a paper gives way to data of this readiness (DOMAIN 2.1)."""
    if readiness == PUBLISHED:
        return _DROP
    return _DATA_FIRST if readiness > 0 else _KEEP


def _best(sources: list[str], readiness: Mapping[str, int]) -> int:
    return max((readiness[one] for one in sources if one in readiness), default=0)


def _catalogue() -> Mapping[str, Source]:
    return catalogue.load().sources.rows


def _known(source: str) -> Source:
    if source not in _catalogue():
        raise ERRORS.error("RS-601", NotFound, what="nguồn điện tử", id=source)
    return _catalogue()[source]


def _recorded(db: Connection, today: date) -> Mapping[str, Row]:
    """Return the newest row that says a readiness, by source."""
    rows = db.execute(
        select(t.source_figures)
        .where(t.source_figures.c.readiness.is_not(None), t.source_figures.c.on <= today)
        .order_by(t.source_figures.c.on, t.source_figures.c.id)
    )
    return {row.source: row for row in rows}


def _standing(source: Source, recorded: Mapping[str, Row]) -> SourceStanding:
    row = recorded.get(source.id)
    return SourceStanding(
        source.id,
        source.name,
        source.owner,
        source.papers,
        source.scope,
        row.readiness if row else source.readiness,
        row.on if row else None,
        "chưa đối chiếu" if row else source.confidence,
    )


def _figure(row: Row) -> SourceFigureInput:
    return SourceFigureInput(
        row.source, row.on, row.name, row.value, row.unit, row.document, row.readiness
    )
