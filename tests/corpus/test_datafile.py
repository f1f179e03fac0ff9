"""Data files name the line that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.datafile import DataFileError, Row, read_sections


def rows(tmp_path: Path, text: str) -> list[Row]:
    path = tmp_path / "bang.yaml"
    path.write_text(text, encoding="utf-8")
    return read_sections(path, ("muc",))["muc"]


def test_a_row_gives_its_values_and_lines(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "muc:\n  - ma: X\n    ngay: 01/07/2024\n    so: 7\n    ds: [a, b]\n")
    assert (row.text("ma"), row.day("ngay"), row.number("so"), row.words("ds")) == (
        "X", date(2024, 7, 1), 7, ("a", "b"),
    )  # fmt: skip
    row.done()
    assert row.lines["ngay"] == 3


def test_a_number_with_leading_zero_stays_text(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "muc:\n  - so: 02\n")
    assert row.text("so") == "02"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("muc:\n  - ma: [\n", 3, "cú pháp"),
        ("muc:\n  - ma: X\n    ma: Y\n", 3, "viết hai lần"),
        ("khac:\n  - ma: X\n", 1, "khac"),
        ("muc: chữ\n", 1, "danh sách"),
        ("- a\n", 1, "phải gồm"),
        ("{}\n", 1, "thiếu phần"),
    ],
    ids=["broken yaml", "key twice", "unknown section", "no list", "no mapping", "section missing"],
)
def test_a_broken_file_names_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(DataFileError) as caught:
        rows(tmp_path, text)
    assert f"«bang.yaml», dòng {line}:" in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("ngay: 31/02/2024", lambda row: row.day("ngay")),
        ("ngay: 2024-07-01", lambda row: row.day("ngay")),
        ("loai: Z", lambda row: row.choice("loai", ("A", "B"))),
        ("so: bảy", lambda row: row.number("so")),
        ("ds: a", lambda row: row.words("ds")),
        ("ds: [a, c]", lambda row: row.words("ds", ("a", "b"))),
        ("la: 1", lambda row: row.done()),
        ("khac: 1", lambda row: row.text("thieu")),
    ],
    ids=["no such day", "ISO date", "not a choice", "not a number", "not a list", "unknown word",
         "unknown key", "missing key"],
)  # fmt: skip
def test_a_bad_value_names_its_line(tmp_path: Path, line: str, read) -> None:
    (row,) = rows(tmp_path, f"muc:\n  -\n    {line}\n")
    with pytest.raises(DataFileError, match="dòng 3:"):
        read(row)
