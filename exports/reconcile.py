"""Totals against rows: an export whose figures disagree is refused, with the list of what differs.

San Francisco put off a 362-page ordinance because its digest did not map to its changes; here each
digest line stands for exactly one finding, and each total for the rows that are printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from exports import sampled, tally
from exports.errors import ERRORS
from review.reports.records import ReportData, SummaryLine

_SHOWN = 10  # differences spelt out in one message


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that does not agree with the rows."""

    what: str
    said: str
    counted: str

    def sentence(self) -> str:
        """Return the difference as a user reads it."""
        return f"{self.what}: ghi {self.said}, đếm được {self.counted}"

    __str__ = sentence


def differences(data: ReportData) -> list[Difference]:
    """Return everything that does not agree; an empty list means the export may be made."""
    return [
        *_figures(data),
        *_rows(data),
        *_digest(data),
        *_summary(data),
        *_opinions(data),
        *_sampled(data),
    ]


def require(data: ReportData) -> None:
    """Raise RS-701 naming what differs."""
    found = differences(data)
    if found:
        sentences = [difference.sentence() for difference in found[:_SHOWN]]
        if len(found) > _SHOWN:
            sentences.append(f"và {len(found) - _SHOWN} chỗ khác")
        raise ERRORS.error("RS-701", differences="; ".join(sentences) + ".")


def _compare(what: str, said: object, counted: object) -> Iterator[Difference]:
    if said != counted:
        yield Difference(what, str(said), str(counted))


def _figures(data: ReportData) -> Iterator[Difference]:
    figures, acts, findings = data.figures, data.acts, data.findings
    hit = {finding.act_id for finding in findings}
    opened = [board for board in data.boards if board.opened]
    yield from _compare("Số văn bản", figures.acts, len(acts))
    yield from _compare("Số văn bản đã rà soát", figures.reviewed, sum(a.reviewed for a in acts))
    yield from _compare("Số văn bản có vướng mắc", figures.with_findings, len(hit))
    clear = sum(act.reviewed and act.act_id not in hit for act in acts)
    yield from _compare("Số văn bản không có vướng mắc", figures.clear, clear)
    yield from _compare("Số quy định", figures.provisions, tally.provisions(findings))
    yield from _compare("Số phát hiện", figures.findings, len(findings))
    proposed = sum(finding.proposal is not None for finding in findings)
    yield from _compare("Số phát hiện đã có đề xuất", figures.proposed, proposed)
    undecided = sum(act.undecided for act in acts)
    yield from _compare("Số gợi ý chưa quyết định", figures.undecided, undecided)
    later = sum(finding.after_cut_off for finding in findings)
    yield from _compare("Số phát hiện sau thời điểm chốt", figures.after_cut_off, later)
    yield from _compare("Số phát hiện đã mở ý kiến", figures.opened, len(opened))
    agreed = sum(board.unanimous for board in opened)
    yield from _compare("Số phát hiện đã thống nhất", figures.agreed, agreed)
    yield from _compare("Số phát hiện chưa thống nhất", figures.not_agreed, len(opened) - agreed)


def _rows(data: ReportData) -> Iterator[Difference]:
    acts = {act.act_id: act for act in data.acts}
    for number, times in Counter(act.act_id for act in data.acts).items():
        yield from _compare(f"Số lần văn bản mã {number} có trong danh mục", times, 1)
    for number, times in Counter(line.finding_id for line in data.findings).items():
        yield from _compare(f"Số lần phát hiện mã {number} có trong bảng", times, 1)
    for line in data.findings:
        act = acts.get(line.act_id)
        if act is None:
            yield Difference(
                f"Văn bản của phát hiện mã {line.finding_id}", "có", "không có trong danh mục"
            )
        else:
            what = f"Cơ quan của phát hiện mã {line.finding_id}"
            yield from _compare(what, line.agency_code, act.agency_code)
    if data.scope == "ministry":
        foreign = {act.agency_code for act in data.acts} - {data.head.agency_code}
        for code in sorted(foreign):
            yield Difference("Cơ quan có dữ liệu trong bản xuất", data.head.agency_code, code)


