"""Names of provisions from their paths, quoted new text included."""

from __future__ import annotations

import pytest

from corpus.label import label_of, quoted_label
from corpus.records import RawDocument
from corpus.structure import parse_act


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("dieu-5/khoan-2/diem-a", "điểm a khoản 2 Điều 5"),
        ("dieu-1/khoan-2/dieu-5/khoan-3", "khoản 3 Điều 5 (tại khoản 2 Điều 1)"),
        ("dieu-1/khoan-2/khoan-2", "khoản 2 (tại khoản 2 Điều 1)"),
        ("dieu-1/khoan-2/diem-a/diem-c", "điểm c (tại điểm a khoản 2 Điều 1)"),
        ("dieu-1/khoan-2/khoan-3/diem-a", "điểm a khoản 3 (tại khoản 2 Điều 1)"),
        ("dieu-2/khoan-1/khoan-1.2", "khoản 1.2 khoản 1 Điều 2"),
        ("phu-luc-2/muc-1/khoan-3", "khoản 3 Mục 1 Phụ lục II"),
        ("phu-luc-2.5/khoan-3", "khoản 3 Phụ lục II-5"),
        ("phu-luc-b/khoan-3", "khoản 3 Phụ lục b"),
    ],
)
def test_label_of_a_path(path: str, label: str) -> None:
    assert label_of(path) == label


def test_quoted_text_is_named_by_what_it_is_in_the_amended_act() -> None:
    assert (
        quoted_label("dieu-27/khoan-2", "khoản 2 Điều 1") == "khoản 2 Điều 27 (tại khoản 2 Điều 1)"
    )
    assert quoted_label("dieu-27;dieu-28", "khoản 2 Điều 1") == ""
    assert quoted_label("dieu-27", "") == "Điều 27"


def test_no_label_says_one_level_twice() -> None:
    act = parse_act(
        RawDocument(
            "a",
            "text",
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 905/2030/NĐ-CP\n"
            "1. Sửa đổi, bổ sung khoản 2 Điều 27 như sau:\n“2. Hồ sơ gồm:\na) Đơn;\nb) Ảnh.”.\n",
        )
    )
    labels = {provision.path: provision.label for provision in act.provisions if provision.quoted}
    assert labels["dieu-1/khoan-1/khoan-2/diem-b"] == "điểm b khoản 2 Điều 27 (tại khoản 1 Điều 1)"
