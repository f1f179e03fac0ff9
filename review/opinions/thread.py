"""The thread on one finding: the ministry takes up or explains, the task force replies."""

from __future__ import annotations

from sqlalchemy import Connection, Row, insert

from review.errors import ERRORS, Conflict
from review.findings.decision import Step, lock, take, visible
from review.opinions.conclusion import thread_of
from review.records import Person, ThreadEntry
from review.store import tables as t
from review.store.engine import Store

KINDS = {
    "tiep_thu": "Tiếp thu",
    "tiep_thu_mot_phan": "Tiếp thu một phần",
    "giai_trinh": "Giải trình",
}
REPLY = "tra_loi"
# The task force may write while the ministry is to answer, and once it has.
_REPLYING = ("tra_lai_bo", "bo_tiep_thu_giai_trinh", "chua_thong_nhat")


class Thread:
    """Entries are never changed; a second thought is a further entry."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, person: Person, finding_id: int) -> list[ThreadEntry]:
        """Return all entries in the order written; raises ``NotFound``, ``Forbidden``."""
        with self._store.read() as db:
            visible(db, person, finding_id, "thread.read")
            return thread_of(db, finding_id)

    def answer(
        self,
        person: Person,
        finding_id: int,
        kind: str,
        explanation: str,
        text: str = "",
        seen: int | None = None,
    ) -> list[ThreadEntry]:
        """Answer for the ministry; ``text`` is the provision's wording that takes up the opinion.

        ``seen`` is the last entry on screen. Raises RS-545 (incomplete), RS-504 (nothing to
        answer), ``Conflict`` RS-501.
        """
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "thread.answer")
            if missing := _missing(kind, explanation, text):
                raise ERRORS.error("RS-545", missing="; ".join(missing))
            _check_seen(db, finding, seen, explanation, text)
            step = Step("answer", details={"kind": kind, "round": finding.round})
            take(db, person, finding, finding.version, step, self._store.now())
            self._write(db, person, finding, "bo", kind, explanation, text)
            return thread_of(db, finding_id)

    def reply(
        self, person: Person, finding_id: int, explanation: str, seen: int | None = None
    ) -> list[ThreadEntry]:
        """Write to the ministry; raises RS-545 (empty), RS-540 (nobody waits), ``Conflict``."""
        with self._store.write() as db:
            lock(db, finding_id)
            finding = visible(db, person, finding_id, "thread.reply")
            if not explanation.strip():
                raise ERRORS.error("RS-545", missing="thiếu nội dung")
            if finding.state not in _REPLYING:
                raise ERRORS.error("RS-545", missing="phát hiện chưa được trả lại bộ")
            _check_seen(db, finding, seen, explanation, "")
            self._write(db, person, finding, "tct", REPLY, explanation, "")
            return thread_of(db, finding_id)

    def _write(
        self,
        db: Connection,
        person: Person,
        finding: Row,
        side: str,
        kind: str,
        explanation: str,
        text: str,
    ) -> None:
        number = sum(one.round == finding.round for one in thread_of(db, finding.id)) + 1
        db.execute(
            insert(t.thread_entries).values(
                finding_id=finding.id,
                round=finding.round,
                sequence=number,
                side=side,
                kind=kind,
                explanation=explanation.strip(),
                text=text.strip(),
                at=self._store.now(),
                written_by=person.id,
            )
        )


def _missing(kind: str, explanation: str, text: str) -> list[str]:
    missing = []
    if kind not in KINDS:
        missing.append("chưa chọn tiếp thu hay giải trình")
    if kind != "giai_trinh" and not text.strip():
        missing.append("thiếu câu chữ tiếp thu")
    if kind != "tiep_thu" and not explanation.strip():
        missing.append("thiếu nội dung giải trình")
    return missing


def _check_seen(
    db: Connection, finding: Row, seen: int | None, explanation: str, text: str
) -> None:
    entries = thread_of(db, finding.id)
    last = entries[-1] if entries else None
    if (last.id if last else None) == seen:
        return
    mine = {"explanation": explanation, "text": text}
    theirs = {name: getattr(last, name) for name in mine} if last else {}
    raise Conflict.of(mine, theirs, last.person if last else "", last.at if last else None)
