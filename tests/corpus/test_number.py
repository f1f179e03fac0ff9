"""Số hiệu of all eras: spelling, parts, comparable key, finding in running text."""

from __future__ import annotations

import pytest

from corpus.number import find_numbers, normal_number, number_key, parse_number

FORMS = [
    # printed, official, type, issuers, year
    ("104/2022/NĐ-CP", "104/2022/NĐ-CP", "NĐ", ("CP",), 2022),
    ("Số: 104 /2022/NĐ-CP", "104/2022/NĐ-CP", "NĐ", ("CP",), 2022),
    ("104/2022/ND-CP", "104/2022/NĐ-CP", "NĐ", ("CP",), 2022),
    ("7/2025/NĐ-CP", "07/2025/NĐ-CP", "NĐ", ("CP",), 2025),
    ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "NQ", ("CP",), 2025),
    ("163/2025/QĐ-CTUBND", "163/2025/QĐ-CTUBND", "QĐ", ("CTUBND",), 2025),
    ("05/1999/NĐ-CP", "05/1999/NĐ-CP", "NĐ", ("CP",), 1999),
    ("05/98/TT-BTC", "05/98/TT-BTC", "TT", ("BTC",), 1998),
    ("81-CP", "81-CP", "", ("CP",), None),
    ("68/2020/QH14", "68/2020/QH14", "", ("QH14",), 2020),
    ("326/2016/UBTVQH14", "326/2016/UBTVQH14", "", ("UBTVQH14",), 2016),
    ("10/2003/PL-UBTVQH11", "10/2003/PL-UBTVQH11", "PL", ("UBTVQH11",), 2003),
    ("30a/2008/NQ-CP", "30a/2008/NQ-CP", "NQ", ("CP",), 2008),
    (
        "12/2016/TTLT-BLĐTBXH-BGDĐT- BTC",
        "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC",
        "TTLT",
        ("BLĐTBXH", "BGDĐT", "BTC"),
        2016,
    ),
    ("1607/VBHN-BLĐTBXH", "1607/VBHN-BLĐTBXH", "VBHN", ("BLĐTBXH",), None),
    ("2788/BTP-KTrVB", "2788/BTP-KTrVB", "", ("BTP", "KTrVB"), None),
    ("2367/TCT", "2367/TCT", "", ("TCT",), None),
    ("06/QD-TTG", "06/QĐ-TTg", "QĐ", ("TTg",), None),
    ("01-LCT/HĐNN8", "01-LCT/HĐNN8", "LCT", ("HĐNN8",), None),
    ("23-L/CTN", "23-L/CTN", "L", ("CTN",), None),
    ("102/SL-L-004", "102/SL-L-004", "SL", (), None),
    ("66/SL/1945", "66/SL/1945", "SL", (), 1945),
    ("57-NQ/TW", "57-NQ/TW", "NQ", ("TW",), None),
    ("515/CV-BCS", "515/CV-BCS", "CV", ("BCS",), None),
]


@pytest.mark.parametrize(("printed", "official", "kind", "issuers", "year"), FORMS)
def test_forms(
    printed: str, official: str, kind: str, issuers: tuple[str, ...], year: int | None
) -> None:
    number = parse_number(printed)
    assert number is not None
    assert (number.official, number.type, number.issuers, number.year) == (
        official,
        kind,
        issuers,
        year,
    )


@pytest.mark.parametrize(
    "words", ["", "24/7", "01/02/2022", "khoản 5", "3/4 diện tích", "Điều 5", "1.000/2"]
)
def test_other_figures_are_no_numbers(words: str) -> None:
    assert parse_number(words) is None
    assert list(find_numbers(words)) == []
    assert normal_number(words) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12/2016/TTLT-BTC-BGDĐT-BLĐTBXH", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"),
        ("5/2010/TT-LĐTBXH", "05/2010/TT-BLĐTBXH"),
        ("1/2012/TT-BNN", "01/2012/TT-BNNPTNT"),
        ("104/2022/ND-CP", "104/2022/NĐ-CP"),
        ("42/2008/QĐ-BGD&ĐT", "42/2008/QĐ-BGDĐT"),
        ("42/2008/QĐ-BGD;ĐT", "42/2008/QĐ-BGDĐT"),
        ("01/98/TT-BTC", "01/1998/TT-BTC"),
    ],
)
def test_spellings_of_one_number_share_a_key(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_different_numbers_have_different_keys() -> None:
    numbers = ["66.7/2025/NQ-CP", "66/2025/NQ-CP", "66.8/2025/NQ-CP", "66/NQ-CP", "66/2025/NĐ-CP"]
    assert len({number_key(number) for number in numbers}) == len(numbers)


def test_numbers_in_running_text() -> None:
    text = (
        "theo Nghị định số 901/2031/NĐ-CP1 ngày 1/2/2031, làm việc 24/7 và Thông tư liên tịch số "
        "12/2031/TTLT-BTN-\nBTC; Quyết định số 906/QĐ-TTg - Về việc nuôi ốc, mục 3/4."
    )
    assert [found.number.official for found in find_numbers(text)] == [
        "901/2031/NĐ-CP", "12/2031/TTLT-BTN-BTC", "906/QĐ-TTg",
    ]  # fmt: skip
    first = next(find_numbers(text))
    assert text[first.start : first.end].startswith("901/2031/NĐ-CP")
