"""Administrative procedures from JSON, packages and tables; every text here is invented."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.errors import RasoatError
from corpus.procedure import components_of, read_procedures

HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
ONE = {
    "ma_thu_tuc": "9.990001",
    "ten_thu_tuc": "Đăng ký  bến đò",
    "so_quyet_dinh": "96/QĐ-BXD",
    "thanh_phan_ho_so": f"--{HEAD}Đơn đề nghị; theo mẫu;Mau so 01.docx1 bản chính"
    "b) Bản sao sổ hộ khẩu;0 bản chính,1 bản sao",
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật 953/2019/QH14953/2019/QH14"
    "Nghị định số 902/2019/NĐ-CP902/2019/NĐ-CPThông tư về bến đò950/2020/TT-BXD",
}


def as_json(*rows: dict) -> bytes:
    return json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False).encode()


def package(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return stream.getvalue()


def test_a_procedure_of_the_portal() -> None:
    row = read_procedures("a.json", as_json(ONE)).rows[0]
    assert (row.code, row.name, row.decision) == ("9.990001", "Đăng ký bến đò", "96/QĐ-BXD")
    assert row.components == ("Đơn đề nghị; theo mẫu", "Bản sao sổ hộ khẩu")
    assert row.bases == ("953/2019/QH14", "902/2019/NĐ-CP", "950/2020/TT-BXD")


@pytest.mark.parametrize(
    ("printed", "papers"),
    [
        ("--", ()),
        (f"{HEAD}Đơn1 bản chínhTờ khai2 bản sao", ("Đơn", "Tờ khai")),
        (f"Trường hợp một: {HEAD}Đơn1 bản chínhBao gồm{HEAD}- Ảnh2 bản chính", ("Đơn", "Ảnh")),
        # a count inside the words of a paper ends nothing
        (f"{HEAD}Tờ khai: nộp 01 bản chính và 02 bản sao; dấu đỏ1 bản chính",
         ("Tờ khai: nộp 01 bản chính và 02 bản sao; dấu đỏ",)),
        (f"{HEAD}(1) Đơn1 bản chính(2) Bản vẽ1 bản chính,1 bản sao", ("Đơn", "Bản vẽ")),
        (f"{HEAD}Đơn1 bản chínhĐơn1 bản chính", ("Đơn",)),
        (f"{HEAD}Đơn1 bản chính02 ảnh4 bản chính", ("Đơn", "02 ảnh")),
    ],
)  # fmt: skip
def test_papers_are_told_apart_where_the_portal_prints_no_breaks(
    printed: str, papers: tuple[str, ...]
) -> None:
    assert components_of(printed) == papers


def test_a_package_keeps_going_past_what_cannot_be_read() -> None:
    data = package(**{"a.json": as_json(ONE), "b.json": b"{", "ghi-chu.md": b"x"})
    found = read_procedures("goi.zip", data)
    assert [row.code for row in found.rows] == ["9.990001"]
    assert [doubt.code for doubt in found.doubts] == ["RS-164", "RS-164"]


def test_papers_may_be_a_list() -> None:
    papers = ["Đơn", "", "Phiếu số 1"]
    row = read_procedures("a.json", as_json({**ONE, "thanh_phan_ho_so": papers})).rows[0]
    assert row.components == ("Đơn", "Phiếu số 1")


def test_one_without_code_or_name_is_told() -> None:
    found = read_procedures("a.json", as_json(ONE, {"ten_thu_tuc": "Không mã"}))
    assert (len(found.rows), len(found.doubts)) == (1, 1)


def workbook(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_table_with_a_row_for_each_paper() -> None:
    data = workbook(
        ["Mã TTHC", "Tên thủ tục", "Thành phần hồ sơ", "Căn cứ pháp lý"],
        ["9.990001", "Đăng ký bến đò", "Đơn đề nghị", "Nghị định 902/2019/NĐ-CP"],
        ["9.990001", "", "Bản sao sổ hộ khẩu", ""],
        ["", "", "Ảnh 3x4", ""],
        ["9.990002", "Xóa đăng ký", "Đơn; Giấy chứng nhận", ""],
        ["", "Không mã", "", ""],
    )
    found = read_procedures("bang.xlsx", data)
    assert [(row.code, row.components) for row in found.rows] == [
        ("9.990001", ("Đơn đề nghị", "Bản sao sổ hộ khẩu", "Ảnh 3x4")),
        ("9.990002", ("Đơn", "Giấy chứng nhận")),
    ]
    assert found.rows[0].bases == ("902/2019/NĐ-CP",)
    assert len(found.doubts) == 1


@pytest.mark.parametrize("data", [b"[]", b"mot\thai\n1\t2", package(**{"a.json": b"[]"})])
def test_a_file_without_procedures_is_refused(data: bytes) -> None:
    with pytest.raises(RasoatError, match="RS-123"):
        read_procedures("tep", data)


def test_the_procedures_beside_the_project(shared: Path) -> None:
    """1,321 procedures of the national portal: all read, papers found in nearly all of them."""
    data = (shared / "corpus/procedures/procedures.zip").read_bytes()
    found = read_procedures("procedures.zip", data)
    assert (len(found.rows), found.doubts) == (1321, [])
    assert sum(not row.components for row in found.rows) < 40
