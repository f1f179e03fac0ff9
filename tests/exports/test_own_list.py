"""Lists of a ministry's own form: headings found, rows with their place, hostile files refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from corpus.errors import RasoatError
from exports.excel import own_list
from exports.excel.own_list import Listings


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEAD = ("TT", "Số hiệu", "Điều, khoản", "Ghi chú")
ROW = (1, "901/2019/NĐ-CP", "khoản 2 Điều 5", date(2026, 1, 5))


def read(name: str, data: bytes) -> Listings:
    return own_list.read(name, data)


def test_headings_stand_below_titles_and_rows_keep_their_place() -> None:
    data = xlsx(A=[["BỘ Y TẾ"], ["DANH SÁCH", "năm 2026"], [], HEAD, ROW, [], (2, "902", "Điều 1")])
    (listing,) = read("ds.xlsx", data).sheets
    assert listing.headings == HEAD
    assert listing.rows == (
        (5, ("1", "901/2019/NĐ-CP", "khoản 2 Điều 5", "05/01/2026")),
        (7, ("2", "902", "Điều 1", "")),
    )


def test_the_sheet_whose_headings_are_known_comes_first() -> None:
    data = xlsx(Khac=[("a", "b"), (1, 2)], DanhSach=[HEAD, ROW])
    assert [listing.sheet for listing in read("ds.xlsx", data).sheets] == ["DanhSach", "Khac"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_comes_with_any_usual_separator_and_encoding(delimiter: str, encoding: str) -> None:
    text = f'TT{delimiter}Số hiệu{delimiter}Vị trí\n1{delimiter}901/2019/NĐ-CP{delimiter}"Điều 1"\n'
    (listing,) = read("ds.csv", text.encode(encoding)).sheets
    assert listing.headings == ("TT", "Số hiệu", "Vị trí")
    assert listing.rows == ((2, ("1", "901/2019/NĐ-CP", "Điều 1")),)


def test_rows_become_fields_by_the_chosen_columns() -> None:
    data = xlsx(A=[HEAD, ROW, (2, "", "", "")])
    (listing,) = read("ds.xlsx", data).sheets
    (row,) = listing.mapped({"act": 1, "location": 2})
    assert (row.place, dict(row.values)) == (
        2, {"act": "901/2019/NĐ-CP", "location": "khoản 2 Điều 5"}
    )  # fmt: skip


def _with_macro() -> bytes:
    stream = io.BytesIO(xlsx(A=[HEAD, ROW]))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("ds.xlsx", xlsx(A=[["một cột"], ["a"]]), "RS-723"),
        ("ds.csv", b"", "RS-723"),
        ("ds.csv", b"\xff\xfe\x00\xd8\x00\xd8", "RS-720"),
        ("ds.xlsx", _with_macro(), "RS-721"),
    ],
)
def test_what_is_no_list_is_refused_with_a_code(name: str, data: bytes, code: str) -> None:
    with pytest.raises(RasoatError) as refused:
        read(name, data)
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_end_in_rows_or_a_code(data: bytes) -> None:
    for name in ("ds.csv", "ds.xlsx"):
        try:
            assert read(name, data).sheets
        except RasoatError:
            continue
