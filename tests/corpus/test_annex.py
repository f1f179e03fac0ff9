"""Annex tables of a resolution as ministries send them: no row lost, what is unclear is said."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus.annex import AnnexTarget, read_annex
from corpus.errors import RasoatError

HEADER = ["TT", "Mã TTHC", "Tên thủ tục hành chính", "Thành phần hồ sơ được thay thế", "Tên CSDL",
          "Cơ quan chủ quản", "Văn bản quy định", "Điều khoản"]  # fmt: skip
CARD = ["1", "1.900001", "Cấp thẻ đọc sách", "Giấy chứng nhận thử", "CSDL thử", "Bộ Thử",
        "Nghị định số 901/2098/NĐ-CP", "Điểm b khoản 2 Điều 18"]  # fmt: skip


def _tsv(*rows: list[str]) -> bytes:
    return "\n".join("\t".join(row) for row in rows).encode()


def _word(*rows: list[str], title: str = "") -> bytes:
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for at, text in enumerate(row):
            table.cell(number, at).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _excel(*rows: list[str], sheet: str = "Phụ lục I") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _with(**changes: str) -> list[str]:
    names = ["order", "code", "procedure", "component", "database", "owner", "act", "location"]
    return [changes.get(name, old) for name, old in zip(names, CARD, strict=True)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("pl.tsv", _tsv(["PHỤ LỤC I"], HEADER, CARD)),
        ("pl.csv", (";".join(HEADER) + "\n" + ";".join(CARD)).encode("utf-8-sig")),
        ("pl.xlsx", _excel(["Danh mục thử"], HEADER, [f"({n})" for n in range(1, 9)], CARD)),
        ("pl.docx", _word(HEADER, CARD, title="PHỤ LỤC I. Danh mục thử")),
    ],
    ids=["tsv", "csv", "xlsx", "docx"],
)
def test_the_same_row_from_every_format(name: str, data: bytes) -> None:
    annex = read_annex(name, data)
    (row,) = annex.rows
    assert (row.procedure_code, row.procedure, row.component) == tuple(CARD[1:4])
    assert (row.database, row.owner, row.acts) == ("CSDL thử", "Bộ Thử", ("901/2098/NĐ-CP",))
    assert row.targets == (AnnexTarget("901/2098/NĐ-CP", "dieu-18/khoan-2/diem-b"),)
    assert row.annex == "I" or name == "pl.csv"
    assert annex.doubts == []


@pytest.mark.parametrize(
    ("act", "acts"),
    [
        ("Nghị định số 9/2098/NĐ-CP, được sửa đổi, bổ sung bởi Nghị định số 5/2099/NĐ-CP", ("09/2098/NĐ-CP",)),
        ("Luật Thẻ đọc sách số 9/2098/QH99; Thông tư số 7/2099/TT-BTN", ("09/2098/QH99", "07/2099/TT-BTN")),
        ("Luật Thẻ đọc sách, thư viện", ("Luật Thẻ đọc sách, thư viện",)),
        ("Thông tư số 6/2099/TT-BTN sửa đổi, bổ sung một số điều của Thông tư số 1/2090/TT-BTN", ("06/2099/TT-BTN",)),
    ],
)  # fmt: skip
def test_acts_of_a_row(act: str, acts: tuple[str, ...]) -> None:
    assert read_annex("pl.tsv", _tsv(HEADER, _with(act=act))).rows[0].acts == acts


@pytest.mark.parametrize(
    ("location", "paths"),
    [
        ("điểm a, b khoản 3 Điều 4", ["dieu-4/khoan-3/diem-a", "dieu-4/khoan-3/diem-b"]),
        ("Khoản 1 Điều 2, khoản 3 Điều 4", ["dieu-2/khoan-1", "dieu-4/khoan-3"]),
        ("Khoản 2 Điều 3 (được sửa đổi bởi khoản 1 Điều 1 Nghị định số 5/2099/NĐ-CP)", ["dieu-3/khoan-2"]),
        ("Điểm d khoản 2 Điều 4 Quy chế", ["quy-che-1/dieu-4/khoan-2/diem-d"]),
    ],
)  # fmt: skip
def test_provisions_of_a_row(location: str, paths: list[str]) -> None:
    (row,) = read_annex("pl.tsv", _tsv(HEADER, _with(location=location))).rows
    assert [target.path for target in row.targets] == paths
    assert {target.act for target in row.targets} == {"901/2098/NĐ-CP"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "1.90001"}, "mã thủ tục «1.90001»"),
        ({"act": "văn bản thử"}, "không rõ số hiệu hay tên luật trong «văn bản thử»"),
        ({"act": ""}, "không có tên văn bản"),
        ({"location": "theo mẫu"}, "không rõ điều, khoản, điểm trong «theo mẫu»"),
        ({"location": ""}, "không ghi điều, khoản, điểm"),
    ],
)
def test_what_is_not_understood_is_said_and_kept(changes: dict[str, str], said: str) -> None:
    annex = read_annex("pl.tsv", _tsv(HEADER, _with(**changes)))
    assert len(annex.rows) == 1
    (doubt,) = annex.doubts
    assert doubt.code == "RS-161"
    assert f"bảng 1, dòng 2: {said}" in doubt.message


def test_comma_in_a_code_is_a_stop() -> None:
    annex = read_annex("pl.tsv", _tsv(HEADER, _with(code="1,900001")))
    assert annex.rows[0].procedure_code == "1.900001"
    assert annex.doubts == []


def test_papers_of_one_procedure_share_its_merged_cell() -> None:
    second = ["", "", "", "Giấy thử thứ hai", *CARD[4:]]
    rows = read_annex("pl.xlsx", _excel(HEADER, CARD, second)).rows
    assert [(row.procedure_code, row.component) for row in rows] == [
        ("1.900001", "Giấy chứng nhận thử"), ("1.900001", "Giấy thử thứ hai"),
    ]  # fmt: skip


def test_section_titles_name_the_field() -> None:
    title = ["LĨNH VỰC QUẢN LÝ NHÀ NƯỚC CỦA BỘ THỬ", *[""] * 7]
    (row,) = read_annex("pl.xlsx", _excel(HEADER, title, CARD)).rows
    assert row.field == "LĨNH VỰC QUẢN LÝ NHÀ NƯỚC CỦA BỘ THỬ"


def test_list_of_acts_without_a_header_is_annex_three() -> None:
    data = _word(
        ["1.", "Luật Thẻ đọc sách số 9/2098/QH99"], ["2.", "Nghị định số 8/2099/NĐ-CP về thẻ thử"],
        title="PHỤ LỤC III",
    )  # fmt: skip
    rows = read_annex("pl.docx", data).rows
    assert [(row.annex, row.order, row.acts) for row in rows] == [
        ("III", "1", ("09/2098/QH99",)), ("III", "2", ("08/2099/NĐ-CP",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.tsv", b"mot\thai\nba\tbon", "RS-121"),
        ("a.docx", _word(["a", "b"], ["c", "d"]), "RS-121"),
        ("a.pdf", b"%PDF-1.4", "RS-101"),
        ("a.html", b"<html><body><p>Khong co bang</p></body></html>", "RS-117"),
        ("a.docx", _word(HEADER, CARD)[:900], "RS-101"),
    ],
    ids=["no-header", "other-table", "broken-pdf", "other-format", "damaged"],
)
def test_files_without_an_annex_have_a_code(name: str, data: bytes, code: str) -> None:
    with pytest.raises(RasoatError) as caught:
        read_annex(name, data)
    assert caught.value.code == code


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["odt", "rtf", "pdf"])
def test_annex_saved_by_an_office_in_another_format(suffix: str, tmp_path: Path) -> None:
    cards = [_with(order=str(number)) for number in range(1, 61)]  # over more than one page
    document = docx.Document(io.BytesIO(_word(HEADER, *cards, title="PHỤ LỤC I. Danh mục thử")))
    document.styles["Normal"].font.name = "DejaVu Serif"
    document.tables[0].style = "Table Grid"
    document.styles["Normal"].font.size = docx.shared.Pt(6)  # no number is broken in its cell
    document.save(tmp_path / "pl.docx")
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("không có LibreOffice (soffice): cài gói libreoffice-writer")
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'ho-so').as_uri()}", "--headless",
         "--convert-to", suffix, "--outdir", str(tmp_path), str(tmp_path / "pl.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    annex = read_annex(f"pl.{suffix}", (tmp_path / f"pl.{suffix}").read_bytes())
    assert [row.order for row in annex.rows] == [str(number) for number in range(1, 61)]
    assert {row.annex for row in annex.rows} == {"I"}
    assert {row.targets for row in annex.rows} == {
        (AnnexTarget("901/2098/NĐ-CP", "dieu-18/khoan-2/diem-b"),)
    }
    assert annex.doubts == []


@pytest.mark.shared
def test_annexes_of_the_resolution(shared: Path) -> None:
    annex = read_annex("pl.tsv", (shared / "corpus/annex-66.7.tsv").read_bytes())
    assert Counter(row.annex for row in annex.rows) == {"I": 277, "II": 8, "III": 221}
    assert all(row.acts for row in annex.rows)
    assert all(row.targets for row in annex.rows if row.location)
    assert len(annex.doubts) == 2  # two codes are printed with five digits
