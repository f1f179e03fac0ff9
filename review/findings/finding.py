"""Findings: the review queue, one finding with everything about it, and decisions on it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, func, insert, select

from models import catalogue
from models.catalogue import Catalogue
from models.requirement import Category
from review.acts.filtering import asked_for, in_scope
from review.errors import ERRORS, NotFound
from review.findings import question
from review.findings.deciding import check_code, decide
from review.findings.decision import Step, conflict, settle_act, visible, write
from review.findings.query import (
    SUPPRESSED_COLUMNS,
    conditions,
    joined,
    joined_suppressed,
    order_key,
    page_of,
    precedes,
    suppressed_row,
)
from review.findings.view import view_of
from review.people.permission import check, scope
from review.records import (
    FindingFilter,
    FindingRow,
    FindingView,
    Neighbours,
    Page,
    PageRequest,
    Person,
    SuppressedRow,
)
from review.rules.ruleset import standing
from review.state import FINDING_STATES, TRANSITIONS, allowed
from review.store import tables as t
from review.store.engine import Store
from review.store.folded import contains
from review.work import claim

_FIRST = PageRequest()


class Findings:
    """Every write passes the version it saw; ``Conflict`` RS-501 when somebody was faster."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def queue(
        self, person: Person, filter: FindingFilter, page: PageRequest = _FIRST
    ) -> Page[FindingRow]:
        """Return a page of the findings the person may see, in the order of the filter."""
        agencies = scope(person, "findings.queue")
        with self._store.read() as db:
            now = self._store.now()
            where = conditions(filter, agencies, self._store.today(), now)
            return page_of(db, where, page, filter.order)

    def neighbours(self, person: Person, filter: FindingFilter, finding_id: int) -> Neighbours:
        """Return what comes before and after in the filtered queue.

        Works for a finding that has just left the filter by being decided: its place is kept.
        """
        with self._store.read() as db:
            here = visible(db, person, finding_id, "findings.neighbours")
            agencies = scope(person, "findings.neighbours")
            where = conditions(filter, agencies, self._store.today(), self._store.now())
            key = order_key(filter.order)
            at = db.execute(select(*key).where(t.findings.c.id == here.id)).one()
            before = precedes(key, at)
            after = ~before & (t.findings.c.id != here.id)
            ids = select(t.findings.c.id).select_from(joined())
            previous = db.scalar(
                ids.where(*where, before).order_by(*(column.desc() for column in key)).limit(1)
            )
            following = db.scalar(ids.where(*where, after).order_by(*key).limit(1))
            total, earlier = db.execute(
                select(func.count(), func.count().filter(before))
                .select_from(joined())
                .where(*where)
            ).one()
        return Neighbours(previous, following, earlier + 1, total)

    def get(self, person: Person, finding_id: int) -> FindingView:
        """Return everything about one finding; raises ``NotFound``, ``Forbidden``."""
        with self._store.read() as db:
            row = visible(db, person, finding_id, "findings.get")
            return view_of(db, person, row)

    def confirm(self, person: Person, finding_id: int, version: int, note: str = "") -> FindingView:
        """Confirm that the provision is a problem: state xac_nhan."""
        return self._take(person, finding_id, version, Step("confirm", note=note))

    def reject(
        self, person: Person, finding_id: int, version: int, code: str, note: str = ""
    ) -> FindingView:
        """Set the suggestion aside with an N-code: state loai_bo; RS-502 for an unknown code."""
        check(person, "findings.reject")
        check_code(code)
        return self._take(person, finding_id, version, Step("reject", code=code, note=note))

    def ask(
        self, person: Person, finding_id: int, version: int, note: str, to: int | None = None
    ) -> FindingView:
        """Ask a colleague by name, or all of them: state can_hoi.

        Raises RS-506 without a question, RS-562 when ``to`` does not review for the agency.
        """
        if not note.strip():
            check(person, "findings.ask")
            raise ERRORS.error("RS-506")
        step = Step("ask", note=note, details={} if to is None else {"to": to})
        return self._take(person, finding_id, version, step, asked=to)

    def reopen(self, person: Person, finding_id: int, version: int, note: str = "") -> FindingView:
        """Take a decision back: state goi_y; what was decided stays in the history."""
        return self._take(person, finding_id, version, Step("reopen", note=note))

    def edit(
        self,
        person: Person,
        finding_id: int,
        version: int,
        category: str = "",
        quote: str = "",
        severity: int | None = None,
    ) -> FindingView:
        """Correct category, severity or span; the old ones stay in the history.

        Raises RS-503 (quote not in the provision), RS-504 (submitted), RS-505 (unknown category).
        """
        with self._store.write() as db:
            row = visible(db, person, finding_id, "findings.edit")
            claim.check_free(db, person, finding_id, self._store.now())
            text = _text_of(db, row.provision_id)
            category, quote = category or row.category, quote or row.quote
            severity = row.severity if severity is None else severity
            start = _find(text, quote, row.quote_start)
            _check_category(category, severity)
            after = {"category": category, "severity": severity, "quote": quote}
            before = {key: getattr(row, key) for key in after}
            place = row.place - row.quote_start + start
            span = {"quote_start": start, "quote_end": start + len(quote), "place": place}
            step = Step("edit", details={"old": before, "new": after}, values={**after, **span})
            if row.version != version:
                raise conflict(db, row, step)
            if not allowed("edit", row.state):
                raise ERRORS.error(
                    "RS-504", action="sửa phạm vi hoặc nhóm", state=FINDING_STATES[row.state]
                )
            write(db, person, row, step, row.state, self._store.now())
            return view_of(db, person, visible(db, person, finding_id, "findings.get"))

    def add_manual(
        self,
        person: Person,
        provision_id: int,
        category: str,
        quote: str,
        severity: int,
        note: str = "",
    ) -> FindingView:
        """Add a finding the machine missed, confirmed at once by who adds it.

        Raises RS-503 (quote not in the provision), RS-505 (unknown category or severity), RS-507
        (these words are a finding of this category already).
        """
        check(person, "findings.add_manual")
        with self._store.write() as db:
            place = db.execute(
                select(t.provisions, t.acts.c.id.label("act_id"), t.acts.c.agency)
                .join(t.acts, t.acts.c.version_id == t.provisions.c.version_id)
                .where(t.provisions.c.id == provision_id)
            ).one_or_none()
            if place is None:
                raise ERRORS.error("RS-601", NotFound, what="quy định", id=provision_id)
            check(person, "findings.add_manual", place.agency)
            _check_category(category, severity)
            start = _find(place.text, quote, 0)
            _check_new(db, provision_id, category, start)
            criteria = standing(db)
            known = criteria.categories[category]
            now = self._store.now()
            finding_id = db.execute(
                insert(t.findings).values(
                    act_id=place.act_id,
                    provision_id=provision_id,
                    place=place.start + start,
                    path=place.path,
                    label=place.label,
                    category=category,
                    severity=severity,
                    readiness=known.readiness,
                    quote=quote,
                    quote_start=start,
                    quote_end=start + len(quote),
                    bases=_bases_on(criteria, known, self._store.today()),
                    sources=list(known.sources),
                    handling=known.handling,
                    formula=known.formula,
                    badges=[],
                    trace=[],
                    ruleset=criteria.version,
                    origin="nguoi",
                    state="xac_nhan",
                    changed=False,
                    standing=True,
                    round=0,
                    version=1,
                    decided_by=person.id,
                    decided_at=now,
                    created_at=now,
                    written_by=person.id,
                )
            ).inserted_primary_key[0]
            db.execute(
                insert(t.decisions).values(
                    finding_id=finding_id,
                    action="add_manual",
                    from_state="",
                    to_state="xac_nhan",
                    code="",
                    note=note.strip(),
                    details={"category": category, "severity": severity, "quote": quote},
                    finding_version=1,
                    at=now,
                    written_by=person.id,
                )
            )
            settle_act(db, person, place.act_id)
            return view_of(db, person, visible(db, person, finding_id, "findings.get"))

    def suppressed(
        self, person: Person, filter: FindingFilter, page: PageRequest = _FIRST
    ) -> Page[SuppressedRow]:
        """Return «các kết quả đã loại»; ``filter.category`` may be an N-code."""
        where = [in_scope(scope(person, "findings.suppressed"))]
        where += asked_for(filter.campaign_id, filter.agency)
        if filter.act_id is not None:
            where.append(t.suppressed.c.act_id == filter.act_id)
        if filter.category.startswith("N"):
            where.append(t.suppressed.c.code == filter.category)
        elif filter.category:
            where.append(t.suppressed.c.category.startswith(filter.category, autoescape=True))
        if filter.text:
            where.append(contains(t.provisions.c.search, filter.text))
        with self._store.read() as db:
            total = db.scalar(select(func.count()).select_from(joined_suppressed()).where(*where))
            rows = db.execute(
                select(*SUPPRESSED_COLUMNS)
                .select_from(joined_suppressed())
                .where(*where)
                .order_by(t.suppressed.c.act_id, t.suppressed.c.place, t.suppressed.c.id)
                .limit(page.size)
                .offset(page.start)
            ).all()
        return Page([suppressed_row(row) for row in rows], total or 0, page.number, page.size)

    def look_alikes(self) -> list[tuple[str, str]]:
        """Return the N-codes with a sentence each, for the chips."""
        rows = catalogue.load().look_alikes.values()
        return sorted((row.id, row.name) for row in rows)

    def categories(self) -> list[tuple[str, str]]:
        """Return the category codes with their names, in the catalogue's order."""
        return [(row.id, row.name) for row in catalogue.load().categories.values()]

    def _take(
        self,
        person: Person,
        finding_id: int,
        version: int,
        step: Step,
        asked: int | None = None,
    ) -> FindingView:
        now = self._store.now()
        with self._store.write() as db:
            row = visible(db, person, finding_id, TRANSITIONS[step.action].permission)
            decide(db, person, row, version, step, now)
            if step.action == "ask":
                question.put(db, person, finding_id, row.agency, asked, step.note, now)
            return view_of(db, person, visible(db, person, finding_id, "findings.get"))


