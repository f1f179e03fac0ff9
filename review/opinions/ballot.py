"""The opinions of one round on one finding: who spoke, whether they are open, what was blind.

A round opens when BTP, BCA and VPCP have all spoken, or when the chair opens it with a reason. What
was given until then was given blind; only that measures how far the members agree by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, select

from review import agencies
from review.store import tables as t

VERDICTS = {
    "thong_nhat": "Thống nhất",
    "mot_phan": "Thống nhất một phần",
    "khong": "Không thống nhất",
    "bo_sung": "Yêu cầu bổ sung",
}
EXPERT = "CG-"  # and the number of the person: each speaks for himself
COUNTED = ("BTP", "BCA", "VPCP")  # the standing group of Tổ công tác 236


@dataclass(frozen=True, slots=True)
class Ballot:
    """One round: opinion rows in the order given, and the chair's opening if there was one."""

    finding_id: int
    number: int
    rows: tuple[Row, ...]
    opening: Row | None = None

    @property
    def last(self) -> dict[str, Row]:
        """The standing opinion of each member."""
        return {row.member: row for row in self.rows}

    @property
    def opened_at(self) -> int | None:
        """Id of the last opinion that was given blind; None while the round is closed."""
        by_chair = self.opening.last_opinion_id if self.opening else None
        spoken: set[str] = set()
        for row in self.rows:
            spoken.add(row.member)
            if spoken.issuperset(COUNTED):
                return row.id if by_chair is None else min(row.id, by_chair)
        return by_chair

    @property
    def opened(self) -> bool:
        return self.opened_at is not None

    @property
    def blind(self) -> dict[str, Row]:
        """The last opinion that each member gave before the round was opened."""
        until = self.opened_at
        return {row.member: row for row in self.rows if until is None or row.id <= until}

    @property
    def verdicts(self) -> list[str | None]:
        """The standing verdicts of the counted members, in their order; None: not spoken."""
        last = self.last
        return [last[code].verdict if code in last else None for code in COUNTED]

    @property
    def divided(self) -> bool:
        """Whether the round is open and anything but full agreement stands in it."""
        given = {verdict for verdict in self.verdicts if verdict is not None}
        return self.opened and given != {"thong_nhat"}


def ballots(db: Connection, finding_ids: Sequence[int] | Select) -> dict[int, list[Ballot]]:
    """Return the rounds of each finding in their order; findings without any are left out."""
    chosen = t.opinions.c.finding_id.in_(finding_ids)
    rows = db.execute(
        select(t.opinions, t.people.c.name)
        .join(t.people, t.people.c.id == t.opinions.c.written_by)
        .where(chosen)
        .order_by(t.opinions.c.id)
    ).all()
    opened = db.execute(
        select(t.openings, t.people.c.name)
        .join(t.people, t.people.c.id == t.openings.c.written_by)
        .where(t.openings.c.finding_id.in_(finding_ids))
    ).all()
    openings = {(row.finding_id, row.round): row for row in opened}
    given: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        given.setdefault((row.finding_id, row.round), []).append(row)
    found: dict[int, list[Ballot]] = {}
    for key in sorted(given):
        ballot = Ballot(*key, tuple(given[key]), openings.get(key))
        found.setdefault(key[0], []).append(ballot)
    return found


def current(db: Connection, finding_id: int, number: int) -> Ballot:
    """Return the round ``number`` of a finding; an empty one while nobody has spoken in it."""
    for ballot in ballots(db, [finding_id]).get(finding_id, []):
        if ballot.number == number:
            return ballot
    return Ballot(finding_id, number, ())


def member_name(member: str, row: Row | None) -> str:
    """Return what a member is called: an expert by name, others as their agency."""
    return row.name if member.startswith(EXPERT) and row else agencies.name_of(member)


def heading(member: str, person: str) -> str:
    """Return what stands for a member in tables: the code of who is always asked, else the name."""
    if member in COUNTED:
        return member
    return person if member.startswith(EXPERT) else agencies.name_of(member) or member
