"""Meetings as they are read: agenda with what may be seen of the opinions, decisions, minutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, select

from models import catalogue
from review import agencies
from review.errors import ERRORS, NotFound
from review.findings.query import ROW_COLUMNS, finding_row, joined
from review.meetings.agenda import agenda_of, ballot_of
from review.meetings.attendance import attendance_of
from review.opinions.ballot import COUNTED, Ballot, ballots
from review.people.permission import allows
from review.proposals.proposal import HANDLINGS
from review.records import (
    AgendaItem,
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
)
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


def read_meeting(db: Connection, meeting_id: int) -> Row:
    """Return the row of a meeting; raises ``NotFound`` RS-601."""
    row = db.execute(select(t.meetings).where(t.meetings.c.id == meeting_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="cuộc họp", id=meeting_id)
    return row


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
        ballot = ballot_of(given, one.id, one.round)
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
        attendance=attendance_of(db, row.id) if told else (),
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
            ballot_of(given, one.id, one.round),
            decisions.get(one.id),
        )
        for one in rows
    )
    campaign = db.execute(select(t.campaigns).where(t.campaigns.c.id == row.campaign_id)).one()
    attendance = attendance_of(db, row.id) if told else ()
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
