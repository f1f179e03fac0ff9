"""Independent opinions of the task force: one member, one finding, one voice per round.

Blind: until BTP, BCA and VPCP have all spoken in the round, or the chair opens it with a reason,
nobody sees another's opinion, only whether it was given. An opinion is never changed; a later one
of the same member supersedes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, Row, insert, select

from review.errors import ERRORS, Conflict, Forbidden
from review.findings.decision import Step, lock, take, visible, write
from review.findings.query import conditions, page_of
from review.opinions.ballot import COUNTED, EXPERT, VERDICTS, Ballot, ballots, current, member_name
from review.opinions.conclusion import concluded
from review.people.permission import allows, scope
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
from review.state import SPEAKING, after_opinions
from review.store import tables as t
from review.store.engine import Store

_ALL = FindingFilter()
_FIRST = PageRequest()
# Without a voice of one's own: what the resolver and the secretariat follow.
_TO_RESOLVE = (
    "trinh_tct",
    "cho_y_kien",
    "co_y_kien_doc_lap",
    "bo_tiep_thu_giai_trinh",
    "chua_thong_nhat",
    "vuot_tham_quyen",
    "trinh_ttg",
)
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
        if waiting and members:
            filter = replace(filter, silent=tuple(members))
        where = conditions(filter, seen, self._store.today())
        # A member waits for what it may still speak on; the whole list holds every round begun.
        speaking = waiting and bool(members)
        where.append(t.findings.c.state.in_(SPEAKING) if speaking else t.findings.c.round > 0)
        if waiting and not members:
            where.append(t.findings.c.state.in_(_TO_RESOLVE))
        with self._store.read() as db:
            found = page_of(db, where, page)
            given = _last(db, [row.id for row in found.items])
        rows = []
        for row in found.items:
            mine = given.get(row.id, [])
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
            if finding.state not in SPEAKING:
                raise ERRORS.error("RS-521")
            standing = current(db, finding_id, finding.round).last.get(speaker)
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
            ballot = current(db, finding_id, finding.round)
            # The history says who spoke, not what: it is shown before the board opens.
            step = Step("speak", details={"member": speaker})
            target = after_opinions(ballot.verdicts, opened=ballot.opening is not None)
            if concluded(db, finding_id, finding.round):
                # What comes after the conclusion is kept beside it and undoes nothing.
                target = finding.state
            write(db, person, finding, step, target, self._store.now())
            return _board(db, person, visible(db, person, finding_id, "opinions.board"))

    def open(self, person: Person, finding_id: int, version: int, reason: str) -> OpinionBoard:
        """Open the round before all have spoken; what is said from then on was not said blind.

        Raises RS-541 (no reason, or nobody has spoken), RS-504, ``Conflict``.
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "opinions.open")
            ballot = current(db, finding_id, finding.round)
            if not reason.strip():
                raise ERRORS.error("RS-541")
            step = Step("open", note=reason, details={"round": finding.round})
            take(db, person, finding, version, step, self._store.now())
            db.execute(
                insert(t.openings).values(
                    finding_id=finding_id,
                    round=finding.round,
                    last_opinion_id=ballot.rows[-1].id,
                    reason=reason.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
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
            members.append(f"{EXPERT}{person.id}")
    return list(dict.fromkeys(members))


def _speaker(person: Person, member: str) -> str:
    members = members_of(person)
    if not members or (member and member not in members):
        raise ERRORS.error("RS-411", Forbidden, agency=member, action="cho ý kiến độc lập")
    return member or members[0]


def _last(db: Connection, finding_ids: Sequence[int]) -> dict[int, list[Row]]:
    """Return the last opinion of every member in the current round of each finding."""
    rounds = dict(
        db.execute(
            select(t.findings.c.id, t.findings.c.round).where(t.findings.c.id.in_(finding_ids))
        )
        .tuples()
        .all()
    )
    given = ballots(db, finding_ids)
    return {
        finding_id: [
            row
            for ballot in given.get(finding_id, [])
            if ballot.number == number
            for row in ballot.last.values()
        ]
        for finding_id, number in rounds.items()
    }


def _outrun(standing: Row | None, opinion: OpinionInput) -> Conflict:
    names = ("verdict", "agreed", "disagreed", "reason", "wording")
    mine = {name: getattr(opinion, name) for name in names}
    theirs = {name: getattr(standing, name) for name in names} if standing else {}
    who, at = (standing.name, standing.at) if standing else ("", None)
    return Conflict.of(mine, theirs, who, at)


def _board(db: Connection, person: Person, finding: Row) -> OpinionBoard:
    given = ballots(db, [finding.id]).get(finding.id, [])
    rows = [row for ballot in given for row in ballot.rows]
    now = next((one for one in given if one.number == finding.round), None)
    now = now or Ballot(finding.id, finding.round, ())
    own_members = members_of(person)
    last, opened = now.last, now.opened
    # An earlier round may be read when it was opened; one left closed stays closed.
    readable = {one.number for one in given if one.opened}
    latest = {row.id for row in last.values()}

    def shown(row: Row) -> bool:
        return row.round in readable or row.member in own_members

    statuses = [
        MemberStatus(
            member,
            member_name(member, last.get(member)),
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
        may_speak=finding.state in SPEAKING
        and bool(own_members)
        and allows(person, "opinions.give", finding.agency),
    )


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
