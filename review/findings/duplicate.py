"""Merging repeated demands along luật → nghị định → thông tư → mẫu (N22).

A child is set aside with code N22 and stays listed under its parent. Who decides on the child
again takes it out; both are new rows.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, insert, select

from review.acts.filtering import in_scope
from review.errors import ERRORS
from review.findings.decision import Step, conflict, lock, read_finding, take, visible
from review.findings.query import ROW_COLUMNS, conditions, finding_row, joined
from review.people.permission import scope
from review.records import FindingFilter, FindingRow, MergeView, Person
from review.store import tables as t
from review.store.engine import Store
from review.work.claim import check_free
from review.work.work_filter import latest

CODE = "N22"
_OFFERED = 20
# The higher act carries the demand; what repeats it follows.
_RANKS = {"Luật": 0, "Bộ luật": 0, "Pháp lệnh": 1, "Nghị quyết": 1, "Nghị định": 2, "Quyết định": 3}
_LOWEST = 4


class Duplicates:
    """Findings counted with another one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def candidates(self, person: Person, finding_id: int, text: str = "") -> list[FindingRow]:
        """Return findings this one may repeat: same group of papers, not below its own rank.

        First those of acts that the act itself names, then of the act itself, then others. With
        ``text`` whatever the person may see and the words match. At most 20.
        """
        with self._store.read() as db:
            own = visible(db, person, finding_id, "duplicates.candidates")
            seen = scope(person, "duplicates.candidates")
            wanted = FindingFilter(
                campaign_id=own.campaign_id, category=own.category[:1], text=text.strip()
            )
            rows = db.execute(
                select(*ROW_COLUMNS, t.acts.c.type.label("act_type"))
                .select_from(joined())
                .where(
                    *conditions(wanted, seen, self._store.today()),
                    t.findings.c.id != finding_id,
                    t.findings.c.state != "loai_bo",
                )
                .order_by(t.findings.c.act_id, t.findings.c.place)
            ).all()
            act = db.execute(
                select(t.acts.c.type, t.act_versions.c.text)
                .join(t.act_versions, t.act_versions.c.id == t.acts.c.version_id)
                .where(t.acts.c.id == own.act_id)
            ).one()
        rank = _rank(act.type)
        named = {row.number for row in rows if row.number and row.number in act.text}
        near = [
            row
            for row in rows
            if text.strip()
            or row.act_id == own.act_id
            or (row.category == own.category and _rank(row.act_type) < rank)
        ]
        near.sort(key=lambda row: (row.number not in named, row.act_id != own.act_id))
        return [finding_row(row) for row in near[:_OFFERED]]

    def merge(
        self, person: Person, finding_id: int, version: int, parent_id: int, note: str = ""
    ) -> MergeView:
        """Count the finding with ``parent_id``: set aside as N22, listed there.

        Raises RS-563 (itself, a child, or a finding that has children), RS-504, ``Conflict``.
        """
        with self._store.write() as db:
            row = visible(db, person, finding_id, "duplicates.merge")
            parent = visible(db, person, parent_id, "findings.get")
            for either in sorted((finding_id, parent_id)):
                lock(db, either)
            row = read_finding(db, finding_id) or row
            _check_pair(db, row, parent)
            now = self._store.now()
            check_free(db, person, finding_id, now)
            details = {"parent": parent_id, "parent_place": _place(parent)}
            take(db, person, row, version, Step("reject", CODE, note, details), now)
            _write(db, person, finding_id, parent_id, note, now)
            return _children(db, parent_id, finding_id)[0]

    def undo(self, person: Person, finding_id: int, version: int, note: str = "") -> None:
        """Take the finding out again: it is a suggestion as before, the merge stays in history."""
        with self._store.write() as db:
            row = visible(db, person, finding_id, "duplicates.undo")
            lock(db, finding_id)
            row = read_finding(db, finding_id) or row
            step = Step("reopen", note=note)
            if parent_of(db, finding_id) is None:
                if row.version != version:
                    raise conflict(db, row, step)
                raise ERRORS.error(
                    "RS-563", reason="phát hiện này không được gộp với phát hiện nào"
                )
            take(db, person, row, version, step, self._store.now())
            part(db, person, finding_id, self._store.now())

    def children(self, person: Person, finding_id: int) -> list[MergeView]:
        """Return what is counted with the finding, as far as the person may see it."""
        with self._store.read() as db:
            visible(db, person, finding_id, "duplicates.children")
            seen = scope(person, "duplicates.children")
            return [
                view
                for view in _children(db, finding_id)
                if seen is None or view.finding.agency in seen
            ]

    def parent(self, person: Person, finding_id: int) -> MergeView | None:
        """Return what the finding is counted with, None where it stands for itself."""
        with self._store.read() as db:
            visible(db, person, finding_id, "duplicates.parent")
            parent_id = parent_of(db, finding_id)
            if parent_id is None:
                return None
            seen = scope(person, "duplicates.parent")
            row = db.execute(
                select(*ROW_COLUMNS)
                .select_from(joined())
                .where(t.findings.c.id == parent_id, in_scope(seen))
            ).one_or_none()
            merge = db.execute(_current(finding_id)).one()
        return MergeView(finding_row(row), merge.name, merge.at, merge.note) if row else None


