"""Figures, digest and BM-05 of a report, from its rows; pandas stays inside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

import pandas as pd

from review.reports import sealing
from review.reports.records import (
    ActLine,
    BoardLine,
    DigestLine,
    FindingLine,
    ReportData,
    ReportFigures,
    SummaryLine,
)


def figures(
    acts: Sequence[ActLine],
    findings: Sequence[FindingLine],
    boards: Sequence[BoardLine],
    set_aside: int,
) -> ReportFigures:
    """Return the totals that the sentences of a report name."""
    hit = {line.act_id for line in findings}
    opened = [board for board in boards if board.opened]
    agreed = sum(board.unanimous for board in opened)
    return ReportFigures(
        acts=len(acts),
        reviewed=sum(act.reviewed for act in acts),
        with_findings=len(hit),
        clear=sum(act.reviewed and act.act_id not in hit for act in acts),
        provisions=len({line.provision for line in findings}),
        findings=len(findings),
        proposed=sum(line.proposal is not None for line in findings),
        undecided=sum(act.undecided for act in acts),
        set_aside=set_aside,
        after_cut_off=sum(line.after_cut_off for line in findings),
        opened=len(opened),
        agreed=agreed,
        not_agreed=len(opened) - agreed,
    )


def digest(acts: Sequence[ActLine], findings: Sequence[FindingLine]) -> tuple[DigestLine, ...]:
    """Return one sentence for each finding, in the order of ``findings``."""
    by_id = {act.act_id: act for act in acts}
    return tuple(
        DigestLine(line.finding_id, line.act_id, line.path, _sentence(line, by_id[line.act_id]))
        for line in findings
    )


def subject(line: FindingLine, act: ActLine) -> str:
    """Return place and demand: "Điểm b khoản 2 Điều 5 Thông tư số …: sổ hộ khẩu là …"."""
    named = f"{act.type} số {act.number}".strip() if act.number else act.title
    place = f"{line.label[:1].upper()}{line.label[1:]} {named}"
    return f"{place}: {_lower_first(line.category_name)}"


def _sentence(line: FindingLine, act: ActLine) -> str:
    text = subject(line, act)
    if line.proposal is None:
        return f"{text}; chưa có đề xuất"
    proposal = line.proposal
    parts = [f"đề xuất {_lower_first(proposal.handling_name)}"]
    if proposal.instrument:
        parts.append(f"bằng {_lower_first(proposal.instrument)}")
    if proposal.lead:
        parts.append(f"{proposal.lead} chủ trì")
    if proposal.deadline:
        parts.append(f"trước ngày {proposal.deadline:%d/%m/%Y}")
    return f"{text}; {', '.join(parts)}"


def _lower_first(text: str) -> str:
    """Return ``text`` for the middle of a sentence; abbreviations keep their capitals."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def summary(
    agencies: Mapping[str, str],
    acts: Sequence[ActLine],
    findings: Sequence[FindingLine],
    boards: Sequence[BoardLine],
    sent: Mapping[str, tuple[date, bool]],
    deadline: date | None,
) -> tuple[SummaryLine, ...]:
    """Return BM-05: a row for each of ``agencies`` (code → name), in their order.

    ``sent`` has the day of the report and whether it was late, by agency.
    """
    act_table = _act_table(acts)
    finding_table = _finding_table(acts, findings, boards)
    return tuple(
        _sent(
            _row(
                code,
                name,
                act_table[act_table["agency"] == code],
                finding_table[finding_table["agency"] == code],
            ),
            sent.get(code),
            deadline,
        )
        for code, name in agencies.items()
    )


def _sent(row: SummaryLine, found: tuple[date, bool] | None, deadline: date | None) -> SummaryLine:
    if found is None:
        return row
    on, late = found
    return replace(row, submitted=on, on_time=not late if late or deadline else None)


def _act_table(acts: Sequence[ActLine]) -> pd.DataFrame:
    rows = [(act.agency_code, act.act_id, act.type, act.reviewed) for act in acts]
    return pd.DataFrame(rows, columns=["agency", "act", "type", "reviewed"])


def _finding_table(
    acts: Sequence[ActLine], findings: Sequence[FindingLine], boards: Sequence[BoardLine]
) -> pd.DataFrame:
    types = {act.act_id: act.type for act in acts}
    opened = {board.finding_id: board.unanimous for board in boards if board.opened}
    rows = [
        (
            line.agency_code,
            line.act_id,
            types[line.act_id],
            line.path,
            line.group,
            line.proposal.handling if line.proposal else "",
            line.proposal is not None and line.proposal.submitted,
            line.finding_id in opened,
            opened.get(line.finding_id, False),
        )
        for line in findings
    ]
    names = ["agency", "act", "type", "path", "group", "handling", "submitted", "opened", "agreed"]
    return pd.DataFrame(rows, columns=names)


def _row(code: str, name: str, acts: pd.DataFrame, found: pd.DataFrame) -> SummaryLine:
    hit = found.drop_duplicates("act")
    agreed = int(found["agreed"].sum())
    return SummaryLine(
        agency_code=code,
        agency=name,
        acts=len(acts),
        reviewed=int(acts["reviewed"].sum()),
        with_findings=len(hit),
        provisions=len(found.drop_duplicates(["act", "path"])),
        findings=len(found),
        by_type=_counts(hit["type"]),
        by_group=_counts(found["group"]),
        by_handling=_counts(found["handling"][found["handling"] != ""]),
        agreed=agreed,
        not_agreed=int(found["opened"].sum()) - agreed,
        proposed=int(found["submitted"].sum()),
    )


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(name): int(times) for name, times in values.value_counts().items()}


def sealed(data: ReportData) -> ReportData:
    """Return ``data`` with the SHA-256 of its content in its stamp."""
    content = asdict(data)
    del content["stamp"]
    return replace(data, stamp=sealing.sealed(data.stamp, content))
