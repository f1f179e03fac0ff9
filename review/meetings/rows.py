"""Meetings as they are read: agenda with what may be seen of the opinions, minutes, candidates."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, select

from models import catalogue
from review import agencies
from review.errors import ERRORS, NotFound
from review.findings.query import ROW_COLUMNS, finding_row, joined
from review.opinions.ballot import COUNTED, Ballot, ballots
from review.people.permission import allows
from review.proposals.proposal import HANDLINGS
from review.records import (
    AgendaItem,
    Attendee,
    Charge,
    MeetingConclusion,
    MeetingDecision,
    MeetingInput,
    MeetingRow,
    MeetingView,
    Minutes,
    MinutesItem,
    OpinionInput,
    OpinionView,
    Person,
    ProposalInput,
    post_of,
)
from review.state import SPEAKING
from review.store import tables as t

MEETING_STATES = {
    "du_kien": "Dự kiến",
    "dang_hop": "Đang họp",
    "da_ket_thuc": "Đã kết thúc",
}
DECISIONS = {
    "thong_nhat": "Thống nhất với đề xuất của bộ",
    "chinh_ly": "Thống nhất, có chỉnh lý",
    "bo_sung": "Bộ bổ sung, giải trình",
    "chua": "Chưa thống nhất, báo cáo tiếp",
    "vuot": "Vượt thẩm quyền, trình Thủ tướng",
}
PARTS = {
    "chu_tri": "Chủ trì",
    "thu_ky": "Thư ký",
    "thanh_vien": "Thành viên Tổ công tác",
    "dai_bieu": "Đại diện cơ quan",
}

# What a meeting may speak about, and of that what still waits for it.
_SUBMITTED = (*SPEAKING, "bo_tiep_thu_giai_trinh", "chua_thong_nhat", "vuot_tham_quyen")
_WAITING = tuple(state for state in _SUBMITTED if state != "thong_nhat")


def read_meeting(db: Connection, meeting_id: int) -> Row:
    """Return the row of a meeting; raises ``NotFound`` RS-601."""
    row = db.execute(select(t.meetings).where(t.meetings.c.id == meeting_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="cuộc họp", id=meeting_id)
    return row


def agenda_of(db: Connection, meeting_id: int) -> list[int]:
    """Return the findings on the agenda in their order."""
    items = t.meeting_items.c
    return list(
        db.scalars(
            select(items.finding_id)
            .where(items.meeting_id == meeting_id)
            .order_by(items.position, items.id)
        )
    )


def candidates(db: Connection, row: Row, *, settled: bool = False) -> list[int]:
    """Return the findings a meeting may speak about: disagreement first, then by agency and act.

    ``settled``: also those that are agreed already.
    """
    states = _SUBMITTED if settled else _WAITING
    found = db.execute(
        select(t.findings.c.id, t.findings.c.round, t.acts.c.agency)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(
            t.acts.c.campaign_id == row.campaign_id,
            t.acts.c.agency.in_(row.agencies),
            t.findings.c.standing,
            t.findings.c.state.in_(states),
        )
        .order_by(t.findings.c.act_id, t.findings.c.place, t.findings.c.id)
    ).all()
    given = ballots(db, [one.id for one in found])
    order = {code: place for place, code in enumerate(row.agencies)}

    def rank(one: Row) -> tuple[int, int]:
        ballot = _ballot(given, one.id, one.round)
        return (0 if ballot.divided else 2 if ballot.opened else 1), order[one.agency]

    return [one.id for one in sorted(found, key=rank)]


def invited(db: Connection, row: Row) -> list[Attendee]:
    """The standing group, and the legal departments of the agencies that are called."""
    held = t.memberships.c
    people = db.execute(
        select(
            t.people.c.id,
            t.people.c.name,
            t.people.c.title,
            t.people.c.unit,
            held.role,
            held.agency,
        )
        .join(t.memberships, held.person_id == t.people.c.id)
        .where(
            t.people.c.active,
            held.role.in_(("tct_nhom_tt", "tct_thuongtruc"))
            | ((held.role == "phap_che_bo") & held.agency.in_(row.agencies)),
        )
        .order_by(held.role.desc(), t.people.c.id)
    ).all()
    found: dict[int, Attendee] = {}
    for one in people:
        part = "dai_bieu" if one.role == "phap_che_bo" else "thanh_vien"
        post = post_of(one.title, one.unit)
        found.setdefault(one.id, Attendee(one.name, one.agency, part, post, one.id, False))
    return list(found.values())


def latest_decisions(db: Connection, meeting_id: int) -> dict[int, MeetingDecision]:
    """Return the standing decision on each finding."""
    rows = db.execute(
        select(t.meeting_decisions, t.people.c.name)
        .join(t.people, t.people.c.id == t.meeting_decisions.c.written_by)
        .where(t.meeting_decisions.c.meeting_id == meeting_id)
        .order_by(t.meeting_decisions.c.id)
    )
    return {row.finding_id: _decision(row) for row in rows}


def latest_conclusion(db: Connection, meeting_id: int) -> MeetingConclusion | None:
    """Return the standing conclusion of the meeting."""
    row = db.execute(
        select(t.meeting_conclusions, t.people.c.name)
        .join(t.people, t.people.c.id == t.meeting_conclusions.c.written_by)
        .where(t.meeting_conclusions.c.meeting_id == meeting_id)
        .order_by(t.meeting_conclusions.c.id.desc())
        .limit(1)
    ).one_or_none()
    return MeetingConclusion(row.id, row.text, row.name, row.at) if row else None


def meeting_row(db: Connection, row: Row, seen: frozenset[str] | None) -> MeetingRow:
    """Return the record; counts only what the person may see."""
    shown = {one.id for one in _finding_rows(db, agenda_of(db, row.id), seen)}
    decided = set(latest_decisions(db, row.id)) & shown if _told(row, seen) else set()
    entered = MeetingInput(
        row.title,
        row.held_on,
        row.sector_group,
        tuple(row.agencies),
        row.begins,
        row.place,
        row.chair,
        row.secretary,
    )
    return MeetingRow(
        row.id,
        row.campaign_id,
        row.number,
        entered,
        row.state,
        len(shown),
        len(decided),
        row.version,
    )


def view_of(db: Connection, person: Person, row: Row, seen: frozenset[str] | None) -> MeetingView:
    """Return the meeting; to a ministry its own items, decisions once the meeting is closed."""
    told = _told(row, seen)
    rows = _finding_rows(db, agenda_of(db, row.id), seen)
    given = ballots(db, [one.id for one in rows])
    decisions = latest_decisions(db, row.id) if told else {}
    agenda = []
    for position, one in enumerate(rows, 1):
        ballot = _ballot(given, one.id, one.round)
        agenda.append(
            AgendaItem(
                finding_row(one),
                position,
                ballot.opened,
                ballot.divided,
                opened_opinions(ballot),
                decisions.get(one.id),
            )
        )
    return MeetingView(
        row=meeting_row(db, row, seen),
        started_at=row.started_at,
        closed_at=row.closed_at,
        agenda=tuple(agenda),
        attendance=_attendance(db, row.id) if told else (),
        conclusion=latest_conclusion(db, row.id) if told else None,
        editable=row.state != "da_ket_thuc" and allows(person, "meetings.change"),
    )


def minutes_of(db: Connection, row: Row, seen: frozenset[str] | None) -> Minutes:
    """Return what the Word documents print; a ministry's minutes hold its own items only."""
    told = _told(row, seen)
    rows = _finding_rows(db, agenda_of(db, row.id), seen)
    ids = [one.id for one in rows]
    texts = dict(
        db.execute(
            select(t.findings.c.id, t.provisions.c.text)
            .join(t.provisions, t.provisions.c.id == t.findings.c.provision_id)
            .where(t.findings.c.id.in_(ids))
        )
        .tuples()
        .all()
    )
    given, proposals = ballots(db, ids), submitted_proposals(db, ids)
    decisions = latest_decisions(db, row.id) if told else {}
    items = tuple(
        _minutes_item(
            one,
            texts[one.id],
            proposals.get(one.id),
            _ballot(given, one.id, one.round),
            decisions.get(one.id),
        )
        for one in rows
    )
    campaign = db.execute(select(t.campaigns).where(t.campaigns.c.id == row.campaign_id)).one()
    attendance = _attendance(db, row.id) if told else ()
    conclusion = latest_conclusion(db, row.id) if told else None
    return Minutes(
        campaign_code=campaign.code,
        campaign_name=campaign.name,
        documents=tuple(campaign.documents),
        number=row.number,
        title=row.title,
        sector_group=row.sector_group,
        agencies=tuple(agencies.name_of(code) for code in row.agencies),
        held_on=row.held_on,
        begins=row.begins,
        started_at=row.started_at,
        closed_at=row.closed_at,
        place=row.place,
        chair=row.chair,
        secretary=row.secretary,
        present=tuple(one for one in attendance if one.present),
        absent=tuple(one for one in attendance if not one.present),
        items=items,
        charges=tuple(
            Charge(
                agencies.name_of(item.decision.agency),
                item.decision.text,
                item.decision.deadline,
                item.finding,
            )
            for item in items
            if item.decision and item.decision.agency
        ),
        conclusion=conclusion.text if conclusion else "",
        closed=row.state == "da_ket_thuc",
    )