def parent_of(db: Connection, finding_id: int) -> int | None:
    """Return what the finding is counted with."""
    row = db.execute(_current(finding_id)).one_or_none()
    return row.parent_id if row else None


def check_childless(db: Connection, finding_id: int) -> None:
    """Raise RS-563 while other findings are counted with this one: they would lose their place."""
    if count := len(_children(db, finding_id)):
        reason = f"phát hiện này đang gộp {count} phát hiện khác; hãy bỏ gộp chúng trước"
        raise ERRORS.error("RS-563", reason=reason)


def part(db: Connection, person: Person, finding_id: int, now: datetime) -> None:
    """End the merge of a finding that was decided on anew; nothing where there is none."""
    if parent_of(db, finding_id) is not None:
        _write(db, person, finding_id, None, "", now)


def _check_pair(db: Connection, child: Row, parent: Row) -> None:
    reason = ""
    if child.id == parent.id:
        reason = "không gộp một phát hiện với chính nó"
    elif parent_of(db, parent.id) is not None:
        reason = "phát hiện được chọn đã gộp vào phát hiện khác; hãy gộp vào phát hiện đó"
    elif parent.state == "loai_bo":
        reason = "phát hiện được chọn đã bị loại bỏ"
    elif child.campaign_id != parent.campaign_id:
        reason = "hai phát hiện thuộc hai đợt rà soát"
    if reason:
        raise ERRORS.error("RS-563", reason=reason)
    check_childless(db, child.id)


def _place(row: Row) -> str:
    return f"{row.label} {row.number}".strip()


def _rank(kind: str) -> int:
    return _RANKS.get(kind, _LOWEST)


def _current(finding_id: int) -> Select:
    return (
        select(t.merges, t.people.c.name)
        .join(t.people, t.people.c.id == t.merges.c.written_by)
        .where(t.merges.c.child_id == finding_id, latest(t.merges, "child_id"))
    )


def _children(db: Connection, parent_id: int, only: int | None = None) -> list[MergeView]:
    writer = t.people.alias("writer")
    rows = db.execute(
        select(
            *ROW_COLUMNS,
            t.merges.c.at.label("merged_at"),
            t.merges.c.note.label("merge_note"),
            writer.c.name.label("merged_by"),
        )
        .select_from(
            joined()
            .join(t.merges, t.merges.c.child_id == t.findings.c.id)
            .join(writer, writer.c.id == t.merges.c.written_by)
        )
        .where(
            t.merges.c.parent_id == parent_id,
            latest(t.merges, "child_id"),
            *([] if only is None else [t.findings.c.id == only]),
        )
        .order_by(t.findings.c.act_id, t.findings.c.place)
    )
    return [
        MergeView(finding_row(row), row.merged_by, row.merged_at, row.merge_note) for row in rows
    ]


def _write(
    db: Connection, by: Person, child_id: int, parent_id: int | None, note: str, now: datetime
) -> None:
    before = db.scalar(select(func.max(t.merges.c.sequence)).where(t.merges.c.child_id == child_id))
    db.execute(
        insert(t.merges).values(
            child_id=child_id,
            sequence=(before or 0) + 1,
            parent_id=parent_id,
            note=note.strip(),
            at=now,
            written_by=by.id,
        )
    )
