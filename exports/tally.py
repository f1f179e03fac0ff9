"""Counts over the rows of an export: always from the rows, never from a second source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from exports import terms
from review.reports.records import FindingLine, ReportData


@dataclass(frozen=True, slots=True)
class TypeRow:
    """Acts of one type and what was found in them."""

    type: str
    acts: int
    reviewed: int
    with_findings: int
    provisions: int
    findings: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Findings of one category group by severity (index = M)."""

    group: str
    findings: int
    provisions: int
    by_severity: tuple[int, int, int, int, int]


def provisions(findings: Iterable[FindingLine]) -> int:
    """Return the number of «quy định»: two findings on one provision count once."""
    return len({finding.provision for finding in findings})


def by_type(data: ReportData) -> list[TypeRow]:
    """Return a row for each type of act that occurs, highest rank first."""
    names = terms.load()
    type_of = {act.act_id: names.type_of(act.type) for act in data.acts}
    rows = []
    for kind in names.types:
        acts = [act for act in data.acts if type_of[act.act_id] == kind]
        found = [finding for finding in data.findings if type_of[finding.act_id] == kind]
        if acts:
            rows.append(
                TypeRow(
                    kind,
                    len(acts),
                    sum(act.reviewed for act in acts),
                    len({finding.act_id for finding in found}),
                    provisions(found),
                    len(found),
                )
            )
    return rows


def by_group(data: ReportData) -> list[GroupRow]:
    """Return a row for each category group that occurs."""
    rows = []
    for group in sorted({finding.group for finding in data.findings}):
        found = [finding for finding in data.findings if finding.group == group]
        severities = Counter(finding.severity for finding in found)
        levels = (severities[0], severities[1], severities[2], severities[3], severities[4])
        rows.append(GroupRow(group, len(found), provisions(found), levels))
    return rows


def by_handling(data: ReportData) -> list[tuple[str, int, int]]:
    """Return (handling form, acts, findings), most findings first; «Chưa đề xuất» comes last."""
    missing = terms.load().no_proposal
    return _grouped(data, lambda line: line.proposal.handling_name if line.proposal else missing)


def by_instrument(data: ReportData) -> list[tuple[str, int, int]]:
    """Return (amending instrument, acts to amend, findings), most findings first."""
    missing = terms.load().no_proposal
    return _grouped(
        data,
        lambda line: (line.proposal.instrument or "Chưa xác định") if line.proposal else missing,
    )


def by_lead(data: ReportData) -> list[tuple[str, int, int]]:
    """Return (lead agency of the proposal, acts, findings), most findings first."""
    missing = terms.load().no_proposal
    return _grouped(
        data, lambda line: (line.proposal.lead or "Chưa xác định") if line.proposal else missing
    )


def by_deadline(data: ReportData) -> list[tuple[date | None, int]]:
    """Return (deadline, findings) in order of time; None, «chưa định thời hạn», comes last."""
    deadlines = Counter(line.proposal.deadline for line in data.findings if line.proposal)
    return sorted(deadlines.items(), key=lambda item: (item[0] is None, item[0] or date.min))


def by_severity(data: ReportData) -> list[tuple[int, int]]:
    """Return (M, findings), gravest first, levels without findings left out."""
    return sorted(Counter(line.severity for line in data.findings).items(), reverse=True)


def _grouped(data: ReportData, name_of: Callable[[FindingLine], str]) -> list[tuple[str, int, int]]:
    groups: dict[str, list[FindingLine]] = {}
    for finding in data.findings:
        groups.setdefault(name_of(finding), []).append(finding)
    last = terms.load().no_proposal
    rows = [
        (name, len({line.act_id for line in lines}), len(lines)) for name, lines in groups.items()
    ]
    return sorted(rows, key=lambda row: (row[0] == last, -row[2], row[0]))
