"""Numbers, dates and order as Vietnamese documents have them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from exports import collation
from exports.formats import clock, count, legal, long_date, number, roman


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (7, "7"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567")],
)
def test_thousands_are_parted_by_dots(value: int, written: str) -> None:
    assert number(value) == written


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (5, "05"), (10, "10"), (1500, "1.500")])
def test_counts_below_ten_take_a_leading_zero(value: int, written: str) -> None:
    assert count(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_days_and_the_first_two_months_take_a_leading_zero(value: date, written: str) -> None:
    assert long_date(value) == written


def test_a_date_to_fill_in_keeps_the_year() -> None:
    assert long_date(None, 2026).split() == ["ngày", "tháng", "năm", "2026"]


def test_instants_are_shown_in_vietnamese_time() -> None:
    assert clock(datetime(2026, 11, 23, 20, 30, tzinfo=UTC)) == "24/11/2026 03:30"


@pytest.mark.parametrize(
    ("value", "sign"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL")]
)
def test_annexes_have_roman_numbers(value: int, sign: str) -> None:
    assert roman(value) == sign


def test_letters_sort_before_tones_and_d_before_dd() -> None:
    expected = [
        "an",
        "án",
        "ăn",
        "ân",
        "da",
        "đa",
        "đá",
        "e",
        "ê",
        "oa",
        "ôn",
        "ơn",
        "un",
        "ưng",
        "xa",
    ]
    shuffled = list(reversed(expected))
    assert sorted(shuffled, key=collation.key) == expected


def test_numbers_inside_a_name_sort_as_numbers() -> None:
    assert sorted(["10/2020/TT-BYT", "9/2020/TT-BYT"], key=collation.key) == [
        "9/2020/TT-BYT",
        "10/2020/TT-BYT",
    ]


def test_decomposed_text_sorts_like_composed_text() -> None:
    assert collation.key("Đa\u0301")[:2] == collation.key("Đá")[:2]


def test_ministries_sort_as_a_vietnamese_list_does() -> None:
    names = ["Bộ Y tế", "Bộ Tư pháp", "Bộ Công Thương", "Bộ Công an", "Bộ Xây dựng"]
    assert sorted(names, key=collation.key) == [
        "Bộ Công an",
        "Bộ Công Thương",
        "Bộ Tư pháp",
        "Bộ Xây dựng",
        "Bộ Y tế",
    ]


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    assert legal("a\x00b\x0bc\r\nd\ufffe\ud800") == "ab\nc\nd"
