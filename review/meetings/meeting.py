"""Meetings («Cuộc họp»): the secretariat sets the agenda, writes decisions live and closes.

A decision and the conclusion are rows that later rows supersede; the header, the agenda and the
attendance carry the meeting's version, so that two secretaries are told of each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import Connection, Row, func, insert, select, update

from review import agencies
from review.errors import ERRORS, Conflict, NotFound
from review.meetings.agenda import agenda_of, candidates, write_agenda
from review.meetings.attendance import invited, write_attendance
from review.meetings.rows import (
    DECISIONS,
    MEETING_STATES,
    PARTS,
    latest_conclusion,
    latest_decisions,
    meeting_row,
    minutes_of,
    read_meeting,
    view_of,
)
from review.people.permission import check, scope
from review.records import (
    Attendee,
    MeetingConclusion,
    MeetingDecision,
    MeetingInput,
    MeetingRow,
    MeetingView,
    Minutes,
    Person,
)
from review.store import tables as t
from review.store.engine import Store

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class Meetings:
    """Meetings of a campaign. Ministries see their own part of a meeting they were called to."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, person: Person, campaign_id: int) -> list[MeetingRow]:
        """Return the meetings of a campaign that the person may see, in their order."""
        seen = scope(person, "meetings.list")
        with self._store.read() as db:
            rows = db.execute(
                select(t.meetings)
                .where(t.meetings.c.campaign_id == campaign_id)
                .order_by(t.meetings.c.number)
            ).all()
            return [meeting_row(db, row, seen) for row in rows if _called(row, seen)]

    def get(self, person: Person, meeting_id: int) -> MeetingView:
        """Return one meeting; raises ``NotFound`` RS-601, ``Forbidden``.

        A ministry reads its own agenda items, and decisions only once the meeting is closed.
        """
        with self._store.read() as db:
            row, seen = self._visible(db, person, meeting_id, "meetings.get")
            return view_of(db, person, row, seen)

    def minutes(self, person: Person, meeting_id: int) -> Minutes:
        """Return what the Word minutes and conclusion print, as far as the person may see."""
        with self._store.read() as db:
            row, seen = self._visible(db, person, meeting_id, "meetings.minutes")
            return minutes_of(db, row, seen)

    def add(self, person: Person, campaign_id: int, entered: MeetingInput) -> MeetingView:
        """Call a meeting; its agenda is filled, those to be invited are listed as absent.

        Raises RS-546 (no title, no agency, wrong time), RS-601 (no such campaign), RS-602.
        """
        check(person, "meetings.add")
        with self._store.write() as db:
            entered = _checked(db, campaign_id, entered)
            number = 1 + (
                db.scalar(
                    select(func.max(t.meetings.c.number)).where(
                        t.meetings.c.campaign_id == campaign_id
                    )
                )
                or 0
            )
            meeting_id = db.execute(
                insert(t.meetings).values(
                    campaign_id=campaign_id,
                    number=number,
                    **_values(entered),
                    state="du_kien",
                    version=1,
                    written_by=person.id,
                    written_at=self._store.now(),
                )
            ).inserted_primary_key[0]
            row = read_meeting(db, meeting_id)
            write_agenda(db, person, row, candidates(db, row))
            write_attendance(db, person, meeting_id, invited(db, row))
            return view_of(db, person, row, None)

    def change(
        self, person: Person, meeting_id: int, version: int, entered: MeetingInput
    ) -> MeetingView:
        """Change the header; raises RS-546, RS-547 (closed), ``Conflict`` RS-501."""
        check(person, "meetings.change")
        with self._store.write() as db:
            row = _open(db, meeting_id)
            entered = _checked(db, row.campaign_id, entered)
            self._bump(db, person, row, version, asdict(entered), **_values(entered))
            return view_of(db, person, read_meeting(db, meeting_id), None)

    def arrange(
        self, person: Person, meeting_id: int, version: int, finding_ids: Sequence[int]
    ) -> MeetingView:
        """Set the agenda to exactly these findings in this order.

        A finding that the meeting has decided on stays. Raises RS-546 (a finding of another
        agency or campaign, or not submitted), RS-547, ``Conflict``.
        """
        check(person, "meetings.arrange")
        with self._store.write() as db:
            row = _open(db, meeting_id)
            wanted = list(dict.fromkeys(finding_ids))
            on_agenda = agenda_of(db, meeting_id)
            if set(wanted) - set(on_agenda) - set(candidates(db, row, settled=True)):
                raise ERRORS.error(
                    "RS-546", reason="có phát hiện chưa trình hoặc không thuộc các cơ quan dự họp"
                )
            wanted += [
                one
                for one in on_agenda
                if one not in wanted and one in latest_decisions(db, meeting_id)
            ]
            self._bump(db, person, row, version, {"agenda": wanted})
            write_agenda(db, person, row, wanted)
            return view_of(db, person, read_meeting(db, meeting_id), None)

    def fill(self, person: Person, meeting_id: int, version: int) -> MeetingView:
        """Add what was submitted since, and put disagreement first again."""
        check(person, "meetings.fill")
        with self._store.read() as db:
            row = _open(db, meeting_id)
            found = candidates(db, row)
            kept = [one for one in agenda_of(db, meeting_id) if one not in found]
        return self.arrange(person, meeting_id, version, [*found, *kept])

    def attend(
        self, person: Person, meeting_id: int, version: int, attendance: Sequence[Attendee]
    ) -> MeetingView:
        """Write down who is there and who is not; raises RS-546, RS-547, ``Conflict``."""
        check(person, "meetings.attend")
        for one in attendance:
            if not one.name.strip() or one.part not in PARTS:
                raise ERRORS.error("RS-546", reason="người dự họp thiếu tên hoặc tư cách")
            if not agencies.exists(one.agency):
                raise ERRORS.error("RS-602", agency=one.agency)
        with self._store.write() as db:
            row = _open(db, meeting_id)
            names = {"attendance": [one.name for one in attendance if one.present]}
            self._bump(db, person, row, version, names)
            write_attendance(db, person, meeting_id, attendance)
            return view_of(db, person, read_meeting(db, meeting_id), None)

    def start(self, person: Person, meeting_id: int, version: int) -> MeetingView:
        """Open the meeting; raises RS-540 (already opened or closed), ``Conflict``."""
        check(person, "meetings.start")
        with self._store.write() as db:
            row = read_meeting(db, meeting_id)
            if row.state != "du_kien":
                raise _refused("mở cuộc họp", row)
            values = {"state": "dang_hop", "started_at": self._store.now()}
            self._bump(db, person, row, version, {"state": "dang_hop"}, **values)
            return view_of(db, person, read_meeting(db, meeting_id), None)

    def close(self, person: Person, meeting_id: int, version: int) -> MeetingView:
        """Close it: the minutes stand. Raises RS-540, RS-549 (incomplete), ``Conflict``."""
        check(person, "meetings.close")
        with self._store.write() as db:
            row = read_meeting(db, meeting_id)
            if row.state != "dang_hop":
                raise _refused("kết thúc cuộc họp", row)
            if missing := _missing(db, meeting_id):
                raise ERRORS.error("RS-549", missing="; ".join(missing))
            values = {"state": "da_ket_thuc", "closed_at": self._store.now()}
            self._bump(db, person, row, version, {"state": "da_ket_thuc"}, **values)
            return view_of(db, person, read_meeting(db, meeting_id), None)

    def decide(
        self,
        person: Person,
        meeting_id: int,
        finding_id: int,
        decision: str,
        text: str,
        agency: str = "",
        deadline: date | None = None,
        seen: int | None = None,
    ) -> MeetingDecision:
        """Write what the meeting says on a finding; ``seen`` is the decision on screen.

        Raises RS-540 (the meeting is not open), RS-546, RS-548 (not on the agenda), ``Conflict``.
        """
        check(person, "meetings.decide")
        with self._store.write() as db:
            row = _lock(db, meeting_id)
            if row.state != "dang_hop":
                raise _refused("ghi kết luận", row)
            if finding_id not in agenda_of(db, meeting_id):
                raise ERRORS.error("RS-548")
            if decision not in DECISIONS:
                raise ERRORS.error("RS-546", reason="chưa chọn kết luận cho nội dung này")
            if agency and not agencies.exists(agency):
                raise ERRORS.error("RS-602", agency=agency)
            standing = latest_decisions(db, meeting_id).get(finding_id)
            mine = {"decision": decision, "text": text, "agency": agency, "deadline": deadline}
            if (standing.id if standing else None) != seen:
                raise _outrun(mine, standing)
            db.execute(
                insert(t.meeting_decisions).values(
                    meeting_id=meeting_id,
                    finding_id=finding_id,
                    sequence=_next(db, t.meeting_decisions.c.sequence, meeting_id, finding_id),
                    **mine,
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            return latest_decisions(db, meeting_id)[finding_id]

    def conclude(
        self, person: Person, meeting_id: int, text: str, seen: int | None = None
    ) -> MeetingConclusion:
        """Write the conclusion of the meeting; raises RS-540, RS-546 (empty), ``Conflict``."""
        check(person, "meetings.conclude")
        with self._store.write() as db:
            row = _lock(db, meeting_id)
            if row.state != "dang_hop":
                raise _refused("ghi kết luận", row)
            if not text.strip():
                raise ERRORS.error("RS-546", reason="kết luận còn trống")
            standing = latest_conclusion(db, meeting_id)
            if (standing.id if standing else None) != seen:
                raise _outrun({"text": text}, standing)
            db.execute(
                insert(t.meeting_conclusions).values(
                    meeting_id=meeting_id,
                    sequence=_next(db, t.meeting_conclusions.c.sequence, meeting_id),
                    text=text.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            written = latest_conclusion(db, meeting_id)
            assert written is not None
            return written

    def _visible(
        self, db: Connection, person: Person, meeting_id: int, action: str
    ) -> tuple[Row, frozenset[str] | None]:
        seen = scope(person, action)
        row = read_meeting(db, meeting_id)
        if not _called(row, seen):
            raise ERRORS.error("RS-601", NotFound, what="cuộc họp", id=meeting_id)
        return row, seen

    def _bump(
        self,
        db: Connection,
        person: Person,
        row: Row,
        version: int,
        mine: dict[str, object],
        **values: object,
    ) -> None:
        """Write the header on the version the person saw; ``Conflict`` when outrun."""
        written = db.execute(
            update(t.meetings)
            .where(t.meetings.c.id == row.id, t.meetings.c.version == version)
            .values(
                **values,
                version=version + 1,
                written_by=person.id,
                written_at=self._store.now(),
            )
        )
        if written.rowcount:
            return
        standing = read_meeting(db, row.id)
        who = db.scalar(select(t.people.c.name).where(t.people.c.id == standing.written_by))
        theirs = {name: getattr(standing, name, None) for name in mine}
        raise Conflict.of(mine, theirs, who or "", standing.written_at)


def _called(row: Row, seen: frozenset[str] | None) -> bool:
    return seen is None or bool(seen.intersection(row.agencies))


def _open(db: Connection, meeting_id: int) -> Row:
    row = read_meeting(db, meeting_id)
    if row.state == "da_ket_thuc":
        raise ERRORS.error("RS-547")
    return row


def _lock(db: Connection, meeting_id: int) -> Row:
    """Let one secretary write at a time (PostgreSQL); SQLite has one writer anyway."""
    db.execute(select(t.meetings.c.id).where(t.meetings.c.id == meeting_id).with_for_update())
    return read_meeting(db, meeting_id)


def _refused(action: str, row: Row) -> Exception:
    return ERRORS.error("RS-540", action=action, state=MEETING_STATES[row.state])


def _outrun(
    mine: dict[str, object], standing: MeetingDecision | MeetingConclusion | None
) -> Conflict:
    theirs = {name: getattr(standing, name) for name in mine} if standing else {}
    who, at = (standing.person, standing.at) if standing else ("", None)
    return Conflict.of(mine, theirs, who, at)


def _next(db: Connection, column: object, meeting_id: int, finding_id: int = 0) -> int:
    table = column.table  # type: ignore[attr-defined]
    where = [table.c.meeting_id == meeting_id]
    if finding_id:
        where.append(table.c.finding_id == finding_id)
    return 1 + (db.scalar(select(func.max(column)).where(*where)) or 0)


def _checked(db: Connection, campaign_id: int, entered: MeetingInput) -> MeetingInput:
    """Return the input with the agencies of its sector group; raises RS-546, RS-601, RS-602."""
    if not db.scalar(select(t.campaigns.c.id).where(t.campaigns.c.id == campaign_id)):
        raise ERRORS.error("RS-601", NotFound, what="đợt rà soát", id=campaign_id)
    part = t.campaign_agencies.c
    called = entered.agencies or tuple(
        db.scalars(
            select(part.agency)
            .where(part.campaign_id == campaign_id, part.sector_group == entered.sector_group)
            .where(part.sector_group != "")
            .order_by(part.position)
        )
    )
    reason = ""
    if not entered.title.strip():
        reason = "thiếu tên cuộc họp"
    elif not called:
        reason = "chưa chọn cơ quan dự họp"
    elif entered.begins and not _CLOCK.fullmatch(entered.begins):
        reason = "giờ họp ghi dạng 08:30"
    if reason:
        raise ERRORS.error("RS-546", reason=reason)
    for code in called:
        if not agencies.exists(code):
            raise ERRORS.error("RS-602", agency=code)
    return replace(entered, title=entered.title.strip(), agencies=called)


def _values(entered: MeetingInput) -> dict[str, object]:
    return {**asdict(entered), "agencies": list(entered.agencies)}


def _missing(db: Connection, meeting_id: int) -> list[str]:
    missing = []
    if latest_conclusion(db, meeting_id) is None:
        missing.append("thiếu kết luận chung")
    of_meeting = t.meeting_attendance.c.meeting_id == meeting_id
    present = select(t.meeting_attendance.c.id).where(of_meeting, t.meeting_attendance.c.present)
    if db.execute(present).first() is None:
        missing.append("chưa ghi ai có mặt")
    return missing
