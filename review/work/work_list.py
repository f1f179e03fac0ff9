"""«Việc của tôi»: what waits for this very person; each line has the filter that shows its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.findings.query import conditions, deadline, joined
from review.opinions.opinion import members_of
from review.people.permission import allows, scope
from review.records import ActFilter, CampaignView, FindingFilter, Person, Tally, WorkLine
from review.state import SPEAKING, UNDECIDED
from review.store import tables as t
from review.store.engine import Store
from review.work.work_filter import assigned_to_nobody

# Sentence; the filter's field that takes the person's id; states; the right that makes it theirs.
_LINES = (
    ("Câu hỏi chờ tôi trả lời", "asked_of", (), "questions.answer"),
    ("Câu hỏi của tôi đã có trả lời", "answered_for", (), "findings.ask"),
    ("Tôi đang nhận xử lý", "claimed_by", (), "claims.claim"),
    ("Trong văn bản giao cho tôi, chưa quyết định", "assigned_to", UNDECIDED, "findings.confirm"),
    ("Trong văn bản giao cho tôi, bị trả lại", "assigned_to", ("tra_lai_bo",), "proposals.save"),
)


class WorkList:
    """The work list of one person."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mine(self, person: Person, campaign_id: int) -> list[WorkLine]:
        """Return the lines with something in them, with the nearest deadline of their acts."""
        seen = scope(person, "work.mine")
        with self._store.read() as db:
            campaign = read_campaign(db, campaign_id)
            now = self._store.now()
            lines = personal(db, person, campaign, seen, self._store.today(), now)
            lines += unshared(db, person, campaign_id, seen)
            return lines + unspoken(db, person, campaign_id, seen, self._store.today())


def personal(
    db: Connection,
    person: Person,
    campaign: CampaignView,
    agencies: frozenset[str] | None,
    today: date,
    now: datetime,
) -> list[WorkLine]:
    """Return the lines of a person within a transaction; ``agencies`` is what they may see."""
    base = FindingFilter(campaign_id=campaign.id)
    lines = []
    for sentence, field, states, right in _LINES:
        if not allows(person, right):
            continue
        wanted = replace(base, **{field: person.id, "states": states})
        count, due = db.execute(
            select(func.count(t.findings.c.id), func.min(deadline()))
            .select_from(joined())
            .where(*conditions(wanted, agencies, today, now))
        ).one()
        if count:
            due = date.fromisoformat(due) if isinstance(due, str) else due
            late = due is not None and due < today
            lines.append(WorkLine(sentence, Tally(count, wanted), due, late))
    return lines


def unshared(
    db: Connection, person: Person, campaign_id: int, agencies: frozenset[str] | None
) -> list[WorkLine]:
    """Return the line of acts with findings that nobody was given, for who shares acts out."""
    if not allows(person, "assignments.assign"):
        return []
    having = t.findings.c.act_id == t.acts.c.id, t.findings.c.standing
    count = db.scalar(
        select(func.count())
        .select_from(t.acts)
        .where(
            t.acts.c.campaign_id == campaign_id,
            in_scope(agencies),
            assigned_to_nobody(),
            select(t.findings.c.id).where(*having).exists(),
        )
    )
    wanted = ActFilter(campaign_id, with_findings=True, reviewer=0)
    return (
        [WorkLine("Văn bản có phát hiện, chưa giao cho ai", Tally(count, wanted))] if count else []
    )


def unspoken(
    db: Connection,
    person: Person,
    campaign_id: int,
    agencies: frozenset[str] | None,
    today: date,
) -> list[WorkLine]:
    """Return the line of findings that wait for this member's opinion: those of its own queue."""
    members = members_of(person)
    if not members:
        return []
    wanted = FindingFilter(campaign_id, states=SPEAKING, silent=tuple(members))
    count = db.scalar(
        select(func.count()).select_from(joined()).where(*conditions(wanted, agencies, today))
    )
    return [WorkLine("Chờ ý kiến của tôi", Tally(count, wanted))] if count else []
