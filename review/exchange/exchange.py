"""Tables that ministries fill in and send back: differences by cell, conflicts, nothing unasked.

A change is measured against the proposal version that was sent out, so what somebody else wrote
meanwhile is seen as a conflict and never overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, Row, func, insert, select

from corpus.errors import RasoatError
from review.acts.filtering import in_scope
from review.errors import ERRORS
from review.exchange.log import add_file
from review.exchange.records import (
    Applied,
    CellChange,
    ImportRow,
    Preview,
    RowProblem,
    SentFile,
    SentRow,
)
from review.exchange.values import EMPTY, FIELDS, Unreadable, read, say
from review.people.permission import check, scope
from review.proposals.proposal import Proposals
from review.records import Person, ProposalInput, ProposalView
from review.state import FINDING_STATES, allowed
from review.store import tables as t
from review.store.engine import Store

_STRANGE = "mã phát hiện không có trong đợt này hoặc không thuộc cơ quan của bạn"
_TWICE = "mã phát hiện có ở nhiều dòng"
_LISTED = 50


class Exchange:
    """The way back of BM-03; every change of a cell leaves a row of its own."""

    def __init__(self, store: Store, proposals: Proposals) -> None:
        self._store = store
        self._proposals = proposals

    def preview(self, person: Person, campaign_id: int, rows: Sequence[SentRow]) -> Preview:
        """Return what the rows would change; reads only."""
        seen = scope(person, "exchange.preview")
        ids = [row.finding_id for row in rows if row.finding_id is not None]
        repeated = {number for number, times in Counter(ids).items() if times > 1}
        with self._store.read() as db:
            findings = {
                row.id: row
                for row in db.execute(
                    select(
                        t.findings.c.id,
                        t.findings.c.label,
                        t.findings.c.state,
                        t.acts.c.number,
                        t.acts.c.agency,
                    )
                    .join(t.acts, t.acts.c.id == t.findings.c.act_id)
                    .where(t.acts.c.campaign_id == campaign_id, in_scope(seen))
                )
            }
            versions = _versions(db, campaign_id)
        found = _Findings(findings, versions, repeated)
        for row in rows:
            found.take(row)
        return Preview(tuple(found.changes), tuple(found.problems), found.unchanged, len(rows))

    def apply(
        self, person: Person, campaign_id: int, file: SentFile, chosen: Iterable[CellChange]
    ) -> Applied:
        """Write the chosen cells, a proposal version for each finding, and log every cell.

        A proposal that somebody saved since the preview is refused, with who wrote it; so is a row
        the service of proposals refuses. What was refused is in the answer, the rest is written.
        """
        check(person, "exchange.apply")
        by_finding: dict[int, list[CellChange]] = {}
        for change in chosen:
            by_finding.setdefault(change.finding_id, []).append(change)
        if not by_finding:
            raise ERRORS.error("RS-713")
        with self._store.write() as db:
            import_id = add_file(db, person, campaign_id, file, self._store.now())
        written, refused = 0, []
        for finding_id, changes in by_finding.items():
            try:
                written += self._write(person, import_id, finding_id, changes)
            except RasoatError as error:
                refused.append(RowProblem(changes[0].place, finding_id, str(error)))
        return Applied(import_id, written, len(by_finding) - len(refused), tuple(refused))

    def imports(self, person: Person, campaign_id: int) -> list[ImportRow]:
        """Return the files that came in, newest first; a ministry sees its own people's."""
        seen = scope(person, "exchange.imports")
        where = [t.exchange_imports.c.campaign_id == campaign_id]
        if seen is not None:
            where.append(
                t.exchange_imports.c.written_by.in_(
                    select(t.memberships.c.person_id).where(t.memberships.c.agency.in_(seen))
                )
            )
        changes = func.count(t.exchange_changes.c.id)
        with self._store.read() as db:
            rows = db.execute(
                select(t.exchange_imports, t.people.c.name, changes.label("changes"))
                .join(t.people, t.people.c.id == t.exchange_imports.c.written_by)
                .outerjoin(
                    t.exchange_changes, t.exchange_changes.c.import_id == t.exchange_imports.c.id
                )
                .where(*where)
                .group_by(t.exchange_imports.c.id, t.people.c.name)
                .order_by(t.exchange_imports.c.id.desc())
                .limit(_LISTED)
            ).all()
        return [
            ImportRow(
                row.id, row.kind, row.filename, row.digest, row.rows, row.changes, row.name, row.at
            )
            for row in rows
        ]

    def _write(
        self, person: Person, import_id: int, finding_id: int, changes: Sequence[CellChange]
    ) -> int:
        standing = self._proposals.get(person, finding_id)
        entered = _merged(standing, changes)
        saved = self._proposals.save(person, finding_id, changes[0].on_version, entered)
        now = self._store.now()
        with self._store.write() as db:
            db.execute(
                insert(t.exchange_changes),
                [
                    {
                        "import_id": import_id,
                        "finding_id": finding_id,
                        "field": change.field,
                        "old": change.standing,
                        "new": change.new,
                        "place": change.place,
                        "version": saved.version,
                        "at": now,
                        "written_by": person.id,
                    }
                    for change in changes
                ],
            )
        return len(changes)


