"""Lists given back in their own columns, and the estimate with its inputs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from exports import savings, worklist
from exports.excel.book import Paper
from exports.worklist import ADDED
from review.programme.saving import totals
from review.records.follow_up import SavingEstimate, SavingInput, SavingView
from review.records.worklist import Match, WorklistRow, WorklistTable, WorklistView
from review.reports.records import CampaignHead, Stamp
from tests.exports.reports import overall

HEADINGS = ("Số TT", "Giấy tờ", "Ghi chú của bộ")
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def row(number: int, note: str, *found: Match, annex: str = "I") -> WorklistRow:
    cells = {"field": "LĨNH VỰC GIẢ ĐỊNH"}
    printed = tuple(zip(HEADINGS, (str(number), "Sổ hộ khẩu", note), strict=True))
    state = "khop" if found else "chua-co-van-ban"
    return WorklistRow(
        number, number, annex, f"bảng 1, dòng {number}", cells, ("DC",), ("BCA",), state, found,
        printed,
    )  # fmt: skip


EXACT = Match(1, "dieu-4/khoan-2/diem-b", 7, 16, "902/2019/NĐ-CP")
NEAR = Match(1, "dieu-4", 8, None, "902/2019/NĐ-CP", near=True)


@pytest.fixture
def paper() -> Paper[WorklistTable]:
    data = overall()
    rows = [row(1, "=1+1", EXACT), row(2, "", NEAR), row(1, "khác", annex="II")]
    view = WorklistView(1, "phu-luc.docx", {}, (), AT)
    return Paper(data.head, data.campaign, data.stamp, WorklistTable(view, rows))


def test_the_own_columns_come_first_and_unchanged(paper: Paper[WorklistTable]) -> None:
    book = load_workbook(io.BytesIO(worklist.build(paper)))
    assert book.sheetnames == ["Phụ lục I", "Phụ lục II"]
    page = book["Phụ lục I"]
    head = [cell.value for cell in page[5]]
    assert head == [*HEADINGS, *(title for _, title, _ in ADDED)]
    line = dict(zip(head, [cell.value for cell in page[6]], strict=True))
    assert line["Ghi chú của bộ"] == "=1+1"
    assert page.cell(6, 3).data_type == "s"  # shown, never computed
    assert line["Kết quả đối chiếu"] == "Khớp"
    assert line["Văn bản, điều khoản trong kho"] == "902/2019/NĐ-CP điểm b khoản 2 Điều 4"
    assert (line["Mã gợi ý"], line["Cơ quan chủ quản nhận ra"]) == ("16", "Bộ Công an")


def test_the_nearest_place_has_a_column_of_its_own(paper: Paper[WorklistTable]) -> None:
    page = load_workbook(io.BytesIO(worklist.build(paper)))["Phụ lục I"]
    line = dict(zip([c.value for c in page[5]], [c.value for c in page[7]], strict=True))
    assert line["Nơi gần nhất trong kho"] == "902/2019/NĐ-CP Điều 4"
    assert line["Văn bản, điều khoản trong kho"] is None


def test_a_column_that_the_list_has_itself_is_not_added_again(
    paper: Paper[WorklistTable],
) -> None:
    rows = [replace(one, printed=(*one.printed, ("Phần", one.annex))) for one in paper.body.rows]
    made = replace(paper, body=replace(paper.body, rows=rows))
    (page,) = load_workbook(io.BytesIO(worklist.build(made))).worksheets
    assert "Phụ lục" not in [cell.value for cell in page[5]]
    first = next(csv.reader(io.StringIO(worklist.build_csv(made).decode("utf-8-sig"))))
    assert first == [cell.value for cell in page[5]]


def test_what_is_too_long_for_a_cell_is_carried_over_and_not_lost(
    paper: Paper[WorklistTable],
) -> None:
    first, *others = paper.body.rows
    long = replace(first, printed=(*first.printed[:-1], (first.printed[-1][0], "dài " * 20_000)))
    made = replace(paper, body=replace(paper.body, rows=[long, *others]))
    book = load_workbook(io.BytesIO(worklist.build(made)))
    carried = "".join(line[4].value for line in book["Phần tiếp"].iter_rows(min_row=2))
    kept, _, note = book["Phụ lục I"].cell(6, len(first.printed)).value.rpartition("\n")
    assert note == "[Còn tiếp: sheet «Phần tiếp», Phụ lục I, mã bảng 1, dòng 1]"
    assert kept + carried == "dài " * 20_000


def test_csv_guards_against_formulas(paper: Paper[WorklistTable]) -> None:
    text = worklist.build_csv(paper).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == list(HEADINGS)
    assert rows[1][2] == "'=1+1"
    assert len(rows) == 5  # two tables, each under its own head


def test_the_estimate_stands_beside_its_inputs() -> None:
    used = {
        "ban-sao": 1.5, "chuyen-di": 1, "gio": 2,
        "phi-ban-sao": 0, "tien-chuyen": 1000, "tien-gio": 0,
    }  # fmt: skip
    view = SavingView(
        3, "902/2019/NĐ-CP", "điểm b khoản 2 Điều 4", "BXD", "A1",
        SavingInput(100, {"ban-sao": 1.5}, "Báo cáo giả định"), used, totals(used, 100), "Hà", AT,
    )  # fmt: skip
    estimate = SavingEstimate([view], 4, [("BXD", "Bộ Xây dựng", view.totals)], view.totals)
    head = overall().head
    campaign = CampaignHead(1, "thu", "Đợt thử", date(2026, 11, 1), None, None, ())
    made = savings.build(Paper(head, campaign, Stamp("Hà", AT, "thu-1"), estimate))
    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["UT-01", "UT-02", "UT-03"]
    page = book["UT-01"]
    line = dict(zip([c.value for c in page[5]], [c.value for c in page[6]], strict=True))
    assert line["Số lượt một năm"] == 100
    assert line["Số bản sao mỗi lần (bản)"] == 1.5
    assert line["Tiền một năm (đồng)"] == 100_000
    assert "đã sửa giả định: Số bản sao mỗi lần" in line["Nguồn số liệu"]
    assert "4 quy định chưa có số lượt" in page["A3"].value
    assert sum(str(cell.value).startswith("=SUM(") for cell in page[7]) == 5
    assert {cell.value for cell in book["UT-03"]["E"][5:]} == {"giả định"}