def _check_new(db: Connection, provision_id: int, category: str, start: int) -> None:
    same = (
        (t.findings.c.provision_id == provision_id)
        & (t.findings.c.category == category)
        & (t.findings.c.quote_start == start)
        & t.findings.c.standing
    )
    if db.execute(select(t.findings.c.id).where(same)).first():
        raise ERRORS.error("RS-507", category=category)


def _bases_on(criteria: Catalogue, category: Category, on: date) -> list[dict[str, str]]:
    rows = (criteria.bases.rows[name] for name in category.bases)
    return [asdict(row.ref()) for row in rows if row.valid_on(on)]


def _check_category(category: str, severity: int) -> None:
    if category not in catalogue.load().categories or not 1 <= severity <= 4:
        raise ERRORS.error("RS-505", category=category, severity=severity)


def _find(text: str, quote: str, near: int) -> int:
    """Return where the quote stands, at ``near`` if it does there; RS-503 when nowhere."""
    if quote and text.startswith(quote, near):
        return near
    at = text.find(quote) if quote.strip() else -1
    if at < 0:
        raise ERRORS.error("RS-503")
    return at


def _text_of(db: Connection, provision_id: int) -> str:
    return db.scalar(select(t.provisions.c.text).where(t.provisions.c.id == provision_id)) or ""
