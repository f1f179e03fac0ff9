"""Data of letters and opinion sheets: who is late, and what a member of the group has said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from review.opinions.opinion import COUNTED, VERDICTS
from review.records import Person
from review.reports.letter_records import OpinionItem, Reminder
from review.reports.records import (
    CampaignHead,
    OpinionLine,
    ReportData,
    SummaryLine,
)
from review.store import tables as t

MEMBER_ROLE = "tct_nhom_tt"


def late(
    db: Connection, campaign: CampaignHead, data: ReportData, today: date
) -> tuple[Reminder, ...]:
    """Return the ministries whose deadline has passed and whose report has not come, by delay.

    A deadline of the ministry's own goes before the campaign's; one without any is never late.
    """
    own = {
        row.agency: row.deadline
        for row in db.execute(
            select(t.campaign_agencies.c.agency, t.campaign_agencies.c.deadline).where(
                t.campaign_agencies.c.campaign_id == campaign.id
            )
        )
    }
    found = []
    for row in data.summary:
        deadline = own.get(row.agency_code) or campaign.deadline
        if deadline is None or deadline >= today or row.submitted or not row.agency_code:
            continue
        found.append(_reminder(data, row, deadline, today))
    return tuple(sorted(found, key=lambda one: -one.days_late))


def _reminder(data: ReportData, row: SummaryLine, deadline: date, today: date) -> Reminder:
    undecided = sum(act.undecided for act in data.acts if act.agency_code == row.agency_code)
    return Reminder(
        agency_code=row.agency_code,
        agency=row.agency,
        deadline=deadline,
        days_late=(today - deadline).days,
        acts=row.acts,
        reviewed=row.reviewed,
        undecided=undecided,
        unsubmitted=row.findings - row.proposed,
    )


def members(person: Person, data: ReportData) -> tuple[str, ...]:
    """Return the members whose sheet the person may have: the own one, and all once opened."""
    own = {m.agency for m in person.memberships if m.role == MEMBER_ROLE}
    opened = any(board.opened for board in data.boards)
    return tuple(member for member in COUNTED if member in own or opened)


def items(db: Connection, person: Person, data: ReportData, member: str) -> tuple[OpinionItem, ...]:
    """Return what ``member`` said, finding by finding; others' words only once opened."""
    own = any(m.role == MEMBER_ROLE and m.agency == member for m in person.memberships)
    said = _said(db, data.campaign.id, member) if own else {}
    acts = {act.act_id: act for act in data.acts}
    lines = {line.finding_id: line for line in data.findings}
    made = []
    for board in data.boards:
        line = lines[board.finding_id]
        opened = next((o for o in board.opinions if o.member == member), None)
        if board.opened or own:
            opinion = opened or said.get(board.finding_id)
            made.append(OpinionItem(acts[line.act_id], line, opinion))
    return tuple(made)


def _said(db: Connection, campaign_id: int, member: str) -> Mapping[int, OpinionLine]:
    rows = db.execute(
        select(t.opinions)
        .join(t.findings, t.findings.c.id == t.opinions.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(
            t.acts.c.campaign_id == campaign_id,
            t.opinions.c.member == member,
            t.opinions.c.round == t.findings.c.round,
        )
        .order_by(t.opinions.c.sequence)
    )
    return {
        row.finding_id: OpinionLine(
            member,
            row.verdict,
            VERDICTS.get(row.verdict, row.verdict),
            row.agreed,
            row.disagreed,
            row.reason,
            row.wording,
        )
        for row in rows
    }
