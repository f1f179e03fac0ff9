"""What is typed into the search box: address, act, phrases and words are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.search.typed import WantedAct, read


@pytest.mark.parametrize(
    ("typed", "num", "year", "kind", "tail"),
    [
        ("nd 961", "961", None, "nghi dinh", ""),
        ("nghị định số 961/2015/NĐ-CP", "961", 2015, "nghi dinh", "nd-cp"),
        ("NĐ 961/2015", "961", 2015, "nghi dinh", ""),
        ("tt 08/2083", "8", 2083, "thong tu", ""),
        ("thông tư liên tịch 912/2016", "912", 2016, "thong tu lien tich", ""),
        ("66.7/2025/nq-cp", "66.7", 2025, "", "nq-cp"),
        ("961/2015", "961", 2015, "", ""),
        ("6660/vbhn-bldtbxh", "6660", None, "", "vbhn-bldtbxh"),
        ("luật 968/2020/qh14", "968", 2020, "luat", "qh14"),
        ("30a/2008", "30a", 2008, "", ""),
        ("nd 961/15", "961", 2015, "nghi dinh", ""),
        ("tt 5/99", "5", 1999, "thong tu", ""),
        ("nd 961-2015-nđ-cp", "961", 2015, "nghi dinh", "nd-cp"),
        ("nd961.2015", "961", 2015, "nghi dinh", ""),
        ("nghi dinh 961/2105", "961", 2105, "nghi dinh", ""),
    ],
)  # fmt: skip
def test_an_act_is_known_by_its_number(
    typed: str, num: str, year: int | None, kind: str, tail: str
) -> None:
    found = read(typed).act
    assert found is not None
    assert (found.num, found.year, found.type, found.tail) == (num, year, kind, tail)


@pytest.mark.parametrize(
    "typed", ["luật 2020", "nộp 02 bộ hồ sơ", "điện thoại 0123", "1/2 số phiếu", "năm 2015"]
)
def test_other_numbers_are_words(typed: str) -> None:
    assert read(typed).act is None


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("điểm b khoản 2 điều 10", ("dieu-10/khoan-2/diem-b",)),
        ("dieu 10 khoan 2 diem b", ("dieu-10/khoan-2/diem-b",)),
        ("Điểm b, khoản 2, Điều 10", ("dieu-10/khoan-2/diem-b",)),
        ("diem d dieu 5", ("dieu-5/diem-d", "dieu-5/diem-đ")),
        ("điểm đ khoản 1 điều 5", ("dieu-5/khoan-1/diem-đ",)),
        ("Đ46.3", ("dieu-46/khoan-3",)),
        ("k2 đ5", ("dieu-5/khoan-2",)),
        ("phụ lục II", ("phu-luc-2",)),
        ("mẫu số 2", ("mau-2", "mau-02")),
        ("điều 5a", ("dieu-5a",)),
    ],
)
def test_an_address_becomes_the_path_of_the_unit(typed: str, paths: tuple[str, ...]) -> None:
    assert read(typed).paths == paths


@pytest.mark.parametrize(
    ("typed", "words", "phrases"),
    [
        ("so ho khau nd 961", "so ho khau", ()),
        ("sổ hộ khẩu của nghị định 961", "sổ hộ khẩu", ()),
        ('"bản sao có chứng thực" tt 8/2083', "", ("bản sao có chứng thực",)),
        ("«nộp trực tiếp» hồ sơ", "hồ sơ", ("nộp trực tiếp",)),
        ("điểm thi đua khen thưởng", "điểm thi đua khen thưởng", ()),
        ('hồ sơ "dở dang', "hồ sơ dở dang", ()),
    ],
)
def test_the_rest_is_words_and_phrases(typed: str, words: str, phrases: tuple[str, ...]) -> None:
    found = read(typed)
    assert (found.words, found.phrases) == (words, phrases)


def test_without_its_smallest_unit_an_address_names_what_is_around() -> None:
    assert read("điểm b khoản 2 điều 10").outer().paths == ("dieu-10/khoan-2",)


def test_the_address_is_said_back_as_a_lawyer_says_it() -> None:
    found = read("khoan 2 dieu 10 nd 961")
    assert found.label == "khoản 2 Điều 10"
    assert found.act == WantedAct("961", None, "nghi dinh", "", "nd 961")


@given(st.text(max_size=80))
def test_anything_typed_is_read_without_an_error(typed: str) -> None:
    read(typed)
