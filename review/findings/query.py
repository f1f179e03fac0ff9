"""The queries behind every list and figure of findings: one place, so that numbers agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    false,
    func,
    or_,
    select,
)

from models.records import Span, TraceStep
from review.acts.filtering import asked_for, in_scope
from review.records import FindingFilter, FindingRow, Page, PageRequest, SuppressedRow
from review.state import UNDECIDED
from review.store import tables as t
from review.store.folded import contains
from review.work.work_filter import answered_for, asked_of, assigned_to, claimed_by, silent

READ_FIRST = "nen_doc_truoc"

_LAST = 1_000_000_000  # place of what the reading order does not name

_decider = t.people.alias("decider")

ROW_COLUMNS = (
    t.findings,
    t.acts.c.number,
    t.acts.c.title.label("act_title"),
    t.acts.c.agency,
    t.acts.c.campaign_id,
    t.campaigns.c.cutoff_at,
    _decider.c.name.label("decided_by_name"),
)


def joined() -> FromClause:
    """Findings with their act, campaign, deadline of the agency, and who decided.

    Not their provisions: rows of long texts would be read for every finding counted.
    """
    return (
        t.findings.join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .join(t.campaigns, t.campaigns.c.id == t.acts.c.campaign_id)
        .outerjoin(
            t.campaign_agencies,
            (t.campaign_agencies.c.campaign_id == t.acts.c.campaign_id)
            & (t.campaign_agencies.c.agency == t.acts.c.agency),
        )
        .outerjoin(_decider, _decider.c.id == t.findings.c.decided_by)
    )


def deadline() -> ColumnElement[date]:
    """The agency's own deadline in the campaign, else the campaign's."""
    return func.coalesce(t.campaign_agencies.c.deadline, t.campaigns.c.deadline)


def is_late(today: date) -> ColumnElement[bool]:
    """Undecided although the deadline has passed."""
    return t.findings.c.state.in_(UNDECIDED) & (deadline() < today)


def after_cutoff() -> ColumnElement[bool]:
    """Found or decided «sau thời điểm báo cáo»: after the campaign's cut-off of figures."""
    since = t.campaigns.c.cutoff_at
    return (t.findings.c.created_at >= since) | (t.findings.c.decided_at >= since)


def conditions(
    wanted: FindingFilter,
    agencies: frozenset[str] | None,
    today: date,
    now: datetime | None = None,
) -> list[ColumnElement[bool]]:
    """Return the WHERE conditions of a filter within the person's scope.

    ``now`` matters only to ``claimed_by``: claims that are over do not count then.
    """
    found = [t.findings.c.standing, in_scope(agencies)]
    found += asked_for(wanted.campaign_id, wanted.agency)
    if wanted.act_id is not None:
        found.append(t.findings.c.act_id == wanted.act_id)
    if len(wanted.category) == 1:
        found.append(t.findings.c.category.startswith(wanted.category, autoescape=True))
    elif wanted.category:
        found.append(t.findings.c.category == wanted.category)
    if wanted.severity is not None:
        found.append(t.findings.c.severity == wanted.severity)
    if wanted.states:
        found.append(t.findings.c.state.in_(wanted.states))
    if wanted.origin:
        found.append(t.findings.c.origin == wanted.origin)
    if wanted.handling:
        found.append(t.findings.c.handling == wanted.handling)
    if wanted.late:
        found.append(is_late(today))
    if wanted.decided_by is not None:
        found.append(t.findings.c.decided_by == wanted.decided_by)
    if wanted.changed is not None:
        found.append(t.findings.c.changed == wanted.changed)
    if wanted.after_cutoff is not None:
        after = func.coalesce(after_cutoff(), false())
        found.append(after if wanted.after_cutoff else ~after)
    if wanted.assigned_to is not None:
        found.append(assigned_to(wanted.assigned_to))
    if wanted.claimed_by is not None:
        found.append(claimed_by(wanted.claimed_by, now))
    if wanted.asked_of is not None:
        found.append(asked_of(wanted.asked_of))
    if wanted.answered_for is not None:
        found.append(answered_for(wanted.answered_for))
    if wanted.silent:
        found.append(silent(wanted.silent))
    if wanted.text:
        in_words = (
            select(t.provisions.c.id)
            .where(
                t.provisions.c.id == t.findings.c.provision_id,
                contains(t.provisions.c.search, wanted.text),
            )
            .exists()
        )
        found.append(or_(in_words, contains(t.acts.c.search, wanted.text)))
    if wanted.wording:
        found.append(
            select(t.provisions.c.id)
            .where(
                t.provisions.c.id == t.findings.c.provision_id,
                t.provisions.c.text_key == wanted.wording,
            )
            .exists()
        )
    return found


