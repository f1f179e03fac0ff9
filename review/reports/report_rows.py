"""Rows of a report, read from the store in a handful of queries whatever their number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, select

from models.catalogue import Catalogue
from review.acts.effect_store import names_on
from review.agencies import name_of
from review.clock import VIET_NAM
from review.proposals.proposal import HANDLINGS
from review.reading.sampling_query import elusion_of
from review.reports import boards, units
from review.reports.records import (
    ActLine,
    BasisLine,
    BoardLine,
    CampaignHead,
    FindingLine,
    ProposalLine,
    SampledLine,
)
from review.state import FINDING_STATES, RECOGNISED, SUBMITTED, UNDECIDED
from review.store import tables as t

_UNCHECKED = "chưa đối chiếu"
_SENT = ("da_nop", "da_tiep_nhan", "da_tong_hop")
_VISIBLE_TO_TASK_FORCE = ("da_trinh", "tra_lai")


class _Reviewer(NamedTuple):
    name: str
    unit: str
    at: datetime | None


_NOBODY = _Reviewer("", "", None)


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read: acts by agency and number, findings by act and place."""

    acts: tuple[ActLine, ...]
    findings: tuple[FindingLine, ...]
    boards: tuple[BoardLine, ...]
    set_aside: int
    rulesets: tuple[str, ...]


def read(
    db: Connection,
    catalogue: Catalogue,
    campaign: CampaignHead,
    agency: str,
    *,
    drafts: bool,
    act_id: int = 0,
) -> Rows:
    """Read the rows of ``agency`` ("" = all); ``drafts``: proposals not yet submitted too."""
    where = [t.acts.c.campaign_id == campaign.id]
    if agency:
        where.append(t.acts.c.agency == agency)
    if act_id:
        where.append(t.acts.c.id == act_id)
    states = _states(db, where)
    acts = _acts(db, where, states, names_on(db, campaign.id, campaign.as_of))
    proposals = _proposals(db, where, drafts=drafts)
    found = _finding_rows(db, where)
    order = {act.act_id: place for place, act in enumerate(acts)}
    lines = tuple(
        _finding(row, catalogue, campaign, proposals.get(row.id))
        for row in sorted(found, key=lambda row: (order[row.act_id], row.place, row.id))
    )
    return Rows(
        acts=acts,
        findings=lines,
        boards=boards.read(db, where, lines, {row.id: row.state for row in found}),
        set_aside=sum(states[act.act_id]["loai_bo"] for act in acts),
        rulesets=tuple(sorted({row.ruleset for row in found})),
    )


def _states(db: Connection, where: Sequence[ColumnElement[bool]]) -> dict[int, Counter[str]]:
    """Return how many standing findings of each act are in each state."""
    counted: dict[int, Counter[str]] = {}
    rows = db.execute(
        select(t.findings.c.act_id, t.findings.c.state)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(*where, t.findings.c.standing)
    )
    for row in rows:
        counted.setdefault(row.act_id, Counter())[row.state] += 1
    return _Counters(counted)


class _Counters(dict[int, Counter[str]]):
    def __missing__(self, key: int) -> Counter[str]:
        return Counter()