def _merged(standing: ProposalView, changes: Sequence[CellChange]) -> ProposalInput:
    """Return what stands with the chosen cells; what a form would prefill is nobody's word yet."""
    values = dict(EMPTY)
    if standing.version:
        values = {name: getattr(standing.input, name) for name in FIELDS}
    values |= {change.field: change.value for change in changes}
    return ProposalInput(**values)


class _Findings:
    """The findings of a ministry, against which rows are held one by one."""

    def __init__(
        self,
        findings: Mapping[int, Row],
        versions: Mapping[int, Mapping[int, Row]],
        repeated: set[int],
    ) -> None:
        self._findings, self._versions, self._repeated = findings, versions, repeated
        self.changes: list[CellChange] = []
        self.problems: list[RowProblem] = []
        self.unchanged = 0

    def take(self, row: SentRow) -> None:
        """Hold one row against its finding; what cannot be taken over is a problem."""
        reason = self._why_not(row)
        if reason:
            self.problems.append(RowProblem(row.place, row.finding_id, reason))
            return
        self.problems += [RowProblem(row.place, row.finding_id, p) for p in row.problems]
        assert row.finding_id is not None
        versions = self._versions.get(row.finding_id, {})
        newest = max(versions, default=0)
        sent = _values(versions.get(row.version))
        standing = _values(versions.get(newest))
        found, wrong = self._cells(row, sent, standing, newest, versions.get(newest))
        finding = self._findings[row.finding_id]
        if found and not allowed("propose", finding.state):
            state = FINDING_STATES[finding.state]
            self.problems.append(
                RowProblem(
                    row.place, row.finding_id, f"phát hiện đang ở bước «{state}», không sửa được"
                )
            )
            return
        self.changes += found
        self.unchanged += not found and not wrong and not row.problems

    def _why_not(self, row: SentRow) -> str:
        if row.finding_id is None:
            return "dòng không có mã phát hiện"
        if row.finding_id not in self._findings:
            return _STRANGE
        if row.finding_id in self._repeated:
            return _TWICE
        if row.version and row.version not in self._versions.get(row.finding_id, {}):
            return "phiên bản đề xuất ghi trong tệp không có; xuất lại bảng rồi điền"
        return ""

    def _cells(
        self,
        row: SentRow,
        sent: Mapping[str, object],
        standing: Mapping[str, object],
        newest: int,
        proposal: Row | None,
    ) -> tuple[list[CellChange], bool]:
        finding = self._findings[row.finding_id or 0]
        found, wrong = [], False
        for field, given in row.values.items():
            try:
                new = read(field, given)
            except Unreadable as reason:
                self.problems.append(
                    RowProblem(row.place, row.finding_id, f"ô «{FIELDS[field]}»: {reason}")
                )
                wrong = True
                continue
            if new in (sent[field], standing[field]):
                continue
            found.append(
                CellChange(
                    place=row.place,
                    finding_id=finding.id,
                    number=finding.number,
                    label=finding.label,
                    field=field,
                    name=FIELDS[field],
                    sent=say(field, sent[field]),
                    standing=say(field, standing[field]),
                    new=say(field, new),
                    value=new,
                    on_version=newest,
                    conflict=standing[field] != sent[field],
                    who=proposal.name if proposal else "",
                    at=proposal.at if proposal else None,
                )
            )
        return found, wrong


def _versions(db: Connection, campaign_id: int) -> dict[int, dict[int, Row]]:
    rows = db.execute(
        select(t.proposals, t.people.c.name)
        .join(t.findings, t.findings.c.id == t.proposals.c.finding_id)
        .join(t.acts, t.acts.c.id == t.findings.c.act_id)
        .join(t.people, t.people.c.id == t.proposals.c.written_by)
        .where(t.acts.c.campaign_id == campaign_id)
    )
    found: dict[int, dict[int, Row]] = {}
    for row in rows:
        found.setdefault(row.finding_id, {})[row.version] = row
    return found


def _values(row: Row | None) -> dict[str, object]:
    """Return a proposal's fields as a table shows them; blank ones where there is none."""
    if row is None:
        return dict(EMPTY)
    deadline: date | None = row.deadline
    return {
        "handling": row.handling,
        "new_text": row.new_text,
        "reason": row.reason,
        "instrument": row.instrument,
        "lead_agency": row.lead_agency,
        "co_agencies": tuple(row.co_agencies),
        "deadline": deadline,
    }
