"""«Việc của tôi»: what waits for this very person; each line has the filter that shows its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from review.campaigns.campaign import read_campaign
from review.findings.query import conditions, deadline, joined
from review.people.permission import allows, scope
from review.records import CampaignView, FindingFilter, Person, Tally, WorkLine
from review.state import UNDECIDED
from review.store import tables as t
from review.store.engine import Store

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
            return personal(db, person, campaign, seen, self._store.today(), self._store.now())


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
