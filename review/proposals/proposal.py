"""What ministries propose to do about a finding: versioned rows, submitted by pháp chế."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from review.errors import ERRORS, Conflict, NotFound
from review.findings.decision import Step, lock, take, visible
from review.people.permission import allows, belongs
from review.proposals import competence
from review.records import Competence, Person, ProposalInput, ProposalView
from review.state import TRANSITIONS, allowed
from review.store import tables as t
from review.store.engine import Store

# NĐ 34/2016 Đ143, then «biện pháp khác» (no form of Đ143) and keeping, which needs a reason.
HANDLINGS = {
    "SĐ": "Sửa đổi, bổ sung",
    "TT": "Thay thế",
    "BB": "Bãi bỏ một phần",
    "BBT": "Bãi bỏ toàn bộ",
    "BHM": "Ban hành mới",
    "ĐC": "Đình chỉ",
    "BPK": "Biện pháp khác (hướng dẫn áp dụng, kiến nghị giải thích)",
    "GN": "Giữ nguyên",
}
PROPOSAL_STATES = {
    "moi": "Chưa soạn",
    "du_thao": "Dự thảo",
    "da_trinh": "Đã trình",
    "tra_lai": "Tổ công tác trả lại",
}
_WITHOUT_INSTRUMENT = frozenset({"BPK", "GN"})
_WITH_NEW_TEXT = frozenset({"SĐ", "TT", "BHM"})
_FIELDS = {
    "handling": "hình thức xử lý",
    "new_text": "nội dung đề xuất",
    "reason": "lý do",
    "instrument": "hình thức văn bản xử lý",
    "lead_agency": "cơ quan chủ trì",
}


class Proposals:
    """A saved proposal is a new row; older ones stay. Only the ministry itself sees drafts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, person: Person, finding_id: int) -> ProposalView:
        """Return the newest version, or a prefilled one (version 0) to the ministry.

        Others see the version that was submitted last; ``NotFound`` RS-534 while there is none.
        """
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "proposals.get")
            return _seen(db, person, finding)

    def history(self, person: Person, finding_id: int) -> list[ProposalView]:
        """Return all versions the person may see, newest first."""
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "proposals.history")
            rows = _rows(db, finding_id, _own(person, finding))
            return [_view(db, person, finding, row) for row in rows]

    def save(
        self, person: Person, finding_id: int, version: int, entered: ProposalInput
    ) -> ProposalView:
        """Save a new version on top of the one on screen.

        Raises ``Conflict`` RS-501 (somebody saved since), RS-504 (the finding is not confirmed),
        RS-530 (unknown form), RS-531 («giữ nguyên» without a reason), RS-533 (already submitted).
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "proposals.save")
            standing = _latest(db, finding_id)
            _check_version(standing, version, entered)
            _check_entered(entered)
            if standing is not None and standing.state == "da_trinh" and not _returned(finding):
                raise ERRORS.error("RS-533")
            if finding.state != "bo_de_xuat":
                take(db, person, finding, finding.version, Step("propose"), self._store.now())
            self._write(db, person, finding, standing, entered, "du_thao", finding.round)
            return _seen(db, person, visible(db, person, finding_id, "proposals.get"))

    def approve(self, person: Person, finding_id: int, version: int) -> ProposalView:
        """Sign the saved version without sending it yet; a later change takes the approval away.

        Raises RS-534 (nothing saved), ``Conflict``, RS-532 (incomplete, or beyond competence).
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "proposals.approve")
            _complete(db, finding, version)
            step = Step("approve", details={"proposal": version})
            take(db, person, finding, finding.version, step, self._store.now())
            return _seen(db, person, visible(db, person, finding_id, "proposals.get"))

    def submit(self, person: Person, finding_id: int, version: int) -> ProposalView:
        """Sign the saved version and send it to the task force (pháp chế).

        Raises RS-534 (nothing saved), ``Conflict``, RS-532 (incomplete, or beyond competence).
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "proposals.submit")
            standing = _complete(db, finding, version)
            entered = _input(standing)
            round_number = finding.round + 1
            step = Step("submit", details={"proposal": version + 1}, values={"round": round_number})
            take(db, person, finding, finding.version, step, self._store.now())
            self._write(db, person, finding, standing, entered, "da_trinh", round_number)
            return _seen(db, person, visible(db, person, finding_id, "proposals.get"))

    def competence(
        self, person: Person, finding_id: int, instrument: str, lead_agency: str = ""
    ) -> Competence:
        """Return whether the instrument may amend the act, as a sentence for the form."""
        with self._store.read() as db:
            finding = visible(db, person, finding_id, "proposals.competence")
            return _competence(db, finding, instrument, lead_agency)

    def _write(
        self,
        db: Connection,
        person: Person,
        finding: Row,
        standing: Row | None,
        entered: ProposalInput,
        state: str,
        round_number: int,
    ) -> None:
        old_text = _old_text(db, finding)
        if state == "da_trinh" and standing is not None:
            old_text = standing.old_text
        db.execute(
            insert(t.proposals).values(
                finding_id=finding.id,
                version=(standing.version if standing else 0) + 1,
                state=state,
                handling=entered.handling,
                old_text=old_text,
                new_text=entered.new_text,
                reason=entered.reason,
                instrument=entered.instrument,
                lead_agency=entered.lead_agency,
                co_agencies=list(entered.co_agencies),
                deadline=entered.deadline,
                round=round_number,
                at=self._store.now(),
                written_by=person.id,
            )
        )


def _own(person: Person, finding: Row) -> bool:
    return belongs(person, "proposals.get", finding.agency)


def _returned(finding: Row) -> bool:
    return finding.state in TRANSITIONS["propose"].sources


def _rows(db: Connection, finding_id: int, own: bool) -> list[Row]:
    statement = (
        select(t.proposals, t.people.c.name)
        .join(t.people, t.people.c.id == t.proposals.c.written_by)
        .where(t.proposals.c.finding_id == finding_id)
        .order_by(t.proposals.c.version.desc())
    )
    if not own:
        statement = statement.where(t.proposals.c.state == "da_trinh")
    return list(db.execute(statement))


def _latest(db: Connection, finding_id: int) -> Row | None:
    return next(iter(_rows(db, finding_id, True)), None)


def _complete(db: Connection, finding: Row, version: int) -> Row:
    """Return the saved version if it may be signed; raises RS-534, ``Conflict``, RS-532."""
    standing = _latest(db, finding.id)
    if standing is None:
        raise ERRORS.error("RS-534")
    entered = _input(standing)
    _check_version(standing, version, entered)
    if missing := _missing(db, finding, entered, standing.old_text):
        raise ERRORS.error("RS-532", missing="; ".join(missing))
    return standing


def _seen(db: Connection, person: Person, finding: Row) -> ProposalView:
    own = _own(person, finding)
    row = next(iter(_rows(db, finding.id, own)), None)
    if row is None and not own:
        raise ERRORS.error("RS-534", NotFound)
    return _view(db, person, finding, row)


def _view(db: Connection, person: Person, finding: Row, row: Row | None) -> ProposalView:
    submitted = next((one for one in _rows(db, finding.id, False)), None)
    entered = _input(row) if row else _prefilled(db, finding)
    state = row.state if row else "moi"
    if state == "da_trinh" and finding.state == "tra_lai_bo":
        state = "tra_lai"
    return ProposalView(
        finding_id=finding.id,
        version=row.version if row else 0,
        state=state,
        old_text=row.old_text if row else _old_text(db, finding),
        input=entered,
        competence=_competence(db, finding, entered.instrument, entered.lead_agency),
        author=row.name if row else "",
        at=row.at if row else None,
        submitted_by=submitted.name if submitted else "",
        submitted_at=submitted.at if submitted else None,
        editable=allowed("propose", finding.state)
        and allows(person, "proposals.save", finding.agency),
    )


def _input(row: Row) -> ProposalInput:
    return ProposalInput(
        row.handling,
        row.new_text,
        row.reason,
        row.instrument,
        row.lead_agency,
        tuple(row.co_agencies),
        row.deadline,
    )


def _prefilled(db: Connection, finding: Row) -> ProposalInput:
    right = _competence(db, finding, "", "")
    return ProposalInput(
        handling=finding.handling if finding.handling in HANDLINGS else "SĐ",
        instrument=right.instruments[0] if right.instruments else "",
        lead_agency=finding.agency,
    )


def _competence(db: Connection, finding: Row, instrument: str, lead_agency: str) -> Competence:
    act = db.execute(
        select(t.acts.c.type, t.acts.c.issuer_code, t.acts.c.agency).where(
            t.acts.c.id == finding.act_id
        )
    ).one()
    return competence.judge(act.type, act.issuer_code, act.agency, instrument, lead_agency)


def _old_text(db: Connection, finding: Row) -> str:
    return (
        db.scalar(select(t.provisions.c.text).where(t.provisions.c.id == finding.provision_id))
        or ""
    )


def _check_version(standing: Row | None, version: int, entered: ProposalInput) -> None:
    if (standing.version if standing else 0) == version:
        return
    theirs = _fields(_input(standing)) if standing else {}
    who, at = (standing.name, standing.at) if standing else ("", None)
    raise Conflict.of(_fields(entered), theirs, who, at)


def _fields(entered: ProposalInput) -> dict[str, Any]:
    return {name: getattr(entered, name) for name in (*_FIELDS, "co_agencies", "deadline")}


def _check_entered(entered: ProposalInput) -> None:
    if entered.handling not in HANDLINGS:
        raise ERRORS.error("RS-530", handling=entered.handling)
    if entered.handling == "GN" and not entered.reason.strip():
        raise ERRORS.error("RS-531")


def _missing(db: Connection, finding: Row, entered: ProposalInput, old_text: str) -> list[str]:
    needed = ["handling", "reason"]
    if entered.handling in _WITH_NEW_TEXT:
        needed.append("new_text")
    if entered.handling not in _WITHOUT_INSTRUMENT:
        needed += ["instrument", "lead_agency"]
    missing = [
        f"thiếu {_FIELDS[name]}" for name in needed if not str(getattr(entered, name)).strip()
    ]
    if entered.handling in _WITH_NEW_TEXT and entered.new_text.split() == old_text.split():
        missing.append("nội dung đề xuất còn giống hệt quy định hiện hành")
    if entered.handling not in _WITHOUT_INSTRUMENT and entered.instrument:
        verdict = _competence(db, finding, entered.instrument, entered.lead_agency)
        if not verdict.allowed:
            missing.append(verdict.sentence.rstrip("."))
    return missing