def submitted_proposals(db: Connection, finding_ids: Sequence[int]) -> dict[int, ProposalInput]:
    """Return the last proposal that the ministry submitted on each finding; never a draft."""
    rows = db.execute(
        select(t.proposals)
        .where(t.proposals.c.finding_id.in_(finding_ids), t.proposals.c.state == "da_trinh")
        .order_by(t.proposals.c.version)
    )
    return {
        row.finding_id: ProposalInput(
            row.handling,
            row.new_text,
            row.reason,
            row.instrument,
            row.lead_agency,
            tuple(row.co_agencies),
            row.deadline,
        )
        for row in rows
    }


def opened_opinions(ballot: Ballot) -> tuple[OpinionView, ...]:
    """Return the standing opinions of an opened round, counted members first; else nothing."""
    if not ballot.opened:
        return ()
    last = ballot.last
    members = [*(code for code in COUNTED if code in last), *(m for m in last if m not in COUNTED)]
    return tuple(_opinion(last[member]) for member in members)


def _opinion(row: Row) -> OpinionView:
    entered = OpinionInput(row.verdict, row.agreed, row.disagreed, row.reason, row.wording)
    return OpinionView(
        row.id, row.finding_id, row.member, row.name, entered, row.round, row.at, False
    )


def _ballot(given: dict[int, list[Ballot]], finding_id: int, number: int) -> Ballot:
    rounds = given.get(finding_id, [])
    return next((one for one in rounds if one.number == number), Ballot(finding_id, number, ()))


