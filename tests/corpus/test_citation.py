"""References: styles, lists, ranges, relative ones resolved from where they stand."""

from __future__ import annotations

import pytest

from corpus.citation import citations_of, find_citations
from corpus.label import label_of
from corpus.records import Provision

HERE = "dieu-7/khoan-2/diem-b"
CASES = [
    ("điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP", [("901/2031/NĐ-CP", ["dieu-5/khoan-2/diem-a"])]),
    ("Điểm a, khoản 2, Điều 5 của Thông tư này", [("", ["dieu-5/khoan-2/diem-a"])]),
    ("tại các điểm b, d và đ khoản 2 Điều 8", [("", ["dieu-8/khoan-2/diem-b", "dieu-8/khoan-2/diem-d", "dieu-8/khoan-2/diem-đ"])]),
    ("khoản 3 và khoản 4 Điều 19", [("", ["dieu-19/khoan-3", "dieu-19/khoan-4"])]),
    ("từ Điều 5 đến Điều 8 Nghị định này", [("", ["dieu-5", "dieu-6", "dieu-7", "dieu-8"])]),
    ("khoản 1 đến khoản 3 Điều 4", [("", ["dieu-4/khoan-1", "dieu-4/khoan-2", "dieu-4/khoan-3"])]),
    ("điểm a khoản 1, điểm b khoản 2 Điều 5", [("", ["dieu-5/khoan-1/diem-a", "dieu-5/khoan-2/diem-b"])]),
    ("Mẫu số 2 Phụ lục I ban hành kèm theo Thông tư này", [("", ["phu-luc-1/mau-02"])]),
    ("Mẫu số 04-A", [("", ["mau-04a"])]),
    ("khoản 1 Điều này và khoản 3 Điều 8 Nghị định này", [("", ["dieu-7/khoan-1"]), ("", ["dieu-8/khoan-3"])]),
    ("quy định tại điểm a khoản này", [("", ["dieu-7/khoan-2/diem-a"])]),
    ("quy định tại khoản 1", [("", ["dieu-7/khoan-1"])]),
    ("theo Điều này", [("", ["dieu-7"])]),
    ("đoạn 2 khoản 1 Điều 25", [("", ["dieu-25/khoan-1/doan-2"])]),
    ("khoản 1 Điều 19 của Luật Nuôi ốc", [("Luật Nuôi ốc", ["dieu-19/khoan-1"])]),
    ("Điều 5a, khoản 2a Điều 6", [("", ["dieu-5a"]), ("", ["dieu-6/khoan-2a"])]),
    ("theo Nghị định số 901/2031/NĐ-CP và Luật Nuôi ốc năm 2031", [("901/2031/NĐ-CP", []), ("Luật Nuôi ốc 2031", [])]),
    ("Chương II và Mẫu số 01", [("", ["chuong-2", "mau-01"])]),
    ("không viện dẫn gì", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_citations(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = find_citations(text, HERE)
    assert [(citation.act, list(citation.paths)) for citation in found] == expected


def test_spans_cover_the_words_of_the_reference() -> None:
    text = "Hồ sơ theo điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP của Chính phủ."
    (citation,) = find_citations(text)
    assert (
        text[citation.start : citation.end] == "điểm a khoản 2 Điều 5 Nghị định số 901/2031/NĐ-CP"
    )


def test_inside_quoted_text_this_act_is_the_amended_one() -> None:
    provision = Provision(
        "dieu-1/khoan-2/khoan-3", "khoan", "", "", "", 0, 0, quoted=True, target="dieu-9/khoan-3"
    )
    (first, second) = citations_of(
        provision, "theo khoản 1 Điều này và Điều 4 Nghị định này", "901/2020/NĐ-CP"
    )
    assert (first.act, first.paths) == ("901/2020/NĐ-CP", ("dieu-9/khoan-1",))
    assert (second.act, second.paths) == ("901/2020/NĐ-CP", ("dieu-4",))


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("dieu-5/khoan-2/diem-a", "điểm a khoản 2 Điều 5"),
        ("dieu-25/khoan-1/doan-2", "đoạn 2 khoản 1 Điều 25"),
        ("quy-che-1/dieu-3", "Điều 3 Quy chế"),
        ("phu-luc-2/mau-02/doan-1", "đoạn 1 Mẫu số 02 Phụ lục II"),
        ("dieu-5~2", "Điều 5 (lần 2)"),
        ("dieu-1/khoan-2/dieu-5/khoan-2", "khoản 2 Điều 5 (tại khoản 2 Điều 1)"),
        ("chuong-4/muc-1", "Mục 1 Chương IV"),
    ],
)
def test_labels(path: str, label: str) -> None:
    assert label_of(path) == label


@pytest.mark.parametrize("path", ["", "khac-1", "dieu", "dieu-5/"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="địa chỉ điều khoản"):
        label_of(path)
