"""Independent opinions of the task force: one member, one finding, one voice per round.

Blind: until BTP, BCA and VPCP have all spoken in the round, nobody sees another's opinion, only
whether it was given. An opinion is never changed; a later one of the same member supersedes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, insert, select

from review import agencies
from review.decision import Step, lock, take, visible, write
from review.errors import ERRORS, Conflict, Forbidden
from review.finding_query import conditions, page_of
from review.permission import allows, scope
from review.records import (
    FindingFilter,
    MemberStatus,
    OpinionBoard,
    OpinionInput,
    OpinionRow,
    OpinionView,
    Page,
    PageRequest,
    Person,
)
from review.state import SUBMITTED, after_opinions
from review.store import tables as t
from review.store.engine import Store

VERDICTS = {
    "thong_nhat": "Thống nhất",
    "mot_phan": "Thống nhất một phần",
    "khong": "Không thống nhất",
    "bo_sung": "Yêu cầu bổ sung",
}
COUNTED = ("BTP", "BCA", "VPCP")  # the standing group of Tổ công tác 236

_ALL = FindingFilter()
_FIRST = PageRequest()
_STANDING_GROUP = "tct_nhom_tt"
_PROJECT_06 = "TCTTKĐA"


class Opinions:
    """Opinions of BTP, BCA and VPCP, which count, and of commenters, which do not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def queue(
        self,
        person: Person,
        filter: FindingFilter = _ALL,
        waiting: bool = True,
        page: PageRequest = _FIRST,
    ) -> Page[OpinionRow]:
        """Return submitted findings; ``waiting``: only those the person's member is silent on."""
        seen = scope(person, "opinions.queue")
        members = members_of(person)
        where = conditions(filter, seen, self._store.today())
        where.append(t.findings.c.state.in_(SUBMITTED))
        if waiting and members:
            spoken = (
                select(t.opinions.c.id)
                .where(
                    t.opinions.c.finding_id == t.findings.c.id,
                    t.opinions.c.round == t.findings.c.round,
                    t.opinions.c.member.in_(members),
                )
                .exists()
            )
            where.append(~spoken)
        elif waiting:
            where.append(t.findings.c.state.in_(("trinh_tct", "cho_y_kien")))
        with self._store.read() as db:
            found = page_of(db, where, page)
            given = _current(db, [row.id for row in found.items])
        rows = []
        for row in found.items:
            mine = [one for one in given if one.finding_id == row.id]
            own = next((one.verdict for one in mine if one.member in members), "")
            rows.append(OpinionRow(row, tuple(sorted({one.member for one in mine})), own))
        return Page(rows, found.total, found.number, found.size)

    def board(self, person: Person, finding_id: int) -> OpinionBoard:
        """Return the own opinion, and the others' once the board is open."""
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "opinions.board")
            return _board(db, person, finding)

    def give(
        self,
        person: Person,
        finding_id: int,
        opinion: OpinionInput,
        member: str = "",
        seen: int | None = None,
    ) -> OpinionBoard:
        """Speak for one's member; ``seen`` is the id of the own opinion on screen (None: none).

        Raises RS-520 (reason required), RS-521 (not submitted), RS-522 (unknown verdict),
        ``Conflict`` RS-501 when a colleague of the same member spoke since.
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "opinions.give")
            speaker = _speaker(person, member)
            if opinion.verdict not in VERDICTS:
                raise ERRORS.error("RS-522", verdict=opinion.verdict)
            if opinion.verdict != "thong_nhat" and not opinion.reason.strip():
                raise ERRORS.error("RS-520", verdict=VERDICTS[opinion.verdict])
            if finding.state not in SUBMITTED:
                raise ERRORS.error("RS-521")
            standing = _last_of(db, finding, speaker)
            if (standing.id if standing else None) != seen:
                raise _outrun(standing, opinion)
            db.execute(
                insert(t.opinions).values(
                    finding_id=finding_id,
                    member=speaker,
                    round=finding.round,
                    sequence=(standing.sequence if standing else 0) + 1,
                    verdict=opinion.verdict,
                    agreed=opinion.agreed,
                    disagreed=opinion.disagreed,
                    reason=opinion.reason,
                    wording=opinion.wording,
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            verdicts = {one.member: one.verdict for one in _current(db, [finding_id])}
            # The history says who spoke, not what: it is shown before the board opens.
            step = Step("speak", details={"member": speaker})
            target = after_opinions([verdicts.get(code) for code in COUNTED])
            write(db, person, finding, step, target, self._store.now())
            return _board(db, person, visible(db, person, finding_id, "opinions.board"))

    def send_back(self, person: Person, finding_id: int, version: int, reason: str) -> OpinionBoard:
        """Ask the ministry to take up or answer; when it submits again a new round begins.

        Raises RS-523 (no reason), RS-504 (not all have spoken), ``Conflict``.
        """
        with self._store.write() as db:
            finding = visible(db, person, finding_id, "opinions.send_back")
            if not reason.strip():
                raise ERRORS.error("RS-523")
            step = Step("send_back", note=reason, details={"round": finding.round})
            take(db, person, finding, version, step, self._store.now())
            return _board(db, person, visible(db, person, finding_id, "opinions.board"))


def members_of(person: Person) -> list[str]:
    """Return for whom the person speaks: BTP, BCA, VPCP, a commenting body, or the expert."""
    members = []
    for held in person.memberships:
        if held.role == _STANDING_GROUP and held.agency in COUNTED:
            members.append(held.agency)
        elif held.role == "tct_da06":
            # Its standing office sits in Bộ Công an, but it is no voice of BCA in Tổ công tác 236.
            members.append(_PROJECT_06)
        elif held.role == "chuyen_gia":
            members.append(f"CG-{person.id}")
    return list(dict.fromkeys(members))


def _speaker(person: Person, member: str) -> str:
    members = members_of(person)
    if not members or (member and member not in members):
        raise ERRORS.error("RS-411", Forbidden, agency=member, action="cho ý kiến độc lập")
    return member or members[0]


def _rows(db: Connection, finding_ids: Sequence[int]) -> list[Row]:
    if not finding_ids:
        return []
    return list(
        db.execute(
            select(t.opinions, t.people.c.name, t.findings.c.round.label("current"))
            .join(t.people, t.people.c.id == t.opinions.c.written_by)
            .join(t.findings, t.findings.c.id == t.opinions.c.finding_id)
            .where(t.opinions.c.finding_id.in_(finding_ids))
            .order_by(t.opinions.c.id)
        )
    )


def _current(db: Connection, finding_ids: Sequence[int]) -> list[Row]:
    """Return the last opinion of every member in the current round of each finding."""
    last = {
        (row.finding_id, row.member): row
        for row in _rows(db, finding_ids)
        if row.round == row.current
    }
    return list(last.values())


def _last_of(db: Connection, finding: Row, member: str) -> Row | None:
    return next((row for row in _current(db, [finding.id]) if row.member == member), None)


def _outrun(standing: Row | None, opinion: OpinionInput) -> Conflict:
    names = ("verdict", "agreed", "disagreed", "reason", "wording")
    mine = {name: getattr(opinion, name) for name in names}
    theirs = {name: getattr(standing, name) for name in names} if standing else {}
    who, at = (standing.name, standing.at) if standing else ("", None)
    return Conflict.of(mine, theirs, who, at)


def _board(db: Connection, person: Person, finding: Row) -> OpinionBoard:
    rows = _rows(db, [finding.id])
    own_members = members_of(person)
    last = {row.member: row for row in rows if row.round == finding.round}
    opened = finding.round > 0 and all(code in last for code in COUNTED)
    # Rounds before the current one were opened when their last member spoke.
    latest = {row.id for row in last.values()}

    def shown(row: Row) -> bool:
        return opened or row.member in own_members or row.round < finding.round

    statuses = [
        MemberStatus(
            member,
            _name(member, last.get(member)),
            member in last,
            member in COUNTED,
            _opinion(last[member], superseded=False)
            if member in last and shown(last[member])
            else None,
        )
        for member in dict.fromkeys((*COUNTED, *last))
    ]
    own = next((last[member] for member in own_members if member in last), None)
    return OpinionBoard(
        finding_id=finding.id,
        opened=opened,
        round=finding.round,
        members=tuple(statuses),
        own=_opinion(own, superseded=False) if own else None,
        history=tuple(
            _opinion(row, superseded=True)
            for row in reversed(rows)
            if row.id not in latest and shown(row)
        ),
        may_speak=finding.state in SUBMITTED
        and bool(own_members)
        and allows(person, "opinions.give", finding.agency),
    )


def _name(member: str, row: Row | None) -> str:
    return row.name if member.startswith("CG-") and row else agencies.name_of(member)


def _opinion(row: Row, *, superseded: bool) -> OpinionView:
    return OpinionView(
        row.id,
        row.finding_id,
        row.member,
        row.name,
        OpinionInput(row.verdict, row.agreed, row.disagreed, row.reason, row.wording),
        row.round,
        row.at,
        superseded,
    )
