"""Closing the loop: an issued act (or a draft) against the findings it should settle.

Examining changes nothing. Settling stores the amended text as a newer version of the act and
records, finding by finding, that the demand is gone or what was missed; both texts stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, or_, select, update

from corpus.number import number_key
from corpus.reading import Limits, read_bytes
from corpus.records import Act
from corpus.structure import parse_act
from review.acts import storing
from review.acts.filtering import in_scope
from review.acts.stored import act_of
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, Conflict, NotFound
from review.findings.decision import Step, lock, take
from review.findings.query import ROW_COLUMNS, joined, listed
from review.job import Jobs, Report
from review.people.permission import check, scope
from review.programme.verification import (
    OUTCOMES,
    REMAINS,
    SETTLED,
    Examined,
    Screen,
    examine,
    targets_of,
)
from review.records import FindingRow, JobView, LoadLine, Person
from review.records.closing import AmendingAct, Check, TargetExam, VerificationView
from review.settings import Settings
from review.state import RECOGNISED, allowed
from review.store import tables as t
from review.store.engine import Store

KIND = "kiem_lai"
_EXAMS = TypeAdapter(list[TargetExam])
# Words in the title by which an act says that it amends others.
_AMENDS = ("sua doi", "bo sung", "bai bo", "thay the")


class Closing:
    """Both the check before issue (ex ante) and the proof afterwards."""

    def __init__(self, store: Store, jobs: Jobs, settings: Settings, screen: Screen) -> None:
        self._store = store
        self._jobs = jobs
        self._settings = settings
        self._screen = screen

    def amending_acts(self, person: Person, campaign_id: int) -> list[AmendingAct]:
        """Return stored acts whose title says that they amend others, last loaded first."""
        seen = scope(person, "closing.amending_acts")
        named = or_(*(t.acts.c.search.contains(words) for words in _AMENDS))
        with self._store.read() as db:
            rows = db.execute(
                select(
                    t.acts.c.id,
                    t.acts.c.number,
                    t.acts.c.title,
                    t.acts.c.agency,
                    t.acts.c.issued,
                    t.acts.c.effective,
                )
                .where(t.acts.c.campaign_id == campaign_id, in_scope(seen), named)
                .order_by(t.acts.c.id.desc())
            )
            return [AmendingAct(*row) for row in rows]

    def examine(
        self, person: Person, act_id: int, progress: Report | None = None
    ) -> list[TargetExam]:
        """Hold a stored amending act against every act it names; raises RS-601, RS-411.

        Acts that are not loaded, or not this person's to see, are only named.
        """
        seen = scope(person, "closing.examine")
        with self._store.read() as db:
            row = _visible(db, person, act_id, "closing.examine")
            return self._exams(db, act_of(db, act_id), row.campaign_id, seen, progress)

    def examine_draft(
        self,
        person: Person,
        campaign_id: int,
        name: str,
        data: bytes,
        progress: Report | None = None,
    ) -> list[TargetExam]:
        """The same for a draft that is not stored; ``data`` is a file of any readable format.

        Raises RS-588 (not readable, too large, amends nothing), RS-410.
        """
        seen = scope(person, "closing.examine_draft")
        amending = self._draft(name, data)
        with self._store.read() as db:
            read_campaign(db, campaign_id)
            return self._exams(db, amending, campaign_id, seen, progress)

    def start(self, person: Person, act_id: int) -> JobView:
        """Examine as a job; ``result`` gives the outcome when it has ended."""
        check(person, "closing.start")
        with self._store.read() as db:
            row = _visible(db, person, act_id, "closing.start")

        def work(report: Report) -> dict[str, Any]:
            exams = self.examine(person, act_id, report)
            return {"act": act_id, "exams": _EXAMS.dump_python(exams, mode="json")}

        return self._jobs.submit(person, KIND, f"Kiểm lại theo {row.number or row.title}", work)

    def start_draft(self, person: Person, campaign_id: int, name: str, data: bytes) -> JobView:
        """Examine a draft as a job; nothing of the draft stays but its outcome."""
        check(person, "closing.start_draft")

        def work(report: Report) -> dict[str, Any]:
            exams = self.examine_draft(person, campaign_id, name, data, report)
            return {"draft": name, "exams": _EXAMS.dump_python(exams, mode="json")}

        return self._jobs.submit(person, KIND, f"Thử dự thảo {name}", work)

    def result(self, person: Person, job_id: int) -> list[TargetExam]:
        """Return what a job of ``start`` found; empty while it runs. Raises RS-601."""
        check(person, "closing.result")
        job = self._jobs.status(person, job_id)
        if job.kind != KIND:
            raise ERRORS.error("RS-601", NotFound, what="lần kiểm lại", id=job_id)
        return _EXAMS.validate_python((job.result or {}).get("exams", []))

    def settle(
        self, person: Person, amending_id: int, target_id: int, version: int, *, issued: bool
    ) -> list[VerificationView]:
        """Record the check of one amended act, all findings of it or none.

        ``issued``: the amended text becomes the act's newest version, in force from the amending
        act's day of effect; findings whose demand is gone are closed, the others go back to the
        ministry with the words that were missed. A draft (False) only leaves its record.
        Raises ``Conflict`` RS-501 when the act changed since it was examined, RS-586 when nothing
        of the amending act could be applied, RS-578 when a text without number or day would count
        as issued, RS-601, RS-411.
        """
        with self._store.write() as db:
            amending_row = _visible(db, person, amending_id, "closing.settle")
            row = _visible(db, person, target_id, "closing.settle")
            if issued and not (amending_row.number and amending_row.issued):
                raise ERRORS.error("RS-578", title=amending_row.title or amending_row.number)
            if row.version != version:
                raise Conflict.of({"version": version}, {"version": row.version}, "", row.loaded_at)
            found = self._examined(db, act_of(db, amending_id), row)
            if not any(operation.applied for operation in found.operations):
                raise ERRORS.error("RS-586", number=amending_row.number or amending_row.title)
            version_id = None
            if issued:
                version_id = self._store_text(db, person, row, amending_row, found)
            for one in found.checks:
                self._record(db, person, amending_row, one, issued=issued, version_id=version_id)
            return _views(
                db,
                t.verifications.c.finding_id.in_([one.finding_id for one in found.checks]),
                t.verifications.c.amending_act_id == amending_id,
            )

    def recorded(self, person: Person, amending_id: int) -> list[VerificationView]:
        """Return what was recorded by an amending act, newest first, of findings one may see."""
        seen = scope(person, "closing.recorded")
        with self._store.read() as db:
            _visible(db, person, amending_id, "closing.recorded")
            return _views(db, t.verifications.c.amending_act_id == amending_id, in_scope(seen))

    def of_finding(self, person: Person, finding_id: int) -> list[VerificationView]:
        """Return the recorded checks of a finding, newest first; raises RS-601, RS-411."""
        check(person, "closing.of_finding")
        with self._store.read() as db:
            agency = db.scalar(
                select(t.acts.c.agency)
                .join(t.findings, t.findings.c.act_id == t.acts.c.id)
                .where(t.findings.c.id == finding_id)
            )
            if agency is None:
                raise ERRORS.error("RS-601", NotFound, what="phát hiện", id=finding_id)
            check(person, "closing.of_finding", agency)
            return _views(db, t.verifications.c.finding_id == finding_id)

    def _draft(self, name: str, data: bytes) -> Act:
        limit = self._settings.max_upload_mb
        if len(data) > self._settings.max_upload_bytes:
            raise ERRORS.error("RS-588", name=name, reason=f"lớn hơn {limit} MB")
        results = list(read_bytes(name, data, Limits(file_mb=limit)))
        raw = next((result.document for result in results if result.document), None)
        if raw is None:
            notices = [notice.message for result in results for notice in result.notes]
            raise ERRORS.error("RS-588", name=name, reason="; ".join(notices) or "không đọc được")
        amending = parse_act(raw)
        if not targets_of(amending):
            raise ERRORS.error("RS-588", name=name, reason="không nêu văn bản nào được sửa đổi")
        return amending

    def _exams(
        self,
        db: Connection,
        amending: Act,
        campaign_id: int,
        seen: frozenset[str] | None,
        progress: Report | None,
    ) -> list[TargetExam]:
        numbers = targets_of(amending)
        stored = _stored(db, campaign_id, numbers, seen)
        exams = []
        for done, number in enumerate(numbers):
            if progress:
                progress(done, len(numbers), number)
            held = stored.get(number_key(number))
            if held is None:
                exams.append(TargetExam(number, "", None, 0, (), (), ()))
            else:
                exams.append(_exam(held, self._examined(db, amending, held)))
        return exams

    def _examined(self, db: Connection, amending: Act, target: Row) -> Examined:
        as_of = max(amending.head.effective or self._store.today(), self._store.today())
        return examine(
            act_of(db, target.id), amending, _recognised(db, target.id), self._screen, as_of
        )

    def _store_text(
        self, db: Connection, person: Person, row: Row, amending: Row, found: Examined
    ) -> int:
        """Store the amended text as the newest version; what people decided is carried over."""
        act = found.amended.act
        raw = replace(
            act.raw,
            source=f"{row.number} theo {amending.number or amending.title}",
            format="hop-nhat",
        )
        incoming = storing.Incoming(
            replace(act, raw=raw),
            found.result,
            person,
            row.campaign_id,
            row.issuer_code,
            row.agency,
            self._store.now(),
        )
        storing.store(db, incoming, LoadLine(raw.source, "loi"))
        version_id = db.scalar(select(t.acts.c.version_id).where(t.acts.c.id == row.id))
        db.execute(
            update(t.act_versions)
            .where(t.act_versions.c.id == version_id)
            .values(since=amending.effective, written_by=person.id)
        )
        return version_id

    def _record(
        self,
        db: Connection,
        person: Person,
        amending: Row,
        one: Check,
        *,
        issued: bool,
        version_id: int | None,
    ) -> None:
        db.execute(
            insert(t.verifications).values(
                finding_id=one.finding_id,
                amending_act_id=amending.id,
                issued=issued,
                outcome=one.outcome,
                old_text=one.old_text,
                new_text=one.new_text,
                missed=list(one.missed),
                operations=list(one.operations),
                version_id=version_id,
                at=self._store.now(),
                written_by=person.id,
            )
        )
        action = {SETTLED: "verify", REMAINS: "miss"}.get(one.outcome)
        if not issued or action is None:
            return
        lock(db, one.finding_id)
        finding = db.execute(
            select(*ROW_COLUMNS).select_from(joined()).where(t.findings.c.id == one.finding_id)
        ).one()
        if not allowed(action, finding.state):
            return
        note = f"{OUTCOMES[one.outcome]}: {amending.number or amending.title}"
        if one.missed:
            note += f" – còn «{'», «'.join(one.missed)}»"
        step = Step(action, note=note, details={"amending": amending.id}, values={"changed": False})
        take(db, person, finding, finding.version, step, self._store.now())


def _exam(row: Row, found: Examined) -> TargetExam:
    return TargetExam(
        row.number,
        row.title,
        row.id,
        row.version,
        found.operations,
        found.checks,
        found.emerging,
    )


def _visible(db: Connection, person: Person, act_id: int, action: str) -> Row:
    check(person, action)
    row = db.execute(select(t.acts).where(t.acts.c.id == act_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="văn bản", id=act_id)
    check(person, action, row.agency)
    return row


def _stored(
    db: Connection, campaign_id: int, numbers: Iterable[str], seen: frozenset[str] | None
) -> dict[str, Row]:
    """Return the stored acts by comparable number, as far as the person may see them."""
    keys = {number_key(number) for number in numbers}
    rows = db.execute(select(t.acts).where(t.acts.c.campaign_id == campaign_id, in_scope(seen)))
    return {key: row for row in rows if (key := number_key(row.number)) in keys}


def _recognised(db: Connection, act_id: int) -> Sequence[FindingRow]:
    return listed(
        db,
        t.findings.c.act_id == act_id,
        t.findings.c.standing,
        t.findings.c.state.in_(RECOGNISED),
    )


def _views(db: Connection, *where: Any) -> list[VerificationView]:
    amending = t.acts.alias("amending")
    rows = db.execute(
        select(
            t.verifications,
            t.people.c.name,
            amending.c.number.label("amending_number"),
            amending.c.title.label("amending_title"),
            t.findings.c.label,
            t.findings.c.category,
            t.acts.c.number,
        )
        .join(t.people, t.people.c.id == t.verifications.c.written_by)
        .join(amending, amending.c.id == t.verifications.c.amending_act_id)
        .join(t.findings, t.findings.c.id == t.verifications.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .where(*where)
        .order_by(t.verifications.c.id.desc())
    )
    return [
        VerificationView(
            row.id,
            row.finding_id,
            row.amending_act_id,
            row.amending_number or row.amending_title,
            row.number,
            row.label,
            row.category,
            row.issued,
            row.outcome,
            row.old_text,
            row.new_text,
            tuple(row.missed),
            tuple(row.operations),
            row.version_id,
            row.name,
            row.at,
        )
        for row in rows
    ]
