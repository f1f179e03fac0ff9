"""What amending acts do, and to which unit of which act."""

from __future__ import annotations

import pytest

from corpus.amendment import amend_ops
from corpus.records import RawDocument
from corpus.structure import parse_act

STEM = "Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 905/2020/TT-BYT\n"
CASES = {
    "new text": (
        STEM + "1. Sửa đổi khoản 2 Điều 5 như sau:\n“2. Nộp đơn.”.\n",
        [("sua_doi", "905/2020/TT-BYT", "dieu-5/khoan-2", "2. Nộp đơn.", "", "")],
    ),
    "several units under one stem": (
        STEM + "1. Sửa đổi, bổ sung khoản 1, khoản 4 Điều 5 như sau:\n“1. Một.\n4. Bốn.”.\n",
        [("sua_doi_bo_sung", "905/2020/TT-BYT", "dieu-5/khoan-1", "1. Một.", "", ""),
         ("sua_doi_bo_sung", "905/2020/TT-BYT", "dieu-5/khoan-4", "4. Bốn.", "", "")],
    ),
    "inserted unit": (
        STEM + "1. Bổ sung điểm a1 vào sau điểm a khoản 1 Điều 5 như sau:\n“a1) Mới;”.\n",
        [("bo_sung", "905/2020/TT-BYT", "dieu-5/khoan-1/diem-a1", "a1) Mới;", "", "")],
    ),
    "phrase replaced in several places": (
        STEM + "1. Thay thế cụm từ “sổ ốc” bằng cụm từ “dữ liệu ốc” tại khoản 1 Điều 4, điểm d khoản 2 Điều 6.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-4/khoan-1", "", "sổ ốc", "dữ liệu ốc"),
         ("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-6/khoan-2/diem-d", "", "sổ ốc", "dữ liệu ốc")],
    ),
    "phrase removed": (
        "Điều 2. Bãi bỏ\n1. Bãi bỏ nội dung “(có xác nhận)” tại điểm b khoản 2 Điều 10 của Thông tư số 906/2019/TT-BYT.\n",
        [("bai_bo_cum_tu", "906/2019/TT-BYT", "dieu-10/khoan-2/diem-b", "", "(có xác nhận)", "")],
    ),
    "phrase added": (
        STEM + "1. Bổ sung cụm từ “hoặc dữ liệu” sau cụm từ “sổ ốc” tại khoản 3 Điều 7.\n",
        [("bo_sung_cum_tu", "905/2020/TT-BYT", "dieu-7/khoan-3", "", "sổ ốc", "hoặc dữ liệu")],
    ),
    "units repealed": (
        STEM + "1. Bãi bỏ khoản 5 Điều 14 và Phụ lục II.\n",
        [("bai_bo", "905/2020/TT-BYT", "dieu-14/khoan-5", "", "", ""),
         ("bai_bo", "905/2020/TT-BYT", "phu-luc-2", "", "", "")],
    ),
    "whole act repealed": (
        "Điều 2. Bãi bỏ\n1. Bãi bỏ toàn bộ Thông tư số 907/2015/TT-BYT ngày 01 tháng 02 năm 2015 hướng dẫn Nghị định số 1/2014/NĐ-CP.\n",
        [("bai_bo_toan_bo", "907/2015/TT-BYT", "", "", "", "")],
    ),
    "no op for «một phần», only for its units": (
        "Điều 2. Bãi bỏ\n1. Bãi bỏ một phần Thông tư số 907/2015/TT-BYT như sau:\na) Bãi bỏ điểm b khoản 2 Điều 4;\nb) Bãi bỏ Mẫu số 01a và Mẫu số 01b.\n",
        [("bai_bo", "907/2015/TT-BYT", "dieu-4/khoan-2/diem-b", "", "", ""),
         ("bai_bo", "907/2015/TT-BYT", "mau-01a", "", "", ""), ("bai_bo", "907/2015/TT-BYT", "mau-01b", "", "", "")],
    ),
    "stem split over khoản and điểm": (
        STEM + "1. Sửa đổi, bổ sung Điều 18 như sau:\na) Sửa đổi khoản 3 như sau:\n“3. Ba.”;\nb) Bãi bỏ khoản 4.\n",
        [("sua_doi", "905/2020/TT-BYT", "dieu-18/khoan-3", "3. Ba.", "", ""),
         ("bai_bo", "905/2020/TT-BYT", "dieu-18/khoan-4", "", "", "")],
    ),
    "an act that amends nothing": ("Điều 1. Một\n1. Theo khoản 2 Điều 5 Nghị định số 1/2014/NĐ-CP.\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES.keys())
def test_ops(body: str, expected: list[tuple[str, ...]]) -> None:
    ops = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert [
        (op.op, op.target_act, op.target_path, op.new_text, op.phrase_old, op.phrase_new)
        for op in ops
    ] == expected


def test_form_replaced_by_another_form() -> None:
    body = STEM + "1. Sửa Mẫu số 1 thành Mẫu số 28 ban hành kèm theo Thông tư này.\n"
    (op,) = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert (op.op, op.target_path, op.new_form) == ("thay_mau", "mau-01", "mau-28")


@pytest.mark.shared
def test_circular_08_2023_touches_its_fifteen_targets(shared) -> None:
    file = shared / "corpus" / "texts" / "08-2023-TT-BLĐTBXH.txt"
    ops = amend_ops(parse_act(RawDocument("a", "text", file.read_text(encoding="utf-8"))))
    assert len({op.provision for op in ops}) == 32
    assert len({op.target_act for op in ops}) == 15
    assert sum(op.op == "bai_bo_toan_bo" for op in ops) == 1
    assert {op.target_path for op in ops if op.target_act == "35/2013/TT-BLĐTBXH"} == {
        "dieu-4/khoan-3", "dieu-16/khoan-1/diem-a", "phu-luc-3", "phu-luc-16",
    }  # fmt: skip
