"""Administrative procedures: which provision each rests on, and the decision that publishes it.

NĐ 104/2022/NĐ-CP Đ15.1: where paper gives way to data, the published procedure must say that data
of the population database is read first. A ministry or province sees its own checklist.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Row, delete, func, insert, select

from review import agencies
from review.acts.filtering import in_scope
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS, NotFound
from review.findings.decision import visible
from review.findings.query import listed
from review.people.permission import check, scope
from review.records import FindingRow, Person
from review.records.follow_up import ProcedureInput, ProcedureView
from review.store import tables as t
from review.store.engine import Store
from review.store.versioned import write_version


class Procedures:
    """The checklist of procedures of a campaign."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(
        self, person: Person, campaign_id: int, *, open_only: bool = False
    ) -> list[ProcedureView]:
        """Return the procedures of the agencies the person may see, by agency and code."""
        seen = scope(person, "procedures.list")
        statement = select(t.procedures).where(t.procedures.c.campaign_id == campaign_id)
        if seen is not None:
            statement = statement.where(t.procedures.c.agency.in_(sorted(seen)))
        with self._store.read() as db:
            rows = db.execute(statement.order_by(t.procedures.c.agency, t.procedures.c.code)).all()
            counts, suggested = _counts(db), _suggested(db)
        found = [view(row, counts.get(row.id, 0), suggested.get(row.id, 0)) for row in rows]
        return [one for one in found if not (open_only and one.complete)]

    def get(self, person: Person, procedure_id: int) -> ProcedureView:
        """Return one procedure; raises RS-601, RS-411."""
        with self._store.read() as db:
            row = read(db, procedure_id)
            check(person, "procedures.get", row.agency)
            counts, suggested = _counts(db), _suggested(db)
        return view(row, counts.get(row.id, 0), suggested.get(row.id, 0))

    def of_finding(self, person: Person, finding_id: int) -> list[ProcedureView]:
        """Return the procedures that rest on a provision; raises RS-601, RS-411."""
        with self._store.read() as db:
            visible(db, person, finding_id, "procedures.of_finding")
            rows = db.execute(
                select(t.procedures)
                .join(
                    t.procedure_findings, t.procedure_findings.c.procedure_id == t.procedures.c.id
                )
                .where(t.procedure_findings.c.finding_id == finding_id)
                .order_by(t.procedures.c.code)
            ).all()
            counts = _counts(db)
        return [view(row, counts.get(row.id, 0)) for row in rows]

    def add(self, person: Person, campaign_id: int, entered: ProcedureInput) -> ProcedureView:
        """Add a procedure; raises RS-587 (incomplete, or its code is taken), RS-602, RS-411."""
        if not agencies.exists(entered.agency):
            raise ERRORS.error("RS-602", agency=entered.agency)
        check(person, "procedures.add", entered.agency)
        if not entered.code.strip() or not entered.name.strip():
            raise ERRORS.error("RS-587", reason="thiếu mã hoặc tên thủ tục")
        with self._store.write() as db:
            read_campaign(db, campaign_id)
            taken = db.scalar(
                select(t.procedures.c.id).where(
                    t.procedures.c.campaign_id == campaign_id,
                    t.procedures.c.code == entered.code.strip(),
                    t.procedures.c.agency == entered.agency,
                )
            )
            if taken:
                raise ERRORS.error("RS-587", reason=f"mã {entered.code} đã có")
            added = db.execute(
                insert(t.procedures).values(
                    campaign_id=campaign_id,
                    code=entered.code.strip(),
                    name=entered.name.strip(),
                    agency=entered.agency,
                    decision="",
                    note=entered.note.strip(),
                    version=1,
                    written_by=person.id,
                    written_at=self._store.now(),
                )
            ).inserted_primary_key[0]
            return view(read(db, added), 0)

    def publish(
        self,
        person: Person,
        procedure_id: int,
        version: int,
        *,
        decision: str,
        published: date | None,
        uses_data: bool | None,
    ) -> ProcedureView:
        """Record the decision that publishes the procedure and whether it puts data first.

        Raises RS-587 (a date without a decision, or in the future), ``Conflict`` RS-501, RS-411.
        """
        if published and (not decision.strip() or published > self._store.today()):
            raise ERRORS.error(
                "RS-587", reason="ngày công bố cần số quyết định và không ở tương lai"
            )
        with self._store.write() as db:
            standing = read(db, procedure_id)
            check(person, "procedures.publish", standing.agency)
            mine = {"decision": decision.strip(), "published": published, "uses_data": uses_data}
            write_version(db, t.procedures, standing, version, mine, person, self._store.now())
            return view(read(db, procedure_id), _counts(db).get(procedure_id, 0))

    def findings(self, person: Person, procedure_id: int) -> list[FindingRow]:
        """Return the findings a procedure rests on, in reading order; raises RS-601, RS-411."""
        with self._store.read() as db:
            check(person, "procedures.findings", read(db, procedure_id).agency)
            seen = scope(person, "procedures.findings")
            linked = select(t.procedure_findings.c.finding_id).where(
                t.procedure_findings.c.procedure_id == procedure_id
            )
            return listed(db, t.findings.c.id.in_(linked), in_scope(seen))

    def unlink(self, person: Person, procedure_id: int, finding_id: int) -> None:
        """Take back a link; the audit log keeps it. Raises RS-601, RS-411."""
        with self._store.write() as db:
            check(person, "procedures.unlink", read(db, procedure_id).agency)
            visible(db, person, finding_id, "procedures.unlink")
            db.execute(
                delete(t.procedure_findings).where(
                    t.procedure_findings.c.procedure_id == procedure_id,
                    t.procedure_findings.c.finding_id == finding_id,
                )
            )

    def link(self, person: Person, procedure_id: int, finding_id: int) -> None:
        """Say that a procedure rests on a provision; a second time changes nothing."""
        with self._store.write() as db:
            procedure = read(db, procedure_id)
            check(person, "procedures.link", procedure.agency)
            visible(db, person, finding_id, "procedures.link")
            linked = db.scalar(
                select(t.procedure_findings.c.id).where(
                    t.procedure_findings.c.procedure_id == procedure_id,
                    t.procedure_findings.c.finding_id == finding_id,
                )
            )
            if not linked:
                db.execute(
                    insert(t.procedure_findings).values(
                        procedure_id=procedure_id,
                        finding_id=finding_id,
                        at=self._store.now(),
                        written_by=person.id,
                    )
                )


