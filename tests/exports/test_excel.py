"""The workbook: grids, formulas, filters, and texts that spreadsheets would spoil."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel import columns, styles, workbook
from exports.excel.grid import FIRST_ROW, HEAD_ROW
from exports.excel.safe import CELL_LIMIT, Margin
from review.proposals.proposal import HANDLINGS
from review.reports.records import ReportData
from tests.exports import reports

Book = openpyxl.Workbook
FORMS = [f"BM-{number:02d}" for number in range(1, 13)]


def opened(data: ReportData) -> Book:
    return openpyxl.load_workbook(io.BytesIO(workbook.build(data)))


def heads(page: Worksheet) -> list[Any]:
    return [cell.value for cell in page[HEAD_ROW]]


def column(page: Worksheet, title: str) -> list[Any]:
    place = heads(page).index(title) + 1
    return [
        page.cell(row, place).value
        for row in range(FIRST_ROW, page.max_row + 1)
        if page.cell(row, 1).value is not None
    ]


@pytest.fixture(scope="module")
def book() -> Book:
    return opened(reports.overall())


def test_the_sheets_are_the_forms_and_the_guidance(book: Book) -> None:
    assert book.sheetnames == [*FORMS, "Đọc kiểm", "Biểu đồ", "Danh sách", "Hướng dẫn & nguồn"]
    assert book["Danh sách"].sheet_state == "hidden"


def test_acts_are_sorted_by_ministry_rank_and_number(book: Book) -> None:
    assert column(book["BM-01"], "Số, ký hiệu") == [
        "906/2019/QH14",
        "905/2021/TT-BKHCN",
        "901/2019/NĐ-CP",
        "902/2021/TT-BYT",
        "903/2021/TT-BYT",
        "904/2021/TT-BYT",
    ]
    assert column(book["BM-01"], "Kết quả") == [
        "Có vướng mắc",
        "Có vướng mắc",
        "Có vướng mắc",
        "Có vướng mắc",
        "Không có vướng mắc",
        "Đang rà soát",
    ]


def test_a_ministry_that_read_no_sample_has_blank_estimates(book: Book) -> None:
    page = book["Đọc kiểm"]
    assert column(page, "Bộ, cơ quan") == ["Bộ Khoa học và Công nghệ", "Bộ Y tế"]
    assert column(page, "Đã đọc") == [None, 120]
    assert column(page, "Khoảng tin cậy 95%") == [None, "0,02% – 4,56%"]
    assert column(page, "Còn sót cao nhất") == [None, 182]


def test_dates_are_dates(book: Book) -> None:
    assert column(book["BM-01"], "Ngày ban hành")[0] == datetime(2021, 5, 4)
    page = book["BM-03"]
    place = heads(page).index("Thời hạn") + 1
    assert page.cell(FIRST_ROW, place).number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("name", FORMS)
def test_each_table_is_filtered_frozen_and_set_for_print(book: Book, name: str) -> None:
    page = book[name]
    assert page.auto_filter.ref.startswith(f"A{HEAD_ROW}:")
    assert page.freeze_panes.endswith(str(FIRST_ROW))
    assert len(page.freeze_panes) == 2, "cột giữ lại che hết màn hình"
    assert page.freeze_panes[0] <= "F"
    assert page.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "&P/&N"
    assert page.merged_cells.ranges == set()


def test_every_cell_is_in_times_new_roman(book: Book) -> None:
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.name == "Times New Roman"
                    assert cell.font.size in (11, 12)


def test_keys_are_there_but_hidden(book: Book) -> None:
    page = book["BM-03"]
    assert column(page, "Mã phát hiện") == [16, 15, 11, 12, 13, 14]
    assert column(page, "Phiên bản") == [2] * 6
    for title in ("Mã phát hiện", "Phiên bản", "Mã văn bản", "Đường dẫn"):
        letter = openpyxl.utils.get_column_letter(heads(page).index(title) + 1)
        assert page.column_dimensions[letter].hidden


def test_a_ministrys_own_tables_hide_the_column_of_the_ministry() -> None:
    book = opened(reports.ministry())
    assert book["BM-03"].column_dimensions["B"].hidden
    assert not book["BM-05"].column_dimensions["B"].hidden


def test_totals_are_formulas_over_all_rows(book: Book) -> None:
    page = book["BM-05"]
    total = FIRST_ROW + 2
    assert page.cell(total, 2).value == "Tổng cộng"
    assert page.cell(total, 3).value == f"=SUM(C{FIRST_ROW}:C{total - 1})"
    differences = [page.cell(row, 2).value for row in (total + 1, total + 2)]
    assert differences == [
        "Chênh lệch với số dòng BM-01 (phải bằng 0)",
        "Chênh lệch với số dòng BM-03 (phải bằng 0)",
    ]


def test_acts_provisions_and_findings_have_a_column_each(book: Book) -> None:
    page = book["BM-05"]
    assert column(page, "Bộ, cơ quan")[:2] == ["Bộ Khoa học và Công nghệ", "Bộ Y tế"]
    for title, values in (
        ("Số văn bản có vướng mắc", [2, 2]),
        ("Số quy định vướng mắc", [2, 3]),
        ("Số phát hiện", [2, 4]),
        ("PH nhóm F", [0, 2]),
        ("PH: Bãi bỏ một phần", [2, 2]),
        ("VB: Luật", [1, 0]),
    ):
        assert column(page, title)[:2] == values, title


def test_opinions_that_are_not_open_stay_empty(book: Book) -> None:
    page = book["BM-04"]
    assert column(page, "Tình trạng ý kiến") == [
        "Thống nhất",
        "Chưa thống nhất",
        "Chưa mở (2/3 ý kiến)",
    ]
    assert column(page, "Ý kiến Bộ Tư pháp") == ["Thống nhất", "Thống nhất", None]


@pytest.mark.parametrize("text", ["=1+1", "+84 24", "-5", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    data = reports.ministry()
    first = replace(data.findings[0], text=text)
    page = opened(replace(data, findings=(first, *data.findings[1:])))["BM-03"]
    cell = page.cell(FIRST_ROW, heads(page).index("Nội dung quy định (trích)") + 1)
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_control_characters_are_left_out_and_counted() -> None:
    data = reports.ministry()
    first = replace(data.findings[0], text="a\x00\x07b\x0bc")
    book = opened(replace(data, findings=(first, *data.findings[1:])))
    assert column(book["BM-03"], "Nội dung quy định (trích)")[0] == "ab\nc"
    told = {row[0].value: row[1].value for row in book["Hướng dẫn & nguồn"].iter_rows()}
    assert told["Ký tự điều khiển đã bỏ"] == "4"  # the text stands in BM-02 and in BM-03


def test_a_cell_over_the_limit_goes_on_in_another_sheet_and_nothing_is_lost() -> None:
    text = "".join(f"{number:06d} " for number in range(12_000))
    data = reports.ministry()
    first = replace(data.findings[0], text=text)
    book = opened(replace(data, findings=(first, *data.findings[1:])))
    shown = column(book["BM-03"], "Nội dung quy định (trích)")[0]
    kept, note = shown.rsplit("\n", 1)
    assert len(shown) <= CELL_LIMIT
    assert note == "[Còn tiếp: sheet «Phần tiếp», BM-03, mã 11]"
    pieces = list(book["Phần tiếp"].iter_rows(min_row=2, values_only=True))
    rest = [row for row in pieces if row[0] == "BM-03"]
    assert [row[:4] for row in rest] == [
        ("BM-03", "11", "Nội dung quy định (trích)", number) for number in (2, 3)
    ]
    assert kept + "".join(row[4] for row in rest) == text


def test_length_is_counted_as_excel_counts_it() -> None:
    margin = Margin()
    shown = margin.fit("😀" * 20_000, "BM-03", "1", "x")
    assert len(shown.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert len(margin.continuations) == 1


def test_the_workbook_is_stamped() -> None:
    book = opened(reports.ministry())
    core = book.properties
    assert (core.creator, core.identifier, core.version) == (
        "Nguyễn Thị Mẫu",
        reports.STAMP.digest,
        reports.STAMP.ruleset,
    )
    stamp = book["BM-03"]["A3"].value
    for part in ("Đợt rà soát thử 2026", "a1b2c3d4e5f6", "Nguyễn Thị Mẫu", "23/11/2026 10:41"):
        assert part in stamp


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_says_so_or_has_ruled_lines_to_fill_in(name: str) -> None:
    empty = reports.assemble((), (), (), ())
    page = opened(replace(empty, sources=(), sampled=()))[name]
    first = page.cell(FIRST_ROW, 1)
    if ruled := columns.sheet(name).ruled:
        assert page.cell(HEAD_ROW - 1, 1).value == "Chưa có dữ liệu; các dòng kẻ sẵn để điền."
        assert first.value is None
        assert all(page.cell(FIRST_ROW + n, 1).border.left.style for n in range(ruled))
        assert page.max_row == FIRST_ROW + ruled - 1
    else:
        assert first.value == "Không có dữ liệu trong phạm vi này."
        assert page.max_row == FIRST_ROW


def test_the_rows_are_high_enough_for_words_in_capitals() -> None:
    text = "LĨNH VỰC QUẢN LÝ NHÀ NƯỚC CỦA BỘ XÂY DỰNG"
    assert styles.lines_in(text, 14) > styles.lines_in(text.lower(), 14)


def test_every_column_of_the_forms_has_a_value_in_the_rows() -> None:
    data = reports.overall()
    for layout, make in workbook._tables(data):
        for row in make(data):
            assert {entry.key for entry in layout.columns} <= set(row), layout.name


def test_column_titles_of_a_sheet_are_unique() -> None:
    for name in FORMS:
        titles = [entry.title for entry in columns.sheet(name).columns]
        assert len(titles) == len(set(titles))


def test_cells_are_chosen_from_lists_on_the_hidden_sheet(book: Book) -> None:
    page, lists = book["BM-03"], book["Danh sách"]
    letter = openpyxl.utils.get_column_letter(heads(page).index("Đề xuất xử lý") + 1)
    rule = next(
        rule for rule in page.data_validations.dataValidation if str(rule.sqref).startswith(letter)
    )
    assert rule.type == "list"
    sheet, _, cells = rule.formula1.partition("!")
    assert sheet == "'Danh sách'"
    words = [row[0].value for row in lists[cells.replace("$", "")]]
    assert words == list(HANDLINGS.values())


def test_dates_to_fill_in_must_be_dates(book: Book) -> None:
    page = book["BM-03"]
    letter = openpyxl.utils.get_column_letter(heads(page).index("Thời hạn") + 1)
    assert [
        rule.type
        for rule in page.data_validations.dataValidation
        if str(rule.sqref).startswith(letter)
    ] == ["date"]


def test_agencies_to_choose_from_are_in_vietnamese_order(book: Book) -> None:
    lists = book["Danh sách"]
    place = [cell.value for cell in lists[1]].index("co_quan") + 1
    names = [lists.cell(row, place).value for row in range(2, lists.max_row + 1)]
    assert [name for name in names if name] == [
        "Bộ Công an", "Bộ Khoa học và Công nghệ", "Bộ Tư pháp", "Bộ Y tế",
    ]  # fmt: skip


def test_charts_read_the_tables_and_not_copies(book: Book) -> None:
    progress, groups = book["Biểu đồ"]._charts
    last = FIRST_ROW + 1
    assert [series.val.numRef.f for series in progress.series] == [
        f"'BM-05'!$C${FIRST_ROW}:$C${last}",
        f"'BM-05'!$D${FIRST_ROW}:$D${last}",
        f"'BM-05'!$G${FIRST_ROW}:$G${last}",
        f"'BM-05'!${_letter(book, 'Đã trình đề xuất')}${FIRST_ROW}"
        f":${_letter(book, 'Đã trình đề xuất')}${last}",
    ]
    assert groups.grouping == "stacked"


def _letter(book: Book, title: str) -> str:
    return openpyxl.utils.get_column_letter(heads(book["BM-05"]).index(title) + 1)


def test_acts_to_be_amended_stand_once_for_each_way(book: Book) -> None:
    page = book["BM-07"]
    assert column(page, "Tên loại")[:4] == ["Luật", "Thông tư", "Nghị định", "Nghị định"]
    assert column(page, "Kiến nghị")[2:4] == ["Bãi bỏ một phần", "Sửa đổi, bổ sung"]
    assert sum(n for n in column(page, "Số phát hiện") if isinstance(n, int)) == 5


def test_what_follows_the_review_has_its_sheets() -> None:
    book = opened(replace(reports.overall(), programme=reports.PROGRAMME))
    assert column(book["BM-06"], "Mã TTHC") == ["1.000001", "1.000002"]
    assert column(book["BM-08"], "Toàn bộ hay một phần") == ["Một phần"]
    assert column(book["BM-09"], "Hạn") == [datetime(2027, 3, 1)]
    assert column(book["BM-10"], "Soạn thảo (dự kiến)") == [datetime(2026, 12, 20)]
    assert column(book["BM-10"], "Soạn thảo (xong)") == [None]
    assert column(book["BM-10"], "Thông qua (kỳ họp)") == ["Kỳ họp thứ 2"]
    assert column(book["BM-12"], "Nêu rõ khai thác CSDL quốc gia về dân cư") == ["Có", "Chưa rõ"]
