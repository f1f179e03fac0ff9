"""What stands again when an overriding rule lapses and acts were not amended in time.

While a rule overrides (NĐ 104/2022 Đ15.3, NQ 66.7 Đ10.4) the printed demand gives way. With the
rule's last day the demand stands again wherever no issued text has dropped it, unless another rule
that goes on overrides it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from models import catalogue
from models.override import Override
from review import agencies
from review.errors import ERRORS, NotFound
from review.findings.query import conditions, joined, page_of
from review.people.permission import scope
from review.programme import risk
from review.programme.project_view import project_rows
from review.records import FindingFilter, FindingRow, Page, PageRequest, Person
from review.records.programme import Expiry, ProjectRow, Returning, ReturningFilter
from review.store import tables as t
from review.store.engine import Store

_SETTLED, _SET_ASIDE = "da_xu_ly", "loai_bo"


class Lapses:
    """The what-if «nếu không sửa kịp», over the findings that a person may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self, person: Person, campaign_id: int) -> list[Expiry]:
        """Return the overriding rules that end, each with what it leaves behind."""
        seen = scope(person, "lapses.rules")
        today = self._store.today()
        with self._store.read() as db:
            rows = db.execute(
                select(t.findings.c.category, t.findings.c.state, t.acts.c.agency, func.count())
                .select_from(joined())
                .where(
                    *conditions(FindingFilter(campaign_id=campaign_id), seen, today),
                    t.findings.c.state != _SET_ASIDE,
                )
                .group_by(t.findings.c.category, t.findings.c.state, t.acts.c.agency)
            ).all()
        found, names = [], catalogue.load().categories
        for rule in _ending(today):
            covered = [row for row in rows if row.category in rule.categories]
            kept = _kept(rule)
            still = [row for row in covered if row.state != _SETTLED]
            back = [row for row in still if row.category not in kept]
            by_agency, by_category = Counter[str](), Counter[str]()
            for row in back:
                by_agency[row.agency] += row.count
                by_category[row.category] += row.count
            found.append(
                Expiry(
                    rule.id,
                    rule.short_name,
                    rule.until or rule.amend_by,
                    rule.amend_by,
                    sum(row.count for row in covered),
                    sum(row.count for row in still),
                    by_agency.total(),
                    tuple(other.short_name for other in _beyond(rule)) if kept else (),
                    [
                        (code, agencies.name_of(code) if code else "Chưa phân công", count)
                        for code, count in by_agency.most_common()
                    ],
                    [
                        (code, names[code].name, count)
                        for code, count in sorted(by_category.items())
                    ],
                    rule.confidence,
                )
            )
        return found

    def provisions(
        self, person: Person, wanted: ReturningFilter, page: PageRequest
    ) -> Page[Returning]:
        """Return exactly the provisions whose demand stands again; raises RS-601 (no such rule)."""
        seen = scope(person, "lapses.provisions")
        today = self._store.today()
        rule = next((one for one in _ending(today) if one.id == wanted.rule), None)
        if rule is None:
            raise ERRORS.error("RS-601", NotFound, what="quy định thay thế áp dụng", id=wanted.rule)
        categories = set(rule.categories) - _kept(rule)
        if wanted.category:
            categories &= {wanted.category}
        base: list[ColumnElement[bool]] = [
            *conditions(
                FindingFilter(campaign_id=wanted.campaign_id, agency=wanted.agency), seen, today
            ),
            t.findings.c.state.not_in([_SET_ASIDE, _SETTLED]),
            t.findings.c.category.in_(sorted(categories)),
        ]
        with self._store.read() as db:
            found = page_of(db, base, page)
            project_of = _projects_of(db, wanted.campaign_id, found.items)
            wanted_ids = sorted(set(project_of.values()))
            statement = select(t.projects).where(t.projects.c.id.in_(wanted_ids))
            projects = {
                one.id: one for one in project_rows(db, person, db.execute(statement), today)
            }
        items = [
            _returning(row, projects.get(project_of.get(row.id, 0)), rule, today)
            for row in found.items
        ]
        return Page(items, found.total, found.number, found.size)


def _projects_of(db: Connection, campaign_id: int, rows: Sequence[FindingRow]) -> Mapping[int, int]:
    """Return the project that carries each finding, else the one that amends its act."""
    by_number = dict(
        db.execute(
            select(t.instruments.c.number, t.instruments.c.project_id).where(
                t.instruments.c.campaign_id == campaign_id,
                t.instruments.c.number.in_({row.number for row in rows}),
                t.instruments.c.project_id.is_not(None),
            )
        )
        .tuples()
        .all()
    )
    carried = dict(
        db.execute(
            select(t.project_findings.c.finding_id, t.project_findings.c.project_id).where(
                t.project_findings.c.finding_id.in_([row.id for row in rows])
            )
        )
        .tuples()
        .all()
    )
    return {row.id: by_number[row.number] for row in rows if row.number in by_number} | carried


def _returning(
    row: FindingRow, project: ProjectRow | None, rule: Override, today: date
) -> Returning:
    if project is None:
        return Returning(row, None, "", "")
    assessed = risk.assess(project.steps, project.due or rule.amend_by, today)
    return Returning(row, project.id, project.input.title, assessed.code)


def _ending(today: date) -> list[Override]:
    """Return the rules in force that have a last day."""
    rules = catalogue.load().overrides.rows.values()
    return [rule for rule in rules if rule.until is not None and rule.applies(today)]


def _beyond(rule: Override) -> Iterable[Override]:
    """Yield the other rules that override some of the same categories the day after."""
    if rule.until is None:
        return
    after = rule.until + timedelta(days=1)
    for other in catalogue.load().overrides.rows.values():
        if (
            other.id != rule.id
            and other.applies(after)
            and {*other.categories} & {*rule.categories}
        ):
            yield other


def _kept(rule: Override) -> frozenset[str]:
    """Return the categories that stay overridden when ``rule`` has ended."""
    return frozenset(code for other in _beyond(rule) for code in other.categories)
