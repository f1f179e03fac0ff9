"""The workbook of a ministry or of all: BM-01 to BM-12, samples, charts, guidance (DOMAIN 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from openpyxl.worksheet.worksheet import Worksheet

from exports import reconcile
from exports.excel import charts, lists, rows, rows_programme, styles
from exports.excel.book import Book
from exports.excel.columns import Sheet, guidance, sheet
from exports.excel.grid import Grid
from exports.excel.safe import Margin
from exports.formats import clock, number, short_date
from review.reports.records import ReportData

_GUIDANCE = "Hướng dẫn & nguồn"
_WIDTHS = (38.0, 80.0, 20.0)  # of the guidance sheet
_CHECKED = {  # figure of BM-05 → (sheet, key) whose rows it must equal
    "acts": ("BM-01", "act_id"),
    "findings": ("BM-03", "finding_id"),
}

RowMaker = Callable[[ReportData], Iterable[rows.Row]]


def build(data: ReportData) -> bytes:
    """Return the workbook as .xlsx; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data)
    book = Book(data.head, data.campaign, data.stamp)
    layouts = _tables(data)
    grids = {
        layout.name: book.table(layout, list(make(data)), f"{layout.name}. {layout.title}")
        for layout, make in layouts
    }
    pages = book.sheets
    charts.add(pages, grids["BM-05"], data)
    places = lists.write(pages, lists.of(data))
    for layout, _ in layouts:
        lists.choose(pages[layout.name], layout, grids[layout.name], places)
    _write_checks(pages["BM-05"], grids)
    book.continue_long_cells()
    _write_guidance(pages.create_sheet(_GUIDANCE), data, book.margin)
    return book.finish(f"Bảng tổng hợp kết quả rà soát: {data.head.agency}")


def _tables(data: ReportData) -> tuple[tuple[Sheet, RowMaker], ...]:
    # One ministry's own tables need no column that says so on every line.
    hidden = "agency" if data.scope == "ministry" else ""
    return (
        (sheet("BM-01").hiding(hidden), rows.bm01),
        (sheet("BM-02").hiding(hidden), rows_programme.bm02),
        (sheet("BM-03").hiding(hidden), rows.bm03),
        (sheet("BM-04").hiding(hidden), rows.bm04),
        (rows.bm05_sheet(data), rows.bm05),
        (sheet("BM-06"), rows_programme.bm06),
        (sheet("BM-07").hiding(hidden), rows_programme.bm07),
        (sheet("BM-08"), rows_programme.bm08),
        (sheet("BM-09"), rows_programme.bm09),
        (rows_programme.bm10_sheet(data), rows_programme.bm10),
        (sheet("BM-11"), rows.bm11),
        (sheet("BM-12").hiding(hidden), rows_programme.bm12),
        (sheet("Đọc kiểm"), rows.sample),
    )


def _write_checks(page: Worksheet, grids: dict[str, Grid]) -> None:
    """Write, under the totals of BM-05, how many rows the other sheets have, and the difference."""
    grid = grids["BM-05"]
    if not grid.total_row:
        return
    for offset, (key, (name, counted)) in enumerate(_CHECKED.items(), 1):
        other = grids[name]
        row = grid.total_row + offset
        total = f"{grid.letters[key]}{grid.total_row}"
        count = f"COUNT('{name}'!{other.range_of(counted)})" if other.rows else "0"
        styles.write(
            page, row, grid.places["agency"], f"Chênh lệch với số dòng {name} (phải bằng 0)", "text"
        )
        styles.set_height(page, row, 2)
        column = grid.places[key]
        cell = page.cell(row=row, column=column, value=f"={total}-{count}")
        cell.style = styles.NUMBER


def _write_guidance(page: Worksheet, data: ReportData, margin: Margin) -> None:
    figures = data.figures
    lines = [
        *guidance(),
        ("Đợt rà soát", data.campaign.name),
        ("Hiệu lực xác định tại ngày", short_date(data.campaign.as_of)),
        ("Hạn báo cáo", short_date(data.campaign.deadline) or "không ghi"),
        ("Số liệu chốt ngày", short_date(data.campaign.cut_off) or "không ghi"),
        ("Bộ tiêu chí", data.stamp.ruleset),
        ("Người xuất", data.stamp.author),
        ("Thời điểm xuất", clock(data.stamp.made_at)),
        ("Mã kiểm tra nội dung (SHA-256)", data.stamp.digest),
        ("Số văn bản", number(figures.acts)),
        ("Số quy định có vướng mắc", number(figures.provisions)),
        ("Số phát hiện", number(figures.findings)),
        ("Gợi ý chưa quyết định", number(figures.undecided)),
        ("Gợi ý đã loại bỏ", number(figures.set_aside)),
        ("Ô quá dài, chuyển sang «Phần tiếp»", number(len(margin.continuations))),
        ("Ký tự điều khiển đã bỏ", number(margin.removed)),
    ]
    styles.write(page, 1, 1, "HƯỚNG DẪN VÀ NGUỒN", "title")
    for row, (topic, sentence) in enumerate(lines, 3):
        styles.write(page, row, 1, topic, "topic")
        styles.write(page, row, 2, sentence, "text")
        styles.set_height(page, row, styles.lines_in(sentence, _WIDTHS[1]))
    first = len(lines) + 4
    styles.write(page, first, 1, "Căn cứ đã viện dẫn", "head")
    styles.write(page, first, 2, "Diễn giải (không phải nguyên văn)", "head")
    styles.write(page, first, 3, "Mức đối chiếu", "head")
    cited = {entry.id: entry for line in data.findings for entry in line.bases}
    for row, entry in enumerate(cited.values(), first + 1):
        named = f"{entry.citation}: {entry.title}" if entry.title else entry.citation
        for column, value in enumerate((named, entry.meaning, entry.mark), 1):
            styles.write(page, row, column, value, "text")
        lines = max(map(styles.lines_in, (named, entry.meaning), _WIDTHS))
        styles.set_height(page, row, lines)
    for column, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[styles.letter(column)].width = width
    styles.set_print(page, head_row=0)
