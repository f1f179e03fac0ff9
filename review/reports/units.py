"""Đơn vị rà soát of an act, as the accounts of the people who work on it say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from review.store import tables as t
from review.work.work_filter import latest

_LEGAL_DEPARTMENT = "phap_che_bo"


@dataclass(frozen=True, slots=True)
class Units:
    """What accounts say of the units; "" or absent where an account names none."""

    given: Mapping[int, str]  # act id → unit of the person it was given to
    legal: Mapping[str, str]  # agency code → unit of its legal department

    def of(self, act_id: int, agency: str, reviewer: str) -> str:
        """Return the unit of the ``reviewer``, else of the assigned person, else the legal one.

        The legal department shares out the acts of its agency, so one that nobody was given is
        still with it.
        """
        return reviewer or self.given.get(act_id, "") or self.legal.get(agency, "")


def read(db: Connection, where: Sequence[ColumnElement[bool]]) -> Units:
    """Read the units of the acts that ``where`` selects."""
    given = db.execute(
        select(t.assignments.c.act_id, t.people.c.unit)
        .join(t.acts, t.acts.c.id == t.assignments.c.act_id)
        .join(t.people, t.people.c.id == t.assignments.c.person_id)
        .where(*where, latest(t.assignments, "act_id"))
    )
    return Units({row.act_id: row.unit for row in given}, _legal(db))


def _legal(db: Connection) -> dict[str, str]:
    """Return the unit of each agency's legal department; none where its people name several."""
    named: dict[str, set[str]] = {}
    rows = db.execute(
        select(t.memberships.c.agency, t.people.c.unit)
        .join(t.people, t.people.c.id == t.memberships.c.person_id)
        .where(t.memberships.c.role == _LEGAL_DEPARTMENT, t.people.c.active, t.people.c.unit != "")
    )
    for row in rows:
        named.setdefault(row.agency, set()).add(row.unit)
    return {agency: units.pop() for agency, units in named.items() if len(units) == 1}
