"""Procedures from files of the portal, and their dossiers screened paper by paper.

What the machine says of a paper is a suggestion beside the procedure; it makes no finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from corpus.agency import shipped
from corpus.procedure import ProcedureRecord, read_procedures
from corpus.records import Act, Head, Provision, RawDocument
from review import agencies
from review.acts.library import Screen
from review.campaigns.campaign import read_campaign
from review.errors import ERRORS
from review.findings.query import conditions, listed
from review.job import Jobs, Report
from review.people.permission import allows, check, scope
from review.programme.procedure import read
from review.records import FindingFilter, FindingRow, JobView, Person
from review.records.procedure import Component, DossierView, ProcedureLoad, Suggestion
from review.store import tables as t
from review.store.engine import Store

KIND = "thu_tuc"  # kind of the jobs
_CANDIDATES = 50
_STEM = "1. Hồ sơ gồm:"
_TOLD = 200  # doubts kept of one file


class Dossiers:
    """The papers that procedures ask for."""

    def __init__(self, store: Store, jobs: Jobs, screen: Screen) -> None:
        self._store = store
        self._jobs = jobs
        self._screen = screen

    def start(
        self, person: Person, campaign_id: int, name: str, data: bytes, agency: str = ""
    ) -> JobView:
        """Queue ``load``; the job's result is what ``ProcedureLoad`` holds."""
        check(person, "dossiers.start")

        def work(report: Report) -> Mapping[str, object]:
            done = self.load(person, campaign_id, name, data, agency, report)
            return {
                "added": done.added,
                "known": done.known,
                "refused": done.refused,
                "suggestions": done.suggestions,
                "doubts": list(done.doubts),
            }

        return self._jobs.submit(person, KIND, f"Nạp thủ tục «{name}»", work)

    def load(
        self,
        person: Person,
        campaign_id: int,
        name: str,
        data: bytes,
        agency: str = "",
        report: Report | None = None,
    ) -> ProcedureLoad:
        """Add the procedures of a file, each with its dossier screened.

        ``agency`` is responsible where neither a row nor the number of its decision says who.
        Procedures of agencies the person may not write for are counted, not added. Raises RS-123,
        RS-601, RS-602, ``Forbidden``.
        """
        check(person, "dossiers.load")
        if agency and not agencies.exists(agency):
            raise ERRORS.error("RS-602", agency=agency)
        file = read_procedures(name, data)
        with self._store.read() as db:
            as_of = read_campaign(db, campaign_id).basis_date
        doubts = [doubt.message for doubt in file.doubts]
        ready, refused = [], 0
        for done, record in enumerate(file.rows, 1):
            responsible = _agency(record, self._store.today()) or agency
            if not responsible or not allows(person, "procedures.add", responsible):
                refused += 1
                whose = agencies.name_of(responsible) if responsible else "không rõ cơ quan"
                doubts.append(f"{record.code} ({record.place}): không nạp, {whose}.")
                continue
            ready.append((record, responsible, screened(record.components, self._screen, as_of)))
            if report:
                report(done, len(file.rows), record.code)
        with self._store.write() as db:
            added = sum(
                self._keep(db, person, campaign_id, name, record, responsible, found)
                for record, responsible, found in ready
            )
        suggestions = sum(len(one["suggestions"]) for _, _, found in ready for one in found[0])
        return ProcedureLoad(added, len(ready) - added, refused, suggestions, tuple(doubts[:_TOLD]))

    def of(self, person: Person, procedure_id: int) -> DossierView | None:
        """Return the newest dossier of a procedure, None where none was read; RS-601, RS-411."""
        with self._store.read() as db:
            check(person, "dossiers.of", read(db, procedure_id).agency)
            row = _newest(db, procedure_id)
        if row is None:
            return None
        components = tuple(
            Component(one["text"], tuple(Suggestion(*held) for held in one["suggestions"]))
            for one in row.components
        )
        return DossierView(
            components, tuple(row.bases), row.ruleset, row.document, row.person, row.at
        )

    def candidates(self, person: Person, procedure_id: int) -> list[FindingRow]:
        """Return findings in the acts a procedure rests on that are not linked to it, at most 50.

        Raises RS-601, ``Forbidden``.
        """
        with self._store.read() as db:
            procedure = read(db, procedure_id)
            check(person, "dossiers.candidates", procedure.agency)
            row = _newest(db, procedure_id)
            if row is None or not row.bases:
                return []
            seen = scope(person, "dossiers.candidates")
            wanted = FindingFilter(campaign_id=procedure.campaign_id)
            linked = select(t.procedure_findings.c.finding_id).where(
                t.procedure_findings.c.procedure_id == procedure_id
            )
            return listed(
                db,
                *conditions(wanted, seen, self._store.today()),
                t.acts.c.number.in_(row.bases),
                t.findings.c.state != "loai_bo",
                t.findings.c.id.not_in(linked),
                most=_CANDIDATES,
            )

    def _keep(
        self,
        db: Connection,
        person: Person,
        campaign_id: int,
        name: str,
        record: ProcedureRecord,
        agency: str,
        found: tuple[list[dict[str, Any]], str],
    ) -> bool:
        """Write one procedure and its dossier; False where the procedure was there."""
        now = self._store.now()
        known = db.scalar(
            select(t.procedures.c.id).where(
                t.procedures.c.campaign_id == campaign_id,
                t.procedures.c.code == record.code,
                t.procedures.c.agency == agency,
            )
        )
        added = known is None
        if known is None:
            known = db.execute(
                insert(t.procedures).values(
                    campaign_id=campaign_id,
                    code=record.code,
                    name=record.name,
                    agency=agency,
                    decision=record.decision,
                    note="",
                    version=1,
                    written_by=person.id,
                    written_at=now,
                )
            ).inserted_primary_key[0]
        components, ruleset = found
        standing = _newest(db, known)
        same = standing is not None and (standing.components, standing.bases, standing.ruleset) == (
            components, list(record.bases), ruleset,
        )  # fmt: skip
        if not same:
            db.execute(
                insert(t.procedure_dossiers).values(
                    procedure_id=known,
                    components=components,
                    suggestions=sum(len(one["suggestions"]) for one in components),
                    bases=list(record.bases),
                    ruleset=ruleset,
                    document=f"{name}: {record.place}" if record.place != name else name,
                    at=now,
                    written_by=person.id,
                )
            )
        return added