def order_key(order: str = "") -> tuple[ColumnElement[int], ...]:
    """Return what findings are ordered by: act and place, or first the place in the reading order.

    What has no place in the reading order (decided, or added since) comes after what has one, the
    gravest first.
    """
    by_act = (t.findings.c.act_id, t.findings.c.place, t.findings.c.id)
    if order != READ_FIRST:
        return by_act
    place = (
        select(t.reading_order.c.place)
        .where(t.reading_order.c.finding_id == t.findings.c.id)
        .scalar_subquery()
    )
    gravest = (-t.findings.c.severity, -t.findings.c.readiness)
    return (func.coalesce(place, _LAST), *gravest, *by_act)


def precedes(key: Sequence[ColumnElement[int]], at: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that a row's ``key`` comes before ``at``."""
    *outer, last = zip(key, at, strict=True)
    found = last[0] < last[1]
    for column, value in reversed(outer):
        found = (column < value) | ((column == value) & found)
    return found


def ordered(statement: Select, order: str = "") -> Select:
    """By act, then place in the act: the order in which a lawyer reads; or as ``order`` says."""
    return statement.order_by(*order_key(order))


def page_of(
    db: Connection, where: list[ColumnElement[bool]], page: PageRequest, order: str = ""
) -> Page[FindingRow]:
    """Return one page of findings with two queries."""
    total = db.scalar(select(func.count()).select_from(joined()).where(*where)) or 0
    rows = db.execute(
        ordered(select(*ROW_COLUMNS).select_from(joined()).where(*where), order)
        .limit(page.size)
        .offset(page.start)
    ).all()
    return Page([finding_row(row) for row in rows], total, page.number, page.size)


def listed(
    db: Connection, *where: ColumnElement[bool], most: int | None = None
) -> list[FindingRow]:
    """Return the findings that fulfil all conditions, in reading order, ``most`` at the most."""
    statement = ordered(select(*ROW_COLUMNS).select_from(joined()).where(*where)).limit(most)
    return [finding_row(row) for row in db.execute(statement)]


def finding_row(row: Row) -> FindingRow:
    """Turn a row of ``ROW_COLUMNS`` into the record."""
    return FindingRow(
        id=row.id,
        act_id=row.act_id,
        number=row.number,
        act_title=row.act_title,
        agency=row.agency,
        provision_id=row.provision_id,
        path=row.path,
        label=row.label,
        category=row.category,
        severity=row.severity,
        readiness=row.readiness,
        state=row.state,
        origin=row.origin,
        quote=row.quote,
        quote_start=row.quote_start,
        quote_end=row.quote_end,
        badges=tuple(row.badges),
        handling=row.handling,
        changed=row.changed,
        decided_by=row.decided_by_name or "",
        decided_at=row.decided_at,
        version=row.version,
        after_cutoff=_after(row),
    )


def _after(row: Row) -> str:
    if row.cutoff_at is None:
        return ""
    if row.created_at >= row.cutoff_at:
        return "nap"
    return "quyet_dinh" if row.decided_at and row.decided_at >= row.cutoff_at else ""


def trace_of(stored: list[Mapping[str, object]]) -> tuple[TraceStep, ...]:
    """Read a trace back from its JSON form."""
    steps = []
    for step in stored:
        span = step["span"]
        steps.append(
            TraceStep(str(step["step"]), str(step["outcome"]), Span(*span) if span else None)
        )
    return tuple(steps)


def trace_json(trace: list[TraceStep]) -> list[dict[str, object]]:
    """Return the JSON form of a trace."""
    return [
        {
            "step": step.step,
            "outcome": step.outcome,
            "span": [step.span.start, step.span.end] if step.span else None,
        }
        for step in trace
    ]


SUPPRESSED_COLUMNS = (
    t.suppressed,
    t.acts.c.number,
    t.acts.c.agency,
    t.provisions.c.text,
)


def joined_suppressed() -> FromClause:
    """What was set aside, of the current version of each act."""
    return t.suppressed.join(
        t.acts,
        (t.acts.c.id == t.suppressed.c.act_id) & (t.acts.c.version_id == t.suppressed.c.version_id),
    ).join(t.provisions, t.provisions.c.id == t.suppressed.c.provision_id)


def suppressed_row(row: Row) -> SuppressedRow:
    """Turn a row of ``SUPPRESSED_COLUMNS`` into the record."""
    return SuppressedRow(
        id=row.id,
        act_id=row.act_id,
        number=row.number,
        agency=row.agency,
        provision_id=row.provision_id,
        path=row.path,
        label=row.label,
        text=row.text,
        category=row.category,
        quote=row.quote,
        quote_start=row.quote_start,
        quote_end=row.quote_end,
        code=row.code,
        reason=row.reason,
        trace=trace_of(row.trace),
    )
