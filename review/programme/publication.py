"""Publishing procedures province by province; NĐ 104/2022 Đ15.1 binds ministers and provinces.

A ministry's own decision stands on the procedure itself; here is what each province decided. Every
province publishes every procedure, so its people see all of them and write only its own line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, Row, insert, select

from corpus.province import all_provinces, by_code
from review import agencies
from review.errors import ERRORS, NotFound
from review.people.permission import allows, check, scope
from review.programme.procedure import read, view
from review.records import Person
from review.records.procedure import ChecklistLine, Duty, ProvinceLine, PublicationInput
from review.store import tables as t
from review.store.engine import Store


class Publications:
    """Checklists of ministries and provinces."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, person: Person, procedure_id: int) -> list[ProvinceLine]:
        """Return what each of today's provinces decided on a procedure; raises RS-601, RS-411."""
        with self._store.read() as db:
            check(person, "publications.of", read(db, procedure_id).agency)
            found = newest(db, [procedure_id])
        return [
            _line(province.code, province.name, found.get((procedure_id, province.code)))
            for province in all_provinces()
        ]

    def record(self, person: Person, procedure_id: int, entered: PublicationInput) -> None:
        """Add what a province decided; earlier entries stay.

        The ministry of the procedure may, and the province itself. Raises RS-587 (unknown province,
        a day without a decision or in the future), RS-601, RS-411.
        """
        reason = ""
        if entered.province not in {province.code for province in all_provinces()}:
            reason = "không có tỉnh này"
        elif entered.published and not entered.decision.strip():
            reason = "ngày công bố cần số quyết định"
        elif entered.published and entered.published > self._store.today():
            reason = "ngày ở tương lai"
        if reason:
            raise ERRORS.error("RS-587", reason=reason)
        with self._store.write() as db:
            agency = read(db, procedure_id).agency
            if not allows(person, "publications.record", entered.province):
                check(person, "publications.record", agency)
            db.execute(
                insert(t.publications).values(
                    procedure_id=procedure_id,
                    province=entered.province,
                    decision=entered.decision.strip(),
                    published=entered.published,
                    uses_data=entered.uses_data,
                    at=self._store.now(),
                    written_by=person.id,
                )
            )

    def ministries(self, person: Person, campaign_id: int) -> list[ChecklistLine]:
        """Return, by ministry of the person's scope, how many procedures meet the duty."""
        seen = scope(person, "publications.ministries")
        with self._store.read() as db:
            rows = _procedures(db, campaign_id, seen)
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            found[row.agency].append(row)
        return [
            ChecklistLine(
                code,
                agencies.name_of(code),
                len(own),
                sum(bool(row.decision and row.published) for row in own),
                sum(bool(row.decision and row.published and row.uses_data) for row in own),
            )
            for code, own in sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        ]

    def duties(self, person: Person, campaign_id: int, province: str) -> list[Duty]:
        """Return all procedures with what a province decided; raises RS-601, RS-411."""
        place = by_code(province)
        if place is None:
            raise ERRORS.error("RS-601", NotFound, what="tỉnh, thành phố", id=province)
        check(person, "publications.duties", province)
        with self._store.read() as db:
            rows = _procedures(db, campaign_id, None)
            found = newest(db, [row.id for row in rows])
        return [
            Duty(view(row, 0), _line(province, place.name, found.get((row.id, province))))
            for row in rows
        ]

    def provinces(self, person: Person, campaign_id: int) -> list[ChecklistLine]:
        """Return, for each of today's provinces, how many procedures it has published.

        People of provinces only: these, over the procedures of every ministry.
        """
        seen = scope(person, "publications.provinces")
        own = own_provinces(person)
        with self._store.read() as db:
            ids = [row.id for row in _procedures(db, campaign_id, None if own else seen)]
            found = newest(db, ids)
        published, complete = Counter[str](), Counter[str]()
        for (_, province), row in found.items():
            published[province] += bool(row.decision and row.published)
            complete[province] += bool(row.decision and row.published and row.uses_data)
        return [
            ChecklistLine(one.code, one.name, len(ids), published[one.code], complete[one.code])
            for one in all_provinces()
            if not own or one.code in own
        ]


def own_provinces(person: Person) -> list[str]:
    """Return the provinces of somebody who works for provinces only; [] for everybody else."""
    codes = person.agencies()
    own = agencies.provinces_among(codes)
    return own if len(own) == len(codes) else []


def _procedures(db: Connection, campaign_id: int, seen: frozenset[str] | None) -> list[Row]:
    statement = select(t.procedures).where(t.procedures.c.campaign_id == campaign_id)
    if seen is not None:
        statement = statement.where(t.procedures.c.agency.in_(sorted(seen)))
    return list(db.execute(statement.order_by(t.procedures.c.agency, t.procedures.c.code)))


def newest(db: Connection, ids: Collection[int] | None = None) -> dict[tuple[int, str], Row]:
    """Return the newest entry by procedure and province, of these procedures or of all."""
    statement = (
        select(t.publications, t.people.c.name.label("person"))
        .join(t.people, t.people.c.id == t.publications.c.written_by)
        .order_by(t.publications.c.id)
    )
    if ids is not None:
        statement = statement.where(t.publications.c.procedure_id.in_(ids))
    return {(row.procedure_id, row.province): row for row in db.execute(statement)}


def _line(code: str, name: str, row: Row | None) -> ProvinceLine:
    if row is None:
        return ProvinceLine(name, PublicationInput(code, "", None, None), "", None)
    entered = PublicationInput(code, row.decision, row.published, row.uses_data)
    return ProvinceLine(name, entered, row.person, row.at)
