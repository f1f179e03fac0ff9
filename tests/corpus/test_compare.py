"""Two texts of one act: differences by provision and by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.compare import Unit, compare, compare_units, follow, word_changes
from corpus.records import Act, RawDocument
from corpus.structure import parse_act

BASE = "Điều 1. Hồ sơ\n1. Nộp sổ ốc.\n2. Gồm:\na) Đơn;\nb) Ảnh.\nĐiều 2. Phí\nKhông thu.\n"


def act_of(text: str) -> Act:
    return parse_act(RawDocument("a", "text", text))


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (BASE, {}),
        (BASE.replace("Nộp sổ ốc.", "NỘP  SỔ ỐC"), {}),
        (BASE.replace("Không thu.", "Không thu"), {}),
        (BASE.replace("Nộp sổ ốc", "Khai dữ liệu ốc"), {"dieu-1/khoan-1": "khac"}),
        (BASE.replace("b) Ảnh.\n", ""), {"dieu-1/khoan-2/diem-b": "bot"}),
        (BASE.replace("b) Ảnh.", "b) Ảnh;\nc) Phim."), {"dieu-1/khoan-2/diem-c": "them"}),
        (BASE.replace("Không thu.", "Thu một lần.\nTrả lại."), {"dieu-2": "khac"}),
        (BASE + "Điều 3. Mới\nX.\n", {"dieu-3": "them"}),
    ],
)
def test_differences_by_unit(after: str, kinds: dict[str, str]) -> None:
    comparison = compare(act_of(BASE), act_of(after))
    found = {d.path: d.kind for d in comparison.differences if d.kind != "nhu_nhau"}
    assert found == kinds
    assert comparison.same is (not kinds)
    assert sum(comparison.counts.values()) == len(comparison.differences)


def test_removed_units_stand_where_they_stood() -> None:
    comparison = compare(act_of(BASE), act_of("Điều 1. Hồ sơ\n1. Nộp sổ ốc.\nĐiều 3. Mới\nX.\n"))
    assert [(difference.path, difference.kind) for difference in comparison.differences] == [
        ("dieu-1", "nhu_nhau"), ("dieu-1/khoan-1", "nhu_nhau"), ("dieu-1/khoan-2", "bot"),
        ("dieu-1/khoan-2/diem-a", "bot"), ("dieu-1/khoan-2/diem-b", "bot"), ("dieu-2", "bot"),
        ("dieu-3", "them"),
    ]  # fmt: skip


def test_footnote_marks_of_a_consolidated_text_do_not_count() -> None:
    marked = "VĂN BẢN HỢP NHẤT\nTHÔNG TƯ\nNuôi ốc\nCăn cứ Luật;\n" + BASE.replace(
        "sổ ốc.", "sổ ốc.12"
    ).replace("Đơn;", "Đơn3;")
    plain = "THÔNG TƯ\nNuôi ốc\nCăn cứ Luật;\n" + BASE
    assert compare(act_of(plain), act_of(marked)).same


def test_words_that_changed() -> None:
    pieces = word_changes("Nộp bản sao sổ ốc, ảnh.", "Nộp dữ liệu ốc, ảnh.")
    assert [(piece.kind, piece.text.strip()) for piece in pieces] == [
        ("nhu_nhau", "Nộp"), ("bot", "bản sao sổ"), ("them", "dữ liệu"), ("nhu_nhau", "ốc, ảnh."),
    ]  # fmt: skip


LONG = (
    "Điều 1. Hồ sơ\n1. Người nuôi nộp đơn tại xã.\n2. Người nuôi nộp ảnh bè ốc.\n"
    "Điều 2. Thời hạn giải quyết\n1. Xã trả lời trong ba ngày.\n2. Huyện trả lời sau đó:\na) Đơn;\nb) Ảnh.\n"
)


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (
            LONG.replace("1. Người nuôi nộp đơn", "1. Việc mới hoàn toàn khác.\n2. Người nuôi nộp đơn").replace(
                "2. Người nuôi nộp ảnh", "3. Người nuôi nộp ảnh"
            ),
            {"dieu-1/khoan-2": "dieu-1/khoan-1", "dieu-1/khoan-3": "dieu-1/khoan-2"},
        ),
        (
            "Điều 1. Phạm vi của việc nuôi\nNuôi ốc.\n" + LONG.replace("Điều 2.", "Điều 3.").replace("Điều 1.", "Điều 2."),
            {
                "dieu-2": "dieu-1", "dieu-2/khoan-1": "dieu-1/khoan-1", "dieu-2/khoan-2": "dieu-1/khoan-2",
                "dieu-3": "dieu-2", "dieu-3/khoan-1": "dieu-2/khoan-1", "dieu-3/khoan-2": "dieu-2/khoan-2",
                "dieu-3/khoan-2/diem-a": "dieu-2/khoan-2/diem-a", "dieu-3/khoan-2/diem-b": "dieu-2/khoan-2/diem-b",
            },
        ),
    ],
    ids=["a khoản put in before", "an article put in before"],
)  # fmt: skip
def test_units_are_followed_by_their_words(after: str, moved: dict[str, str]) -> None:
    comparison = compare(act_of(LONG), act_of(after))
    found = {d.path: d.was for d in comparison.differences if d.kind == "chuyen"}
    assert found == moved
    assert not [d.path for d in comparison.differences if d.kind == "bot"]


@given(st.lists(st.sampled_from("abcd"), max_size=8), st.lists(st.sampled_from("abcd"), max_size=8))
def test_following_leads_from_unit_to_unit_once(old: list[str], new: list[str]) -> None:
    sides = [
        [
            Unit(f"dieu-{n}", f"Điều {n}", f"Điều {n}. {letter} b c d e")
            for n, letter in enumerate(side, 1)
        ]
        for side in (old, new)
    ]
    found = follow(*sides)
    assert set(found) <= {unit.path for unit in sides[0]}
    assert set(found.values()) <= {unit.path for unit in sides[1]}
    assert len(set(found.values())) == len(found)
    assert all(found.get(f"dieu-{n}") for n in range(1, min(len(old), len(new)) + 1) if old == new)


def test_unnumbered_paragraphs_count_with_their_unit() -> None:
    before = [Unit("dieu-1", "Điều 1", "Điều 1. Ốc"), Unit("dieu-1/doan-1", "đoạn 1", "Nuôi ốc.")]
    after = [*before, Unit("dieu-1/doan-2", "đoạn 2", "Bán ốc."), Unit("doan-1", "đoạn 1", "Hết.")]
    counts = compare_units(before, after, (False, False)).counts
    assert (counts["khac"], counts["them"], counts["nhu_nhau"]) == (1, 1, 0)