def _digest(data: ReportData) -> Iterator[Difference]:
    lines = {finding.finding_id: finding for finding in data.findings}
    told = Counter(line.finding_id for line in data.digest)
    for number in lines:
        yield from _compare(f"Số dòng tóm tắt của phát hiện mã {number}", told[number], 1)
    for line in data.digest:
        finding = lines.get(line.finding_id)
        if finding is None:
            yield Difference(
                f"Dòng tóm tắt của phát hiện mã {line.finding_id}", "có", "không có phát hiện này"
            )
        elif (line.act_id, line.path) != finding.provision:
            yield Difference(
                f"Quy định của dòng tóm tắt mã {line.finding_id}",
                line.path,
                finding.path,
            )


def _summary(data: ReportData) -> Iterator[Difference]:
    for row in data.summary:
        yield from _summary_row(data, row)
    if data.summary:
        agencies = {act.agency_code for act in data.acts}
        for code in sorted(agencies - {row.agency_code for row in data.summary}):
            yield Difference(f"Dòng của {code} trong BM-05", "không có", "có văn bản")


def _summary_row(data: ReportData, row: SummaryLine) -> Iterator[Difference]:
    acts = [act for act in data.acts if act.agency_code == row.agency_code]
    found = [line for line in data.findings if line.agency_code == row.agency_code]
    hit = {line.act_id for line in found}
    types = Counter(act.type for act in acts if act.act_id in hit)
    where = f"BM-05, {row.agency}"
    yield from _compare(f"{where}, văn bản", row.acts, len(acts))
    yield from _compare(f"{where}, đã rà soát", row.reviewed, sum(act.reviewed for act in acts))
    yield from _compare(f"{where}, văn bản có vướng mắc", row.with_findings, len(hit))
    yield from _compare(f"{where}, quy định", row.provisions, tally.provisions(found))
    yield from _compare(f"{where}, phát hiện", row.findings, len(found))
    yield from _compare(f"{where}, theo loại", _positive(row.by_type), dict(types))
    groups = Counter(line.group for line in found)
    yield from _compare(f"{where}, theo nhóm", _positive(row.by_group), dict(groups))
    handled = Counter(line.proposal.handling for line in found if line.proposal)
    yield from _compare(f"{where}, theo hình thức", _positive(row.by_handling), dict(handled))
    proposed = sum(bool(line.proposal and line.proposal.submitted) for line in found)
    yield from _compare(f"{where}, đã trình đề xuất", row.proposed, proposed)
    numbers = {line.finding_id for line in found}
    opened = [b for b in data.boards if b.opened and b.finding_id in numbers]
    agreed = sum(board.unanimous for board in opened)
    yield from _compare(f"{where}, thống nhất", row.agreed, agreed)
    yield from _compare(f"{where}, chưa thống nhất", row.not_agreed, len(opened) - agreed)


def _positive(counts: dict[str, int]) -> dict[str, int]:
    return {name: value for name, value in counts.items() if value}


def _opinions(data: ReportData) -> Iterator[Difference]:
    known = {line.finding_id for line in data.findings}
    for board in data.boards:
        if board.finding_id not in known:
            yield Difference(
                f"Ý kiến về phát hiện mã {board.finding_id}", "có", "không có phát hiện này"
            )
        if board.opinions and not board.opened:
            yield Difference(
                f"Ý kiến chưa mở về phát hiện mã {board.finding_id}",
                f"{len(board.opinions)} ý kiến",
                "0 ý kiến được phép in",
            )


def _sampled(data: ReportData) -> Iterator[Difference]:
    agencies = {act.agency_code for act in data.acts}
    for line in data.sampled:
        where = f"Đọc kiểm, {line.agency}"
        if line.agency_code not in agencies:
            yield Difference(f"{where}, văn bản trong danh mục", "có", "không có")
        if (found := line.estimate) is None:
            continue
        yield from _compare(f"{where}, tỷ lệ", found.share, found.hits / found.read)
        if not found.low <= found.share <= found.high:
            told = sampled.interval(found)
            yield Difference(f"{where}, khoảng tin cậy", told, "không chứa tỷ lệ")