def read(db: Connection, procedure_id: int) -> Row:
    """Return a procedure; for services, which check. Raises ``NotFound`` RS-601."""
    row = db.execute(select(t.procedures).where(t.procedures.c.id == procedure_id)).one_or_none()
    if row is None:
        raise ERRORS.error("RS-601", NotFound, what="thủ tục", id=procedure_id)
    return row


def _counts(db: Connection) -> dict[int, int]:
    rows = db.execute(
        select(t.procedure_findings.c.procedure_id, func.count()).group_by(
            t.procedure_findings.c.procedure_id
        )
    )
    return dict(rows.tuples().all())


def _suggested(db: Connection) -> dict[int, int]:
    """Return the suggestions on the newest dossier of each procedure."""
    rows = db.execute(
        select(t.procedure_dossiers.c.procedure_id, t.procedure_dossiers.c.suggestions).order_by(
            t.procedure_dossiers.c.id
        )
    )
    return dict(rows.tuples().all())


def view(row: Row, findings: int, suggestions: int = 0) -> ProcedureView:
    """Return the record of a row of ``procedures``."""
    entered = ProcedureInput(row.code, row.name, row.agency, row.note)
    return ProcedureView(
        row.id, entered, row.decision, row.published, row.uses_data, findings, row.version,
        suggestions,
    )  # fmt: skip
