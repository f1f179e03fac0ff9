"""BM-04: what the members said once opened, what was concluded and answered, and the meetings.

A round is open when all three members have spoken or the chair has opened it; until then nothing of
it is given out but how many have spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, Row, func, select

from review.agencies import name_of
from review.meetings.rows import DECISIONS
from review.opinions.ballot import COUNTED, VERDICTS, Ballot, ballots
from review.opinions.conclusion import OUTCOMES
from review.opinions.thread import KINDS
from review.reports.records import BoardLine, FindingLine, MeetingLine, OpinionLine
from review.state import SUBMITTED
from review.store import tables as t

# The task force has it, or has sent it back with its opinion.
_BEFORE_THE_TASK_FORCE = (*SUBMITTED, "tra_lai_bo")


def read(
    db: Connection,
    where: Sequence[ColumnElement[bool]],
    lines: Iterable[FindingLine],
    states: Mapping[int, str],
) -> tuple[BoardLine, ...]:
    """Return a board for each of ``lines`` that was put before the task force, in their order."""
    chosen = (
        select(t.findings.c.id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(*where, t.findings.c.standing, t.findings.c.state.in_(_BEFORE_THE_TASK_FORCE))
    )
    rounds = ballots(db, chosen)
    opinions = _last(db, t.conclusions, chosen)
    answers = _last(db, t.thread_entries, chosen, t.thread_entries.c.side == "bo")
    decisions = _last(
        db,
        t.meeting_decisions,
        chosen,
        t.meeting_decisions.c.meeting_id.in_(
            select(t.meetings.c.id).where(t.meetings.c.closed_at.is_not(None))
        ),
    )
    rulings = _last(db, t.decisions, chosen, t.decisions.c.action == "rule")
    return tuple(
        _board(
            line.finding_id,
            rounds.get(line.finding_id, []),
            opinions.get(line.finding_id),
            answers.get(line.finding_id),
            _conclusion(
                opinions.get(line.finding_id),
                decisions.get(line.finding_id),
                rulings.get(line.finding_id),
            ),
        )
        for line in lines
        if states[line.finding_id] in _BEFORE_THE_TASK_FORCE
    )


def _last(
    db: Connection, table: t.Table, chosen: object, *more: ColumnElement[bool]
) -> dict[int, Row]:
    """Return the newest row of each finding: later rows supersede."""
    rows = db.execute(
        select(table).where(table.c.finding_id.in_(chosen), *more).order_by(table.c.id)
    )
    return {row.finding_id: row for row in rows}


def _board(
    finding_id: int,
    rounds: Sequence[Ballot],
    opinion: Row | None,
    answer: Row | None,
    conclusion: str,
) -> BoardLine:
    ballot = rounds[-1] if rounds else Ballot(finding_id, 0, ())
    given = sum(verdict is not None for verdict in ballot.verdicts)
    return BoardLine(
        finding_id,
        opened=ballot.opened,
        given=given,
        opinions=_opinions(ballot) if ballot.opened else (),
        unanimous=ballot.opened and not ballot.divided,
        task_force=_told(VERDICTS, opinion.verdict, opinion) if opinion else "",
        explanation=_answer(answer) if answer else "",
        conclusion=conclusion,
    )


def _opinions(ballot: Ballot) -> tuple[OpinionLine, ...]:
    last = ballot.last
    return tuple(
        OpinionLine(
            member=member,
            verdict=row.verdict,
            verdict_name=VERDICTS.get(row.verdict, row.verdict),
            agreed=row.agreed,
            disagreed=row.disagreed,
            reason=row.reason,
            wording=row.wording,
        )
        for member in COUNTED
        if (row := last.get(member)) is not None
    )


def _told(names: Mapping[str, str], code: str, row: Row) -> str:
    """Return an opinion in the order of NĐ 34/2016 Đ153.2: agreed, not agreed, why, otherwise."""
    parts = (
        names.get(code, code),
        row.agreed and f"nhất trí: {row.agreed}",
        row.disagreed and f"không nhất trí: {row.disagreed}",
        row.reason and f"lý do: {row.reason}",
        row.wording and f"phương án: {row.wording}",
    )
    return "; ".join(part.rstrip(" .;") for part in parts if part)


def _answer(row: Row) -> str:
    parts = (
        KINDS.get(row.kind, row.kind),
        row.explanation,
        row.text and f"tiếp thu thành: {row.text}",
    )
    return "; ".join(part.rstrip(" .;") for part in parts if part)


def _conclusion(opinion: Row | None, decision: Row | None, ruling: Row | None) -> str:
    """Return how it ended: the Prime Minister's word, the meeting's, the task force's outcome."""
    parts = []
    if opinion:
        parts.append(OUTCOMES.get(opinion.outcome, opinion.outcome))
    if decision:
        named = DECISIONS.get(decision.decision, decision.decision)
        text = f": {decision.text}" if decision.text else ""
        parts.append(f"Cuộc họp kết luận: {named}{text}")
    if ruling:
        parts.append(f"Thủ tướng Chính phủ kết luận: {ruling.note}")
    return "; ".join(part.rstrip(" .;") for part in parts)


def meetings(db: Connection, campaign_id: int) -> tuple[MeetingLine, ...]:
    """Return the meetings that have been closed, in the order of their numbers."""
    items = dict(
        db.execute(
            select(t.meeting_items.c.meeting_id, func.count()).group_by(
                t.meeting_items.c.meeting_id
            )
        )
        .tuples()
        .all()
    )
    rows = db.execute(
        select(t.meetings)
        .where(t.meetings.c.campaign_id == campaign_id, t.meetings.c.closed_at.is_not(None))
        .order_by(t.meetings.c.number)
    )
    return tuple(
        MeetingLine(
            row.number,
            row.title,
            row.held_on,
            tuple(name_of(code) for code in row.agencies),
            items.get(row.id, 0),
        )
        for row in rows
    )