def _told(row: Row, seen: frozenset[str] | None) -> bool:
    return seen is None or row.state == "da_ket_thuc"


def _finding_rows(
    db: Connection, finding_ids: Sequence[int], seen: frozenset[str] | None
) -> list[Row]:
    rows = db.execute(
        select(*ROW_COLUMNS).select_from(joined()).where(t.findings.c.id.in_(finding_ids))
    ).all()
    order = {finding_id: place for place, finding_id in enumerate(finding_ids)}
    own = [row for row in rows if seen is None or row.agency in seen]
    return sorted(own, key=lambda row: order[row.id])


def _attendance(db: Connection, meeting_id: int) -> tuple[Attendee, ...]:
    rows = db.execute(
        select(t.meeting_attendance)
        .where(t.meeting_attendance.c.meeting_id == meeting_id)
        .order_by(t.meeting_attendance.c.id)
    )
    return tuple(
        Attendee(row.name, row.agency, row.part, row.title, row.person_id, row.present)
        for row in rows
    )


def _decision(row: Row) -> MeetingDecision:
    return MeetingDecision(
        row.id, row.finding_id, row.decision, row.text, row.agency, row.deadline, row.name, row.at
    )


def _minutes_item(
    row: Row,
    text: str,
    proposal: ProposalInput | None,
    ballot: Ballot,
    decision: MeetingDecision | None,
) -> MinutesItem:
    known = catalogue.load().categories.get(row.category)
    handling = proposal.handling if proposal else ""
    return MinutesItem(
        agency=agencies.name_of(row.agency),
        finding=finding_row(row),
        text=text,
        category=known.name if known else row.category,
        proposal=proposal,
        handling=HANDLINGS.get(handling, handling),
        opinions=opened_opinions(ballot),
        decision=decision,
        decision_name=DECISIONS[decision.decision] if decision else "",
    )
