"""Who amended a provision: footnotes of consolidated texts, notes of Bộ Pháp điển."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.provenance import Consolidated, consolidated_acts, provenance_of
from corpus.records import Act, ArticleChange, ArticleNote, RawDocument
from corpus.structure import parse_act

HEAD = (
    "VĂN BẢN HỢP NHẤT - BỘ Y TẾ\nTHÔNG TƯ\n"
    "Quy định về nuôi ốc tại Nghị định số 1/2019/NĐ-CP Thông tư số 905/2020/TT-BYT ngày 05 tháng 6 năm 2020"
    " của Bộ trưởng Bộ Y tế, có hiệu lực kể từ ngày 01 tháng 8 năm 2020, được sửa đổi, bổ sung bởi:\n"
    "Thông tư số 910/2022/TT-BYT ngày 01 tháng 3 năm 2022 của Bộ trưởng Bộ Y tế sửa đổi một số điều của "
    "Thông tư số 905/2020/TT-BYT, có hiệu lực kể từ ngày 15 tháng 4 năm 2022.\nCăn cứ Luật;\n"
)
SINCE = ", có hiệu lực kể từ ngày 15 tháng 4 năm 2022."


def by(place: str) -> str:
    return f"theo quy định tại {place} Thông tư số 910/2022/TT-BYT ngày 01 tháng 3 năm 2022 của Bộ trưởng Bộ Y tế{SINCE}"


def act_of(body: str) -> Act:
    return parse_act(RawDocument("a", "text", HEAD + body))


@pytest.mark.parametrize(
    ("body", "edge"),
    [
        (f"Điều 1. Một\n1. Nộp đơn.2\n2. Nộp ảnh.\n2 Khoản này được sửa đổi, bổ sung {by('khoản 1 Điều 1')}\n",
         ("dieu-1/khoan-1", "sua_doi_bo_sung", ("dieu-1/khoan-1",), "")),
        (f"Điều 1. Một\n1. Gồm:\na) Đơn;\nb)3 (được bãi bỏ)\n3 Điểm này được bãi bỏ {by('điểm b khoản 2 Điều 1')}\n",
         ("dieu-1/khoan-1/diem-b", "bai_bo", ("dieu-1/khoan-2/diem-b",), "")),
        (f"Điều 1. Một\nX.\nĐiều 2. 4 (được bãi bỏ)\n4 Điều này được bãi bỏ {by('khoản 3 Điều 1')}\n",
         ("dieu-2", "bai_bo", ("dieu-1/khoan-3",), "")),
        (f"Điều 1. Một\n1. Khai dữ liệu5 ốc.\n5 Cụm từ “sổ ốc” được thay thế bằng cụm từ “dữ liệu” {by('khoản 4 Điều 1')}\n",
         ("dieu-1/khoan-1", "thay_the", ("dieu-1/khoan-4",), "sổ ốc")),
        (f"Điều 1. Một\n1.6 Khai ốc.\n2. Nộp.\n6 Khoản này được sửa đổi {by('khoản 5 Điều 1')}\n",
         ("dieu-1/khoan-1", "sua_doi", ("dieu-1/khoan-5",), "")),
        (f"Điều 1. Một\nX.\nTM. BỘ\nBỘ TRƯỞNG\nMẫu số 017 (được bãi bỏ)\n7 Mẫu này được bãi bỏ {by('khoản 6 Điều 1')}\n",
         ("mau-01", "bai_bo", ("dieu-1/khoan-6",), "")),
        (f"Điều 1. Một\nX.\n8 Khoản này được sửa đổi {by('khoản 7 Điều 1')}\n",
         ("", "sua_doi", ("dieu-1/khoan-7",), "")),
    ],
)  # fmt: skip
def test_footnote_of_a_consolidated_text(body: str, edge: tuple[object, ...]) -> None:
    (found,) = provenance_of(act_of(body))
    assert (found.path, found.kind, found.provisions, found.phrase) == edge
    assert (found.by, found.since) == ("910/2022/TT-BYT", date(2022, 4, 15))


def test_marks_are_sought_in_the_order_of_their_numbers() -> None:
    body = (
        "Điều 1. Một\n1. Nộp đơn.2\n2. Nộp ảnh.3\n3. Mẫu 2.\n"
        f"2 Khoản này được sửa đổi {by('khoản 1 Điều 1')}\n3 Khoản này được bổ sung {by('khoản 2 Điều 1')}\n"
    )
    edges = provenance_of(act_of(body))
    assert [(e.mark, e.path, e.kind) for e in edges] == [
        (2, "dieu-1/khoan-1", "sua_doi"),
        (3, "dieu-1/khoan-2", "bo_sung"),
    ]


def test_acts_that_went_into_a_consolidated_text() -> None:
    assert consolidated_acts(act_of("Điều 1. Một\nX.\n")) == [
        Consolidated("905/2020/TT-BYT", date(2020, 8, 1)),
        Consolidated("910/2022/TT-BYT", date(2022, 4, 15)),
    ]


def test_an_ordinary_act_has_no_provenance() -> None:
    act = parse_act(
        RawDocument("a", "text", "THÔNG TƯ\nNuôi ốc\nĐiều 1. Một\n2 Khoản này được sửa đổi.\n")
    )
    assert provenance_of(act) == []
    assert consolidated_acts(act) == []


def test_note_of_the_codified_law() -> None:
    change = ArticleChange("910/2022/TT-BYT", ("dieu-1/khoan-2",), date(2022, 4, 15))
    note = ArticleNote("dieu-8", "(Điều 8 …)", "36.3 Nuôi ốc", amended_by=(change,))
    raw = RawDocument("a", "phapdien", "Điều 8. Tám\nX.\n", article_notes=[note])
    (edge,) = provenance_of(parse_act(raw))
    assert (edge.path, edge.by, edge.provisions, edge.since, edge.mark) == (
        "dieu-8", "910/2022/TT-BYT", ("dieu-1/khoan-2",), date(2022, 4, 15), 0,
    )  # fmt: skip


# File: footnotes that say who amended, those whose unit the text shows, first act that went in.
SHARED = [
    ("1345-VBHN-BLĐTBXH", 6, 6, "35/2013/TT-BLĐTBXH"),
    ("1346-VBHN-BLĐTBXH", 6, 6, "01/2019/TT-BLĐTBXH"),
    ("1546-VBHN-BLĐTBXH", 11, 11, "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"),
    ("1547-VBHN-BLĐTBXH", 44, 32, "38/2015/TT-BLĐTBXH"),
    ("1607-VBHN-BLĐTBXH", 34, 34, "61/2015/NĐ-CP"),
    ("605-VBHN-BLĐTBXH", 11, 11, "17/2014/TTLT-BLĐTBXH-BTC"),
    ("835-VBHN-BLĐTBXH", 22, 22, "08/2012/TTLT-BLĐTBXH-BNV-BTC"),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "count", "placed", "first"), SHARED)
def test_real_consolidated_texts(shared, name: str, count: int, placed: int, first: str) -> None:
    text = (shared / "corpus" / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    act = parse_act(RawDocument("a", "text", text))
    edges = provenance_of(act)
    assert len(edges) == count
    assert sum(bool(edge.path) for edge in edges) >= placed
    assert all(edge.since for edge in edges)
    assert consolidated_acts(act)[0].number == first
    amending = {consolidated.number for consolidated in consolidated_acts(act)}
    assert {edge.by for edge in edges} <= amending


@pytest.mark.shared
def test_footnotes_agree_with_the_amending_act(shared) -> None:
    """1546/VBHN-BLĐTBXH: what TT 08/2023/TT-BLĐTBXH took out of TTLT 12/2016, and where it says so."""
    text = (shared / "corpus" / "texts" / "1546-VBHN-BLĐTBXH.txt").read_text(encoding="utf-8")
    edges = provenance_of(parse_act(RawDocument("a", "text", text)))
    assert [
        (edge.path, edge.provisions)
        for edge in edges
        if edge.kind == "bai_bo" and edge.by == "08/2023/TT-BLĐTBXH"
    ] == [
        ("dieu-4/khoan-2/diem-đ", ("dieu-3/khoan-4/diem-a",)),
        ("dieu-4/khoan-2/diem-e", ("dieu-3/khoan-4/diem-a",)),
        *((f"phu-luc-{number}", ("dieu-3/khoan-4/diem-b",)) for number in (2, 3, 4, 5)),
    ]
