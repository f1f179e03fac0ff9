"""The resolver («thường trực») composes the task force's opinion from what the members said.

A conclusion keeps every opinion it rests on and changes none; a later conclusion supersedes. Who
gave an opinion in the round does not resolve it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Row, insert, select

from review.errors import ERRORS, Conflict, Forbidden
from review.findings.decision import Step, lock, take, visible
from review.meetings.rows import opened_opinions
from review.opinions.ballot import COUNTED, VERDICTS, Ballot, ballots, current, heading
from review.people.permission import allows
from review.records import (
    ConclusionInput,
    ConclusionView,
    Person,
    RoundView,
    ThreadEntry,
)
from review.store import tables as t
from review.store.engine import Store

# Actions of review.state that a conclusion may take.
OUTCOMES = {
    "agree": "Thống nhất với bộ",
    "conclude": "Ghi ý kiến độc lập, tiếp tục trao đổi với bộ",
    "disagree": "Chưa thống nhất",
    "exceed": "Vượt thẩm quyền",
}
_TEXTS = ("agreed", "disagreed", "reason", "wording")


class Conclusions:
    """Conclusions, and the way to the Prime Minister where there is no agreement."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rounds(self, person: Person, finding_id: int) -> tuple[RoundView, ...]:
        """Return all rounds, newest first; of a closed round no opinion.

        The thread is left out for who may not read it. Raises ``NotFound``, ``Forbidden``.
        """
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "conclusions.rounds")
            may_read = allows(person, "thread.read", finding.agency)
            entries = thread_of(db, finding_id) if may_read else []
            given = {one.number: one for one in ballots(db, [finding_id]).get(finding_id, [])}
            concluded = _views(db, finding_id, given)
            return tuple(
                _round(given.get(number) or Ballot(finding_id, number, ()), concluded, entries)
                for number in range(finding.round, 0, -1)
            )

    def prefill(self, person: Person, finding_id: int) -> ConclusionInput:
        """Return the standing conclusion, else what the opinions say, named by member.

        Raises RS-542 while the round is closed.
        """
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "conclusions.prefill")
            ballot = _opened(db, finding)
            standing = _views(db, finding_id, {ballot.number: ballot})
            if standing and standing[0].round == finding.round:
                return standing[0].input
            return _from_opinions(ballot)

    def compose(
        self, person: Person, finding_id: int, entered: ConclusionInput, seen: int | None = None
    ) -> ConclusionView:
        """Write the task force's opinion; ``seen`` is the conclusion on screen.

        Raises RS-542 (closed round), RS-543 (who spoke does not resolve), RS-544 (incomplete),
        RS-504 (the state does not allow the outcome), ``Conflict`` RS-501.
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "conclusions.compose")
            ballot = _opened(db, finding)
            if any(row.written_by == person.id for row in ballot.rows):
                raise ERRORS.error("RS-543", Forbidden)
            if missing := _missing(entered):
                raise ERRORS.error("RS-544", missing="; ".join(missing))
            earlier = [
                one
                for one in _views(db, finding_id, {ballot.number: ballot})
                if one.round == finding.round
            ]
            standing = earlier[0] if earlier else None
            if (standing.id if standing else None) != seen:
                raise _outrun(entered, standing)
            # The text is in the conclusion's own row; the history says only that one was written.
            step = Step(entered.outcome, details={"round": finding.round})
            take(db, person, finding, finding.version, step, self._store.now())
            db.execute(
                insert(t.conclusions).values(
                    finding_id=finding_id,
                    round=finding.round,
                    sequence=len(earlier) + 1,
                    outcome=entered.outcome,
                    verdict=entered.verdict,
                    **{name: getattr(entered, name).strip() for name in _TEXTS},
                    opinions=[row.id for row in ballot.rows],
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            return _views(db, finding_id, {ballot.number: ballot})[0]

    def escalate(self, person: Person, finding_id: int, version: int, reason: str) -> None:
        """Submit to the Prime Minister what is not agreed or beyond competence.

        Raises RS-552 (no reason), RS-504, ``Conflict``.
        """
        with self._store.write() as db:
            finding = visible(db, person, finding_id, "conclusions.escalate")
            if not reason.strip():
                raise ERRORS.error("RS-552")
            take(db, person, finding, version, Step("escalate", note=reason), self._store.now())

    def record_ruling(self, person: Person, finding_id: int, version: int, text: str) -> None:
        """Write down what the Prime Minister concluded; raises RS-544, RS-504, ``Conflict``."""
        with self._store.write() as db:
            finding = visible(db, person, finding_id, "conclusions.record_ruling")
            if not text.strip():
                raise ERRORS.error("RS-544", missing="thiếu nội dung kết luận")
            take(db, person, finding, version, Step("rule", note=text), self._store.now())


def thread_of(db: Connection, finding_id: int) -> list[ThreadEntry]:
    """Return the thread of a finding in the order written, all rounds."""
    rows = db.execute(
        select(t.thread_entries, t.people.c.name)
        .join(t.people, t.people.c.id == t.thread_entries.c.written_by)
        .where(t.thread_entries.c.finding_id == finding_id)
        .order_by(t.thread_entries.c.id)
    )
    return [
        ThreadEntry(
            row.id,
            row.finding_id,
            row.round,
            row.side,
            row.kind,
            row.explanation,
            row.text,
            row.name,
            row.at,
        )
        for row in rows
    ]


def concluded(db: Connection, finding_id: int, number: int) -> bool:
    """Whether the resolver has written a conclusion in this round."""
    row = t.conclusions.c
    return (
        db.execute(
            select(row.id).where(row.finding_id == finding_id, row.round == number).limit(1)
        ).first()
        is not None
    )


def _opened(db: Connection, finding: Row) -> Ballot:
    ballot = current(db, finding.id, finding.round)
    if not ballot.opened:
        raise ERRORS.error("RS-542")
    return ballot


def _from_opinions(ballot: Ballot) -> ConclusionInput:
    """Return the points of all opinions, each with its member, and a verdict they all share."""
    last = ballot.last
    members = [*(code for code in COUNTED if code in last), *(m for m in last if m not in COUNTED)]

    def points(name: str) -> str:
        return "\n".join(
            f"{heading(member, last[member].name)}: {text}"
            for member in members
            if (text := getattr(last[member], name))
        )

    given = {verdict for verdict in ballot.verdicts if verdict}
    verdict = next(iter(given)) if len(given) == 1 else "mot_phan"
    wordings = [last[code].wording for code in members if last[code].wording]
    return ConclusionInput(
        "agree" if verdict == "thong_nhat" else "conclude",
        verdict,
        points("agreed"),
        points("disagreed"),
        points("reason"),
        wordings[0] if len(wordings) == 1 else points("wording"),
    )


def _missing(entered: ConclusionInput) -> list[str]:
    missing = []
    if entered.outcome not in OUTCOMES:
        missing.append("chưa chọn hướng kết luận")
    if entered.verdict not in VERDICTS:
        missing.append("chưa chọn ý kiến của Tổ công tác")
    elif entered.verdict != "thong_nhat" and not entered.reason.strip():
        missing.append("thiếu lý do")
    if entered.outcome == "exceed" and not entered.reason.strip():
        missing.append("thiếu lý do vượt thẩm quyền")
    return list(dict.fromkeys(missing))


def _views(db: Connection, finding_id: int, given: dict[int, Ballot]) -> list[ConclusionView]:
    rows = db.execute(
        select(t.conclusions, t.people.c.name)
        .join(t.people, t.people.c.id == t.conclusions.c.written_by)
        .where(t.conclusions.c.finding_id == finding_id)
        .order_by(t.conclusions.c.id.desc())
    )
    views = []
    for row in rows:
        ballot = given.get(row.round)
        later = ballot is not None and any(one.id not in row.opinions for one in ballot.rows)
        entered = ConclusionInput(
            row.outcome, row.verdict, row.agreed, row.disagreed, row.reason, row.wording
        )
        views.append(
            ConclusionView(
                row.id,
                row.finding_id,
                row.round,
                entered,
                tuple(row.opinions),
                row.name,
                row.at,
                later,
            )
        )
    return views


def _round(
    ballot: Ballot, conclusions: Sequence[ConclusionView], entries: Sequence[ThreadEntry]
) -> RoundView:
    return RoundView(
        ballot.number,
        ballot.opened,
        ballot.opening.reason if ballot.opening else "",
        opened_opinions(ballot),
        tuple(one for one in conclusions if one.round == ballot.number),
        tuple(one for one in entries if one.round == ballot.number),
    )


def _outrun(entered: ConclusionInput, standing: ConclusionView | None) -> Conflict:
    names = ("outcome", "verdict", *_TEXTS)
    mine = {name: getattr(entered, name) for name in names}
    theirs = {name: getattr(standing.input, name) for name in names} if standing else {}
    who, at = (standing.person, standing.at) if standing else ("", None)
    return Conflict.of(mine, theirs, who, at)
