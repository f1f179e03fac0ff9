"""Rows of BM-01, BM-03, BM-04, BM-05 and BM-11 as values by column key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exports import collation, ordering, sampled, terms
from exports.excel.columns import Column, Sheet, sheet
from exports.word.annexes import basis, opinion_text, result
from review.proposals.proposal import HANDLINGS
from review.reports.records import ActLine, FindingLine, ReportData, SummaryLine

Value = str | int | date | None
Row = dict[str, Value]


def act_name(act: ActLine) -> str:
    """Return "Thông tư số 901/2021/TT-BYT"."""
    return f"{act.type} số {act.number}" if act.number else act.title


def bm01(data: ReportData) -> Iterator[Row]:
    """Yield the acts by ministry, rank of their type and number."""
    hits: dict[int, int] = {}
    for line in data.findings:
        hits[line.act_id] = hits.get(line.act_id, 0) + 1
    for place, act in enumerate(ordering.acts(data), 1):
        yield {
            "place": place,
            "agency": data.agencies.get(act.agency_code, act.agency_code),
            "type": act.type,
            "number": act.number,
            "issued": act.issued,
            "issuer": act.issuer,
            "title": act.title,
            "effective": act.effective,
            "validity": act.validity,
            "field": act.field,
            "unit": act.unit,
            "origin": act.origin,
            "result": result(act, act.act_id in hits),
            "findings": hits.get(act.act_id, 0),
            "undecided": act.undecided,
            "reviewer": act.reviewer,
            "reviewed_on": act.reviewed_on,
            "act_id": act.act_id,
        }


def bm03(data: ReportData) -> Iterator[Row]:
    """Yield the findings, act by act as in BM-01 and in their order in the act."""
    acts = {act.act_id: act for act in data.acts}
    names = {source.id: source.name for source in data.sources}
    for place, line in enumerate(ordering.findings(data), 1):
        yield _finding_row(data, line, acts[line.act_id], names) | {"place": place}


def _finding_row(
    data: ReportData, line: FindingLine, act: ActLine, source_names: dict[str, str]
) -> Row:
    names = terms.load()
    proposal = line.proposal
    later = "Phát sinh sau thời điểm chốt số liệu" if line.after_cut_off else ""
    return {
        "agency": data.agencies.get(line.agency_code, line.agency_code),
        "act": f"{act_name(act)}: {act.title}",
        "label": line.label,
        "text": line.text,
        "quote": line.quote,
        "problem": line.problem or line.category_name,
        "severity": names.severity(line.severity),
        "bases": ";\n".join(basis(entry) for entry in line.bases),
        "sources": "; ".join(source_names.get(code, code) for code in line.sources),
        "handling": proposal.handling_name if proposal else names.no_proposal,
        "new_text": proposal.new_text if proposal else "",
        "reason": proposal.reason if proposal else "",
        "instrument": proposal.instrument if proposal else "",
        "lead": proposal.lead if proposal else "",
        "coordinating": "; ".join(proposal.coordinating) if proposal else "",
        "deadline": proposal.deadline if proposal else None,
        "note": "; ".join(part for part in (line.note, later) if part),
        "finding_id": line.finding_id,
        "version": line.version,
        "proposal_version": proposal.version if proposal else 0,
        "act_id": line.act_id,
        "path": line.path,
        "agency_code": line.agency_code,
        "category": line.category,
    }


def bm04(data: ReportData) -> Iterator[Row]:
    """Yield a row for each finding that was put before the members."""
    acts = {act.act_id: act for act in data.acts}
    lines = {line.finding_id: line for line in data.findings}
    for place, board in enumerate(data.boards, 1):
        line = lines[board.finding_id]
        proposal = line.proposal
        parts = (proposal.handling_name, proposal.new_text) if proposal else ()
        yield {
            "place": place,
            "agency": data.agencies.get(line.agency_code, line.agency_code),
            "act": acts[line.act_id].number,
            "label": line.label,
            "proposal": ": ".join(part for part in parts if part),
            "status": _status(board.opened, board.unanimous, board.given, board.expected),
            "BTP": opinion_text(board, "BTP"),
            "BCA": opinion_text(board, "BCA"),
            "VPCP": opinion_text(board, "VPCP"),
            "task_force": board.task_force,
            "explanation": board.explanation,
            "conclusion": board.conclusion,
            "finding_id": board.finding_id,
            "version": line.version,
        }


def _status(opened: bool, unanimous: bool, given: int, expected: int) -> str:
    if not opened:
        return f"Chưa mở ({given}/{expected} ý kiến)"
    return "Thống nhất" if unanimous else "Chưa thống nhất"


def bm05_sheet(data: ReportData) -> Sheet:
    """Return BM-05 with a column for each type of act, category group and handling form."""
    names = terms.load()
    counted = tuple(
        Column(key, title, 8, "number", summed=True)
        for key, title in (
            *((f"type:{kind}", f"VB: {kind}") for kind in names.types),
            *((f"group:{group}", f"PH nhóm {group}") for group in names.groups),
            *((f"handling:{code}", f"PH: {_short(name)}") for code, name in HANDLINGS.items()),
        )
    )
    return sheet("BM-05").with_columns("agreed", counted)


def _short(name: str) -> str:
    return name.split(" (")[0]


def bm05(data: ReportData) -> Iterator[Row]:
    """Yield a row for each ministry, in Vietnamese alphabetical order."""
    names = terms.load()
    ordered = sorted(data.summary, key=lambda row: collation.key(row.agency))
    for place, row in enumerate(ordered, 1):
        punctual = {True: "Đúng hạn", False: "Trễ hạn", None: ""}[row.on_time]
        yield {
            "place": place,
            "agency": row.agency,
            "acts": row.acts,
            "reviewed": row.reviewed,
            "with_findings": row.with_findings,
            "provisions": row.provisions,
            "findings": row.findings,
            "proposed": row.proposed,
            **{f"type:{kind}": _of_type(row, kind) for kind in names.types},
            **{f"group:{group}": row.by_group.get(group, 0) for group in names.groups},
            **{f"handling:{code}": row.by_handling.get(code, 0) for code in HANDLINGS},
            "agreed": row.agreed,
            "not_agreed": row.not_agreed,
            "submitted": row.submitted,
            "punctual": punctual,
            "agency_code": row.agency_code,
        }


def _of_type(row: SummaryLine, kind: str) -> int:
    names = terms.load()
    return sum(times for name, times in row.by_type.items() if names.type_of(name) == kind)


def bm11(data: ReportData) -> Iterator[Row]:
    """Yield the electronic sources."""
    for place, source in enumerate(data.sources, 1):
        yield {
            "place": place,
            "name": source.name,
            "owner": source.owner,
            "replaces": source.replaces,
            "basis": source.basis,
            "mark": source.mark,
            "readiness": source.readiness,
            "figures": source.figures,
            "findings": source.findings,
            "id": source.id,
        }


def sample(data: ReportData) -> Iterator[Row]:
    """Yield the estimate of each ministry with acts; blank where no sample was read."""
    ordered = sorted(data.sampled, key=lambda line: collation.key(line.agency))
    for place, line in enumerate(ordered, 1):
        found = line.estimate
        low, likely, high = found.missed if found else (None, None, None)
        recall = found.recall if found else None
        yield {
            "place": place,
            "agency": line.agency,
            "rounds": line.rounds,
            "last_on": line.last_on,
            "population": found.population if found else None,
            "read": found.read if found else None,
            "hits": found.hits if found else None,
            "share": sampled.share(found.share) if found else "",
            "interval": sampled.interval(found) if found else "",
            "likely": likely,
            "low": low,
            "high": high,
            "recall": f"{sampled.share(recall[1])}, {sampled.share(recall[0])}" if recall else "",
            "agency_code": line.agency_code,
        }
