"""What amending acts do, and to which unit of which act."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from corpus.amendment import amend_ops
from corpus.records import RawDocument
from corpus.structure import parse_act

EXPECTED = sorted((Path(__file__).parent / "amend-ops").glob("*.yaml"))
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
    "new text below the stem without quotation marks": (
        STEM + "1. Sửa đổi, bổ sung khoản 5 Điều 6 như sau:\nNgười nuôi phải có:\na) Bè, khi có thay đổi, bổ sung thì báo;\nb) Lưới.\n",
        [("sua_doi_bo_sung", "905/2020/TT-BYT", "dieu-6/khoan-5",
          "Người nuôi phải có:\na) Bè, khi có thay đổi, bổ sung thì báo;\nb) Lưới.", "", "")],
    ),
    "a phrase whose mark never opens": (
        STEM + "1. Thay thế cụm từ sổ ốc” bằng cụm từ “dữ liệu ốc” tại khoản 1 Điều 4.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-4/khoan-1", "", "sổ ốc", "dữ liệu ốc")],
    ),
    "a mark known by the words beside it": (
        STEM + "1. Thay thế dấu “,” bằng từ “hoặc” trước cụm từ “ốc con” tại điểm i khoản 1 Điều 4.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-4/khoan-1/diem-i", "", ", ốc con", " hoặc ốc con")],
    ),
    "no op for a rule that fills in an amended law": (
        "Điều 4. Điều kiện\n4. Điều kiện tại khoản 2 Điều 1 Luật số 9/2031/QH19 sửa đổi, bổ sung Luật Nuôi ốc được quy định như sau:\na) Có bè.\n",
        [],
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
    "heading printed only to show where a khoản stands": (
        STEM + "1. Sửa đổi Khoản 2 Điều 10:\n“Điều 10. Nuôi ốc\n2. Nộp đơn.”.\n",
        [("sua_doi", "905/2020/TT-BYT", "dieu-10/khoan-2", "2. Nộp đơn.", "", "")],
    ),
    "two verbs in one stem": (
        STEM + "1. Sửa đổi, bổ sung khoản 8 và bổ sung khoản 8a vào sau khoản 8 Điều 4 như sau:\n“8. Tám.\n8a. Tám a.”.\n",
        [("sua_doi_bo_sung", "905/2020/TT-BYT", "dieu-4/khoan-8", "8. Tám.", "", ""),
         ("bo_sung", "905/2020/TT-BYT", "dieu-4/khoan-8a", "8a. Tám a.", "", "")],
    ),
    "unit repealed beside one amended": (
        STEM + "1. Sửa đổi khoản 1 và bãi bỏ khoản 2 Điều 5 như sau:\n“1. Một.”.\n",
        [("sua_doi", "905/2020/TT-BYT", "dieu-5/khoan-1", "1. Một.", "", ""),
         ("bai_bo", "905/2020/TT-BYT", "dieu-5/khoan-2", "", "", "")],
    ),
    "the stem is right where the quoted label is misread": (
        STEM + "1. Sửa đổi điểm b và điểm c khoản 1 Điều 5 như sau:\n“b) Bê;\ne) Xê;”.\n",
        [("sua_doi", "905/2020/TT-BYT", "dieu-5/khoan-1/diem-b", "b) Bê;", "", ""),
         ("sua_doi", "905/2020/TT-BYT", "dieu-5/khoan-1/diem-c", "e) Xê;", "", "")],
    ),
    "letter read for the figure 1": (
        STEM + "1. Bổ sung khoản la sau khoản 1 Điều 18 như sau:\n“la. Mới.”.\n",
        [("bo_sung", "905/2020/TT-BYT", "dieu-18/khoan-1a", "la. Mới.", "", "")],
    ),
    "mục inside its chương": (
        STEM + "1. Bổ sung Mục 5 Chương 3 như sau:\n“Mục 5\nNUÔI ỐC\nĐiều 28a. Ao\nMột.”.\n",
        [("bo_sung", "905/2020/TT-BYT", "chuong-3/muc-5", "Mục 5\nNUÔI ỐC\nĐiều 28a. Ao\nMột.", "", "")],
    ),
    "two changes of phrases in one sentence": (
        STEM + "1. Thay thế cụm từ “ốc” bằng cụm từ “sò” tại khoản 1 Điều 8; bỏ cụm từ “nghêu” tại khoản 4 Điều 13.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-8/khoan-1", "", "ốc", "sò"),
         ("bai_bo_cum_tu", "905/2020/TT-BYT", "dieu-13/khoan-4", "", "nghêu", "")],
    ),
    "a phrase whose mark never closes": (
        STEM + "1. Bỏ cụm từ “nghêu tại khoản 4 Điều 13.\n",
        [("bai_bo_cum_tu", "905/2020/TT-BYT", "dieu-13/khoan-4", "", "nghêu", "")],
    ),
    "phrase in annexes without a number": (
        STEM + "1. Thay thế cụm từ “ốc” bằng cụm từ “sò” tại Phụ lục mẫu sổ nuôi ốc.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "phu-luc", "", "ốc", "sò")],
    ),
    "places of phrases said above them": (
        STEM + "1. Thay thế một số cụm từ tại Điều 52, 53 như sau:\na) Thay thế cụm từ “ốc” bằng cụm từ “sò”.\n",
        [("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-52", "", "ốc", "sò"),
         ("thay_the_cum_tu", "905/2020/TT-BYT", "dieu-53", "", "ốc", "sò")],
    ),
    "history of the amended unit": (
        STEM + "1. Sửa đổi, bổ sung khoản 1 và bổ sung khoản 6 Điều 7 Thông tư số 905/2020/TT-BYT đã được sửa đổi, bổ sung"
        " bởi khoản 3 Điều 1 Thông tư số 908/2021/TT-BYT như sau:\n"
        "a) Sửa đổi, bổ sung khoản 1 như sau:\n“1. Một.”;\nb) Bổ sung khoản 6 như sau:\n“6. Sáu.”.\n",
        [("sua_doi_bo_sung", "905/2020/TT-BYT", "dieu-7/khoan-1", "1. Một.", "", ""),
         ("bo_sung", "905/2020/TT-BYT", "dieu-7/khoan-6", "6. Sáu.", "", "")],
    ),
    "number that lost its year": (
        STEM + "1. Bãi bỏ Điều 14 Thông tư số 905/TT-BYT và mẫu số 41/TB-NO.\n",
        [("bai_bo", "905/2020/TT-BYT", "dieu-14", "", "", "")],
    ),
    "whole acts repealed with what describes them": (
        "Điều 2. Bãi bỏ\n1. Bãi bỏ Thông tư số 906/2012/TT-BYT ngày 17/02/2012 sửa đổi, bổ sung Thông tư số 905/2008/TT-BYT"
        " và Thông tư số 907/2013/TT-BYT.\n",
        [("bai_bo_toan_bo", "906/2012/TT-BYT", "", "", "", ""), ("bai_bo_toan_bo", "907/2013/TT-BYT", "", "", "", "")],
    ),
    "list under «Bãi bỏ các quy định sau đây»": (
        "Điều 3. Hiệu lực\n1. Bãi bỏ các quy định sau đây:\na) Điều 1 của Thông tư số 906/2019/TT-BYT về nuôi sò;\n"
        "b) Các Điều 3, 4 và khoản 2 Điều 6 của Thông tư số 907/2019/TT-BYT.\n",
        [("bai_bo", "906/2019/TT-BYT", "dieu-1", "", "", ""), ("bai_bo", "907/2019/TT-BYT", "dieu-3", "", "", ""),
         ("bai_bo", "907/2019/TT-BYT", "dieu-4", "", "", ""),
         ("bai_bo", "907/2019/TT-BYT", "dieu-6/khoan-2", "", "", "")],
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


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("Sửa đổi tên Điều 3 như sau: Nuôi sò", [("dieu-3", "ten")]),
        ("Thay thế cụm từ “ốc” bằng “sò” tại tên của Thông tư, tên Chương III, tên và khoản 4 Điều 3; Điều 7.",
         [("", "ten"), ("dieu-3", "ten"), ("chuong-3", "ten"), ("dieu-3/khoan-4", ""), ("dieu-7", "")]),
        ("Sửa đổi, bổ sung đoạn đầu điểm b khoản 1 Điều 6 như sau:\n“b) Bê:”", [("dieu-6/khoan-1/diem-b", "doan_dau")]),
    ],
)  # fmt: skip
def test_part_of_a_unit(change: str, expected: list[tuple[str, str]]) -> None:
    ops = amend_ops(parse_act(RawDocument("a", "text", f"{STEM}1. {change}.\n")))
    assert [(op.target_path, op.part) for op in ops] == expected


def test_phrase_put_before_another() -> None:
    body = STEM + "1. Bổ sung từ “Thường trực” vào trước cụm từ “Ban nuôi ốc” tại khoản 3 Điều 7.\n"
    (op,) = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert (op.phrase_new, op.phrase_old, op.before) == ("Thường trực", "Ban nuôi ốc", True)


def test_number_of_a_law_from_the_preamble() -> None:
    body = (
        "QUỐC HỘI\nLuật số: 9/2031/QH19\nLUẬT\nSửa đổi Luật Nuôi ốc\n"
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Nuôi ốc số 5/2029/QH18.\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Nuôi ốc\n1. Bãi bỏ khoản 2 Điều 4.\n"
    )
    (op,) = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert (op.target_act, op.target_path) == ("05/2029/QH18", "dieu-4/khoan-2")


def test_an_amending_law_does_not_amend_itself() -> None:
    body = (
        "QUỐC HỘI\nLuật số: 9/2031/QH19\nLUẬT\nSửa đổi Luật Nuôi ốc số 9/2031/QH19\n"
        "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Nuôi ốc số 5/2029/QH18.\n"
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Nuôi ốc\n1. Bãi bỏ khoản 2 Điều 4.\n"
    )
    (op,) = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert op.target_act == "05/2029/QH18"


def test_a_row_of_a_table_is_not_the_whole_annex() -> None:
    body = STEM + "1. Bổ sung số thứ tự 6 vào sau số thứ tự 5 Phụ lục II như sau:\n6 Ốc hương\n"
    (op,) = amend_ops(parse_act(RawDocument("a", "text", body)))
    assert (op.target_path, op.part, op.new_text) == ("phu-luc-2", "hang", "6 Ốc hương")


@pytest.mark.shared
@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.stem)
def test_ops_of_a_real_act_are_exact(shared, file: Path) -> None:
    text = (shared / "corpus" / "texts" / f"{file.stem}.txt").read_text(encoding="utf-8")
    found = [
        [
            op.provision,
            op.op,
            op.target_act,
            op.target_path,
            op.part or ("truoc" if op.before else ""),
            op.new_form,
        ]
        for op in amend_ops(parse_act(RawDocument("a", "text", text)))
    ]
    expected = yaml.safe_load(file.read_text(encoding="utf-8"))["ops"]
    assert found == [row + [""] * (6 - len(row)) for row in expected]


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
