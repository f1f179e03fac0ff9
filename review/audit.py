"""The audit log: events the database itself wrote, checked along their hash chain; exports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select

from review.people.permission import allows, check
from review.records import AuditRow, AuditVerdict, ExportRow, Page, PageRequest, Person
from review.store import tables as t
from review.store.engine import Store
from review.store.triggers import FIRST, payload, sha256

_FIRST_PAGE = PageRequest()
_STEP = 2000

# An administrator reads who did what when, not opinions before they open nor drafts of ministries.
_HIDDEN = {
    "decisions": frozenset({"note"}),  # also what colleagues ask and answer each other
    "exchange_changes": frozenset({"old", "new"}),
    "opinions": frozenset({"verdict", "agreed", "disagreed", "reason", "wording"}),
    "proposals": frozenset({"handling", "new_text", "reason", "instrument"}),
    "conclusions": frozenset({"verdict", "agreed", "disagreed", "reason", "wording"}),
    "thread_entries": frozenset({"explanation", "text"}),
    "meeting_decisions": frozenset({"decision", "text"}),
    "meeting_conclusions": frozenset({"text"}),
    "questions": frozenset({"text"}),
    "answers": frozenset({"text"}),
}


class Audit:
    """Reading and checking the log; nobody can write to it but the database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(
        self, person: Person, table: str = "", page: PageRequest = _FIRST_PAGE
    ) -> Page[AuditRow]:
        """Return the events, newest first, of one table or all."""
        check(person, "audit.list")
        where = [t.audit_events.c.table_name == table] if table else []
        with self._store.read() as db:
            total = db.scalar(select(func.count()).select_from(t.audit_events).where(*where)) or 0
            rows = db.execute(
                select(t.audit_events, t.people.c.name)
                .outerjoin(t.people, t.people.c.id == t.audit_events.c.person_id)
                .where(*where)
                .order_by(t.audit_events.c.id.desc())
                .limit(page.size)
                .offset(page.start)
            ).all()
        return Page(
            [
                AuditRow(
                    row.id,
                    datetime.fromisoformat(row.at),
                    row.name or "",
                    row.table_name,
                    row.row_id,
                    row.action,
                    shown(row.table_name, row.old),
                    shown(row.table_name, row.new),
                    row.hash,
                )
                for row in rows
            ],
            total,
            page.number,
            page.size,
        )

    def verify(self, person: Person) -> AuditVerdict:
        """Walk the whole chain; the first event that does not fit is named."""
        check(person, "audit.verify")
        previous, count, last = FIRST, 0, 0
        while True:
            with self._store.read() as db:
                rows = db.execute(
                    select(t.audit_events)
                    .where(t.audit_events.c.id > last)
                    .order_by(t.audit_events.c.id)
                    .limit(_STEP)
                ).all()
            if not rows:
                sentence = f"Nhật ký nguyên vẹn: {count:,} sự kiện nối đúng chuỗi băm."
                return AuditVerdict(count, None, sentence.replace(",", "."))
            for row in rows:
                expected = payload(
                    previous,
                    row.at,
                    row.table_name,
                    row.row_id,
                    row.action,
                    row.person_id,
                    row.old,
                    row.new,
                )
                if row.previous != previous or row.hash != sha256(expected):
                    sentence = (
                        f"Chuỗi băm đứt tại sự kiện số {row.id}: sự kiện này hoặc sự kiện trước nó "
                        "đã bị sửa, xóa hay chèn. Giữ nguyên máy và báo người phụ trách an toàn."
                    )
                    return AuditVerdict(count, row.id, sentence)
                previous, last, count = row.hash, row.id, count + 1

    def exported(
        self,
        person: Person,
        kind: str,
        title: str,
        filename: str,
        digest: str,
        campaign_id: int | None = None,
    ) -> None:
        """Write down an export: who, what, when, SHA-256 of the file."""
        check(person, "audit.exported")
        with self._store.write() as db:
            db.execute(
                insert(t.exports).values(
                    kind=kind,
                    title=title,
                    filename=filename,
                    digest=digest,
                    campaign_id=campaign_id,
                    at=self._store.now(),
                    written_by=person.id,
                )
            )

    def exports(self, person: Person, page: PageRequest = _FIRST_PAGE) -> Page[ExportRow]:
        """Return one's own exports, newest first; everybody's for who may read the log."""
        check(person, "audit.exports")
        where = [] if allows(person, "audit.list") else [t.exports.c.written_by == person.id]
        with self._store.read() as db:
            total = db.scalar(select(func.count()).select_from(t.exports).where(*where)) or 0
            rows = db.execute(
                select(t.exports, t.people.c.name)
                .join(t.people, t.people.c.id == t.exports.c.written_by)
                .where(*where)
                .order_by(t.exports.c.id.desc())
                .limit(page.size)
                .offset(page.start)
            ).all()
        return Page(
            [
                ExportRow(
                    row.id,
                    row.kind,
                    row.title,
                    row.filename,
                    row.digest,
                    row.campaign_id,
                    row.name,
                    row.at,
                )
                for row in rows
            ],
            total,
            page.number,
            page.size,
        )


def shown(table: str, stored: str | None) -> Mapping[str, object] | None:
    """Return a row as an event keeps it, without what even an administrator does not read."""
    if stored is None:
        return None
    hidden = _HIDDEN.get(table, frozenset())
    return {name: "(ẩn)" if name in hidden else value for name, value in json.loads(stored).items()}