def _acts(
    db: Connection,
    where: Sequence[ColumnElement[bool]],
    states: Mapping[int, Counter[str]],
    effect: Mapping[int, str],
) -> tuple[ActLine, ...]:
    people = _last_reviewers(db, where)
    working = units.read(db, where)
    part = t.campaign_agencies.c
    rows = db.execute(
        select(t.acts, t.act_versions.c.source.label("file"), part.sector_group)
        .outerjoin(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
        .outerjoin(
            t.campaign_agencies,
            and_(part.campaign_id == t.acts.c.campaign_id, part.agency == t.acts.c.agency),
        )
        .where(*where)
        .order_by(t.acts.c.agency, t.acts.c.type, t.acts.c.issued, t.acts.c.number, t.acts.c.id)
    ).all()
    return tuple(
        _act(row, people.get(row.id, _NOBODY), states[row.id], effect.get(row.id, ""), working)
        for row in rows
    )


def _act(
    row: Row, last: _Reviewer, states: Counter[str], effect: str, working: units.Units
) -> ActLine:
    reviewed = row.state == "da_ra_soat"
    reviewer, unit, at = last if reviewed else _NOBODY
    return ActLine(
        act_id=row.id,
        agency_code=row.agency,
        type=row.type,
        number=row.number,
        title=row.title,
        issuer=row.issuer,
        issuer_code=row.issuer_code,
        issued=row.issued,
        effective=row.effective,
        validity=effect,
        field=row.sector_group or "",
        unit=working.of(row.id, row.agency, unit),
        origin=PurePath(row.file or "").name,
        reviewed=reviewed,
        reviewer=reviewer,
        reviewed_on=at.astimezone(VIET_NAM).date() if at else None,
        undecided=sum(states[state] for state in UNDECIDED),
    )


def _last_reviewers(db: Connection, where: Sequence[ColumnElement[bool]]) -> dict[int, _Reviewer]:
    """Return, for each act, who signed it off or decided on it last, and when."""
    decided = (
        select(t.acts.c.id, t.people.c.name, t.people.c.unit, t.decisions.c.at)
        .select_from(t.decisions)
        .join(t.findings, t.findings.c.id == t.decisions.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .join(t.people, t.people.c.id == t.decisions.c.written_by)
        .where(*where, t.decisions.c.action.in_(("confirm", "reject", "add_manual")))
    )
    signed = (
        select(t.acts.c.id, t.people.c.name, t.people.c.unit, t.sign_offs.c.at)
        .select_from(t.sign_offs)
        .join(t.acts, t.acts.c.id == t.sign_offs.c.act_id)
        .join(t.people, t.people.c.id == t.sign_offs.c.written_by)
        .where(*where, t.sign_offs.c.version_id == t.acts.c.version_id)
    )
    rows = [*db.execute(decided).all(), *db.execute(signed).all()]
    return {
        row.id: _Reviewer(row.name, row.unit, row.at)
        for row in sorted(rows, key=lambda row: row.at)
    }


def _finding_rows(db: Connection, where: Sequence[ColumnElement[bool]]) -> Sequence[Row]:
    return db.execute(
        select(
            t.findings,
            t.acts.c.agency,
            t.provisions.c.text.label("text"),
            t.people.c.name.label("decider"),
            _children(),
        )
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .join(t.provisions, t.provisions.c.id == t.findings.c.provision_id)
        .outerjoin(t.people, t.people.c.id == t.findings.c.decided_by)
        .where(*where, t.findings.c.standing, t.findings.c.state.in_(RECOGNISED))
    ).all()


def _children() -> ColumnElement[bool]:
    """Whether numbered units stand below the finding's provision (paragraphs are its own words)."""
    below = t.provisions.alias("below")
    return exists(
        select(below.c.id).where(
            below.c.version_id == t.provisions.c.version_id,
            below.c.parent == t.provisions.c.position,
            below.c.level != "doan",
        )
    ).label("has_children")


def _finding(
    row: Row, catalogue: Catalogue, campaign: CampaignHead, proposal: ProposalLine | None
) -> FindingLine:
    category = catalogue.categories.get(row.category)
    name = category.name if category else row.category
    created = row.created_at.astimezone(VIET_NAM).date()
    return FindingLine(
        finding_id=row.id,
        version=row.version,
        act_id=row.act_id,
        agency_code=row.agency,
        path=row.path,
        label=row.label,
        quote=row.quote,
        text=row.text,
        category=row.category,
        category_name=name,
        severity=row.severity,
        readiness=row.readiness,
        state=FINDING_STATES[row.state],
        problem=name,
        bases=tuple(_basis(entry, catalogue) for entry in row.bases),
        sources=tuple(row.sources),
        proposal=proposal,
        confirmed_by=row.decider or "",
        note="Quy định đã thay đổi sau khi quyết định" if row.changed else "",
        after_cut_off=campaign.cut_off is not None and created > campaign.cut_off,
        has_children=row.has_children,
    )


def _basis(entry: Mapping[str, str], catalogue: Catalogue) -> BasisLine:
    known = catalogue.bases.rows.get(entry["id"])
    return BasisLine(
        id=entry["id"],
        number=entry["number"],
        provision=entry["provision"],
        mark=entry.get("confidence") or _UNCHECKED,
        citation=known.citation if known else f"{entry['provision']} {entry['number']}".strip(),
        title=known.act.title if known else "",
        meaning=known.paraphrase if known else "",
    )


def _proposals(
    db: Connection, where: Sequence[ColumnElement[bool]], *, drafts: bool
) -> dict[int, ProposalLine]:
    """Return the newest proposal of each finding that may be shown."""
    wanted = [] if drafts else [t.proposals.c.state.in_(_VISIBLE_TO_TASK_FORCE)]
    rows = db.execute(
        select(t.proposals, t.findings.c.state.label("finding_state"))
        .join(t.findings, t.findings.c.id == t.proposals.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(*where, *wanted)
        .order_by(t.proposals.c.finding_id, t.proposals.c.version)
    )
    return {row.finding_id: _proposal(row) for row in rows}


def _proposal(row: Row) -> ProposalLine:
    return ProposalLine(
        handling=row.handling,
        handling_name=HANDLINGS.get(row.handling, row.handling),
        new_text=row.new_text,
        reason=row.reason,
        instrument=row.instrument,
        lead=name_of(row.lead_agency) if row.lead_agency else "",
        coordinating=tuple(name_of(code) for code in row.co_agencies),
        deadline=row.deadline,
        submitted=row.finding_state in SUBMITTED,
        version=row.version,
        old_text=row.old_text,
        lead_code=row.lead_agency,
        coordinating_codes=tuple(row.co_agencies),
    )


def submissions(db: Connection, campaign_id: int) -> dict[str, tuple[date, bool]]:
    """Return, for each agency whose report has been sent and not returned, the day and if late.

    The day is that of the first sending: a supplement does not make a report late.
    """
    sent: dict[str, tuple[date, bool]] = {}
    state: dict[str, str] = {}
    rows = db.execute(
        select(t.submissions)
        .where(t.submissions.c.campaign_id == campaign_id)
        .order_by(t.submissions.c.agency, t.submissions.c.sequence)
    )
    for row in rows:
        state[row.agency] = row.state
        if row.action == "send":
            sent.setdefault(row.agency, (row.at.astimezone(VIET_NAM).date(), row.late))
    return {agency: found for agency, found in sent.items() if state[agency] in _SENT}


def sampled(
    db: Connection, campaign_id: int, agencies: Mapping[str, str], acts: Iterable[ActLine]
) -> tuple[SampledLine, ...]:
    """Return what was read in random samples, for each of ``agencies`` (code → name) with acts."""
    responsible = {act.agency_code for act in acts} - {""}
    lines = []
    for code, name in agencies.items():
        if code not in responsible:
            continue
        found = elusion_of(db, campaign_id, code)
        last_on = found.last_at.astimezone(VIET_NAM).date() if found.last_at else None
        lines.append(SampledLine(code, name, found.rounds, last_on, found.estimate))
    return tuple(lines)
