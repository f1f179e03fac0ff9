"""Conditions behind «Việc của tôi»: whose it is, who is asked, answered, or yet to speak."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Table, func, or_, select

from review.store import tables as t


def latest(table: Table, key: str) -> ColumnElement[bool]:
    """The row of ``table`` with the highest sequence for the same ``key``: what counts now."""
    newer = table.alias()
    last = select(func.max(newer.c.sequence)).where(newer.c[key] == table.c[key]).scalar_subquery()
    return table.c.sequence == last


def assigned_to(person_id: int) -> ColumnElement[bool]:
    """Acts given to the person."""
    own = select(t.assignments.c.act_id).where(
        t.assignments.c.person_id == person_id, latest(t.assignments, "act_id")
    )
    return t.acts.c.id.in_(own)


def assigned_to_nobody() -> ColumnElement[bool]:
    """Acts that nobody was given, or that were taken back."""
    given = select(t.assignments.c.act_id).where(
        t.assignments.c.person_id.is_not(None), latest(t.assignments, "act_id")
    )
    return t.acts.c.id.not_in(given)


def claimed_by(person_id: int, now: datetime | None) -> ColumnElement[bool]:
    """Findings the person works on; with ``now`` only while the claim lasts."""
    own = select(t.claims.c.finding_id).where(
        t.claims.c.person_id == person_id, latest(t.claims, "finding_id")
    )
    return t.findings.c.id.in_(own if now is None else own.where(t.claims.c.until > now))


def asked_of(person_id: int) -> ColumnElement[bool]:
    """Findings in question that wait for the person's answer: asked by name, or of everybody."""
    waiting = select(t.questions.c.finding_id).where(
        or_(
            t.questions.c.person_id == person_id,
            t.questions.c.person_id.is_(None) & (t.questions.c.written_by != person_id),
        ),
        latest(t.questions, "finding_id"),
        ~_answered(),
    )
    return (t.findings.c.state == "can_hoi") & t.findings.c.id.in_(waiting)


def answered_for(person_id: int) -> ColumnElement[bool]:
    """Findings in question whose asker, this person, has an answer and may decide now."""
    ready = select(t.questions.c.finding_id).where(
        t.questions.c.written_by == person_id, latest(t.questions, "finding_id"), _answered()
    )
    return (t.findings.c.state == "can_hoi") & t.findings.c.id.in_(ready)


def silent(members: Collection[str]) -> ColumnElement[bool]:
    """Findings on which none of the members has spoken in the round that is going on."""
    spoken = (
        select(t.opinions.c.id)
        .where(
            t.opinions.c.finding_id == t.findings.c.id,
            t.opinions.c.round == t.findings.c.round,
            t.opinions.c.member.in_(members),
        )
        .exists()
    )
    return ~spoken


def _answered() -> ColumnElement[bool]:
    return select(t.answers.c.id).where(t.answers.c.question_id == t.questions.c.id).exists()