def _agency(record: ProcedureRecord, today: date) -> str:
    """Return who answers for a procedure: the agency named, else the issuer of its decision."""
    named = shipped().find(record.agency) if record.agency else None
    if named:
        return agencies.today_of(named.code, today)
    issuers = shipped().issuers_from_number(record.decision) if record.decision else ()
    return agencies.today_of(issuers[0].code, today) if issuers else ""


def screened(
    components: Sequence[str], screen: Screen, as_of: date
) -> tuple[list[dict[str, Any]], str]:
    """Return the papers with what the criteria say of each, and the version of the criteria.

    The screen reads them as the points of a clause «Hồ sơ gồm», as an act would print them.
    """
    text, provisions = f"Điều 1. Thành phần hồ sơ\n{_STEM}\n", []
    provisions.append(
        Provision("dieu-1", "dieu", "Điều 1", "Thành phần hồ sơ", text[:24], 0, 24, children=[1])
    )
    provisions.append(
        Provision(
            "dieu-1/khoan-1", "khoan", "khoản 1 Điều 1", "", _STEM, 25, len(text) - 1, parent=0
        )
    )
    for number, words in enumerate(components, 1):
        line = f"- {words};"
        path = f"dieu-1/khoan-1/doan-{number}"
        label = f"đoạn {number} khoản 1 Điều 1"
        at = len(text)
        provisions.append(Provision(path, "doan", label, "", line, at, at + len(line), parent=1))
        provisions[1].children.append(len(provisions) - 1)
        text += f"{line}\n"
    for one in provisions[:2]:
        one.subtree_end = len(text) - 1
    act = Act(RawDocument("ho-so", "text", text), Head(), provisions)
    result = screen(act, as_of)
    found: dict[int, list[list[Any]]] = {}
    for one in result.findings:
        if one.provision >= 2:
            found.setdefault(one.provision - 2, []).append(
                [one.category, one.quote, one.severity, list(one.sources)]
            )
    papers = [
        {"text": words, "suggestions": found.get(place, [])}
        for place, words in enumerate(components)
    ]
    return papers, result.ruleset


def _newest(db: Connection, procedure_id: int) -> Row | None:
    return db.execute(
        select(t.procedure_dossiers, t.people.c.name.label("person"))
        .join(t.people, t.people.c.id == t.procedure_dossiers.c.written_by)
        .where(t.procedure_dossiers.c.procedure_id == procedure_id)
        .order_by(t.procedure_dossiers.c.id.desc())
        .limit(1)
    ).one_or_none()
