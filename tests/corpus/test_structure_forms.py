"""Numbering as printers, converters and OCR leave it: each case is the form of a real act."""

from __future__ import annotations

import pytest

from corpus.records import RawDocument
from corpus.structure import parse_act

CASES = {
    "old decrees count in words": (
        "SẮC LỆNH\nRA SẮC LỆNH:\nĐiều thứ nhất: Lập kho ốc.\nĐiều thứ hai: Giao cho các ông:\n"
        "Điều thứ ba: Thi hành.\n",
        ["dieu-1", "dieu-2", "dieu-3"],
    ),
    "old decrees count in Roman numerals": (
        "SẮC LỆNH\nRA SẮC LỆNH:\nĐiều I: Lập kho ốc.\nĐiều II: Giao cho các ông.\n",
        ["dieu-1", "dieu-2"],
    ),
    "khoản without their dots": (
        "Điều 1. Ốc\n1 Nuôi ốc trong ao.\n2 Nuôi ốc trong bể.\n3. Nuôi ốc ngoài sông.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-1/khoan-3"],
    ),
    "rows of a table are no khoản": (
        "Điều 1. Ốc\nSố TT Loại\n1 Ốc đá\n2 Ốc vặn\n3 Ốc mỡ\n",
        ["dieu-1"],
    ),
    "a digit that OCR made of a letter": (
        "Điều 1. Ốc\n1. Gồm:\na) Ao;\n6) Bể;\nc) Sông.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", *(f"dieu-1/khoan-1/diem-{x}" for x in "abc"), "dieu-1/khoan-2"],
    ),
    "điểm after a khoản that ends with «năm»": (
        "Điều 1. Ốc\n1. Kế hoạch hằng năm\na) Ao;\nb) Bể.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/diem-a", "dieu-1/khoan-1/diem-b", "dieu-1/khoan-2"],
    ),
    "a lost điểm b is not looked for in the next khoản": (
        "Điều 1. Ốc\n1. Gồm:\na) Ao;\nc) Sông.\n2. Gồm:\na) Ao;\nb) Bể.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/diem-a", "dieu-1/khoan-1/diem-c",
         "dieu-1/khoan-2", "dieu-1/khoan-2/diem-a", "dieu-1/khoan-2/diem-b"],
    ),
    "footnote numbers glued to khoản of a consolidated text": (
        "VĂN BẢN HỢP NHẤT\nĐiều 1. Ốc\n1.3 Nuôi trong ao.\n2.4 Nuôi trong bể.\n3. Nuôi ngoài sông.\n"
        "Chương II5\nỐC BIỂN\nĐiều 2. Ốc biển\nNuôi ngoài biển.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-2", "dieu-1/khoan-3", "chuong-2", "dieu-2"],
    ),
    "footnote numbers glued to forms of a consolidated text": (
        "VĂN BẢN HỢP NHẤT\nĐiều 1. Ốc\nNuôi.\nĐiều 2. Cá\nNuôi.\nNơi nhận:\n- Lưu.\nMẫu số 014\n"
        "ĐƠN NUÔI ỐC\nTên ốc:\nNơi nuôi:\n",
        ["dieu-1", "dieu-2", "mau-01"],
    ),
    "annexes numbered twice or by letters": (
        "Điều 1. Ốc\nNuôi.\nNơi nhận:\n- Lưu.\n"
        + "".join(f"PHỤ LỤC {n}\n(Kèm theo Thông tư)\n" for n in ("I-1", "I-2", "II.5", "IIA", "3b"))
        + "".join(f"PHỤ LỤC {n}\n(Quy định)\n" for n in "ABC"),
        ["dieu-1", "phu-luc-1.1", "phu-luc-1.2", "phu-luc-2.5", "phu-luc-2a", "phu-luc-3b",
         "phu-luc-a", "phu-luc-b", "phu-luc-c"],
    ),
    "items of the second degree stay so elsewhere": (
        "Điều 1. Ốc\n1. Nuôi:\n1.1. Trong ao.\n1.2. Trong bể.\n2. Hai.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/khoan-1.1", "dieu-1/khoan-1/khoan-1.2", "dieu-1/khoan-2"],
    ),
    "reference broken before its Điều by the width of the page": (
        "Điều 1. Ốc\n1. Thay cụm từ:\na) Tại khoản 2 Điều 9;\nb) Tại khoản 1\nĐiều 7.\n2. Bỏ Điều 8.\n"
        "Điều 2. Cá\nNuôi.\n",
        ["dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/diem-a", "dieu-1/khoan-1/diem-b", "dieu-1/khoan-2",
         "dieu-2"],
    ),
    "line that ends with «dân số», which no number follows": (
        "Điều 1. Ốc\nQuy định này nuôi ốc theo Pháp lệnh Dân số\nĐiều 4. Hiệu lực\n1. Từ ngày ký.\n",
        ["dieu-1", "dieu-4", "dieu-4/khoan-1"],
    ),
    "new text right below the heading that announces it": (
        "Điều 1. Một\nVăn.\nĐiều 2. Sửa đổi khoản 4 Điều 7 của Luật Nuôi ốc số 901/2031/QH99\n"
        "“4. Ốc được nuôi 50 năm.”.\nĐiều 3. Ba\nVăn.\n",
        ["dieu-1", "dieu-2", "dieu-2/khoan-4", "dieu-3"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_units(name: str) -> None:
    text, wanted = CASES[name]
    act = parse_act(RawDocument(source="a.txt", format="text", text=text))
    found = [provision.path for provision in act.provisions if provision.level != "doan"]
    assert found == wanted
