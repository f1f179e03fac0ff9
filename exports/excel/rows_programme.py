"""Rows of BM-02, BM-06 to BM-10 and BM-12 as values by column key."""

from __future__ import annotations

from collections.abc import Iterator

from exports import ordering
from exports.excel.columns import Column, Sheet, sheet
from exports.excel.rows import Row, act_name
from exports.formats import short_date
from exports.word.annexes import basis
from review.programme.step import plan
from review.reports.records import ActLine, FindingLine, ReportData

_KEPT = "GN"  # a provision that stays is no act to be amended
_SAID = {True: "Có", False: "Không", None: "Chưa rõ"}


def bm02(data: ReportData) -> Iterator[Row]:
    """Yield the lines of every phiếu rà soát; acts without findings need none (Đ151.2)."""
    acts = {act.act_id: act for act in data.acts}
    for place, line in enumerate(ordering.findings(data), 1):
        act = acts[line.act_id]
        proposal = line.proposal
        parts = (proposal.handling_name, proposal.new_text) if proposal else ()
        yield {
            "place": place,
            "agency": data.agencies.get(line.agency_code, line.agency_code),
            "act": f"{act_name(act)}: {act.title}",
            "aspect": "Nội dung",
            "label": line.label,
            "text": line.text,
            "bases": ";\n".join(basis(entry) for entry in line.bases),
            "assessment": line.problem or line.category_name,
            "proposal": ": ".join(part for part in parts if part),
            "reviewer": line.confirmed_by,
            "reviewed_on": act.reviewed_on,
            "finding_id": line.finding_id,
            "act_id": line.act_id,
        }


def bm06(data: ReportData) -> Iterator[Row]:
    """Yield the papers of procedures that data replaces, lists first, then the review's own."""
    for place, line in enumerate(data.programme.components, 1):
        yield {
            "place": place,
            "code": line.code,
            "procedure": line.procedure,
            "component": line.component,
            "database": line.database,
            "owner": line.owner,
            "act": line.act,
            "location": line.location,
            "field": line.field,
            "annex": line.annex,
            "origin": line.origin,
        }


def bm07(data: ReportData) -> Iterator[Row]:
    """Yield a row for each act and each way it is to be handled, in the order of BM-01."""
    progress = {line.act: line for line in data.programme.instruments}
    groups: dict[tuple[int, str, str, str], list[FindingLine]] = {}
    for line in ordering.findings(data):
        proposal = line.proposal
        if proposal is not None and proposal.handling != _KEPT:
            key = (line.act_id, proposal.handling_name, proposal.instrument, proposal.lead)
            groups.setdefault(key, []).append(line)
    acts = {act.act_id: act for act in data.acts}
    for place, (key, lines) in enumerate(groups.items(), 1):
        act_id, handling, instrument, lead = key
        act = acts[act_id]
        tracked = progress.get(act.number)
        deadlines = [line.proposal.deadline for line in lines if line.proposal]
        yield {
            "place": place,
            "agency": data.agencies.get(act.agency_code, act.agency_code),
            "type": act.type,
            "act": _named(act),
            "handling": handling,
            "content": "\n".join(_wish(line) for line in lines),
            "instrument": instrument,
            "lead": lead,
            "deadline": max((day for day in deadlines if day), default=None),
            "progress": "; ".join(p for p in (tracked.project, tracked.step) if p)
            if tracked
            else "",
            "findings": len(lines),
            "act_id": act_id,
        }


def _named(act: ActLine) -> str:
    issued = f" ngày {short_date(act.issued)}" if act.issued else ""
    return f"Số {act.number}{issued}; {act.title}" if act.number else act.title


def _wish(line: FindingLine) -> str:
    proposal = line.proposal
    parts = (proposal.new_text, proposal.reason) if proposal else ()
    said = "; ".join(part.strip().rstrip(".;") for part in parts if part.strip())
    return f"{line.label} (mã {line.finding_id}): {said or line.category_name}"


def bm08(data: ReportData) -> Iterator[Row]:
    """Yield the provisions that reviewers found to be no longer in force."""
    for place, line in enumerate(data.programme.expired, 1):
        yield {
            "place": place,
            "extent": "Một phần",
            "act": line.act,
            "provision": line.provision,
            "text": line.text,
            "reason": line.reason,
            "ended": None,
            "decided_on": line.decided_on,
            "finding_id": line.finding_id,
        }


def bm09(data: ReportData) -> Iterator[Row]:
    """Yield the acts that must be amended, the next due first."""
    for place, line in enumerate(data.programme.instruments, 1):
        named = f"{line.type} số {line.act}" if line.act else line.type
        yield {
            "place": place,
            "act": f"{named}: {line.title}" if line.title else named,
            "origin": line.origin,
            "agency": line.agency,
            "due": line.due,
            "project": line.project,
            "project_type": line.project_type,
            "lead": line.lead,
            "step": line.step,
            "issued": line.issued,
            "effective": line.effective,
            "verified": line.verified,
            "id": line.id,
        }


# Steps that the table has in any case (DOMAIN 4.1): to Government, to the Standing Committee, the
# sessions that hear and pass.
_ASKED = {"trinh-cp", "trinh-ubtvqh", "cho-y-kien", "thong-qua"}


def bm10_sheet(data: ReportData) -> Sheet:
    """Return BM-10: a step's dates, planned and done, and its session where it has one."""
    steps = plan().step_names
    used = {step[0] for project in data.programme.projects for step in project.steps}
    columns = []
    for code, name in steps.items():
        if used and code not in used | _ASKED:
            continue
        for which, said in (("planned", "dự kiến"), ("done", "xong")):
            columns.append(Column(f"step:{code}:{which}", f"{name} ({said})", 12, "date"))
        if code in plan().in_session:
            columns.append(Column(f"step:{code}:session", f"{name} (kỳ họp)", 14, "text"))
    return sheet("BM-10").with_columns("basis", tuple(columns))


def bm10(data: ReportData) -> Iterator[Row]:
    """Yield the projects of the programme by year, kind and title."""
    for place, line in enumerate(data.programme.projects, 1):
        cells: Row = {
            f"step:{code}:{which}": None
            for code in plan().step_names
            for which in ("planned", "done", "session")
        }
        for code, planned, done, session in line.steps:
            cells |= {
                f"step:{code}:planned": planned,
                f"step:{code}:done": done,
                f"step:{code}:session": session,
            }
        yield cells | {
            "place": place,
            "name": line.title,
            "kind": line.kind,
            "lead": line.lead,
            "coordinating": line.coordinating,
            "year": line.year,
            "basis": line.basis,
            "number": line.number,
            "findings": ", ".join(map(str, line.findings)),
            "note": line.note,
            "id": line.id,
        }


def bm12(data: ReportData) -> Iterator[Row]:
    """Yield the procedures with the decision that publishes each."""
    for place, line in enumerate(data.programme.procedures, 1):
        yield {
            "place": place,
            "agency": line.agency,
            "code": line.code,
            "name": line.name,
            "decision": line.decision,
            "published": line.published,
            "uses_data": _SAID[line.uses_data],
            "provinces": line.provinces,
            "findings": ", ".join(map(str, line.findings)),
            "note": line.note,
            "id": line.id,
        }
