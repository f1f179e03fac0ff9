"""Abbreviations in the search box: whole words, with or without diacritics, both ways."""

from __future__ import annotations

import pytest

from review.search import abbreviation


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("cmnd", "chứng minh nhân dân"),
        ("nộp bản sao cmnd, gks", "nộp bản sao chứng minh nhân dân, giấy khai sinh"),
        ("chung minh nhan dan", "cmnd"),
        ("giấy chứng nhận kết hôn", "gcn kết hôn"),
        ("cmndx", ""),
        ("nuôi ong", ""),
    ],
)
def test_the_other_form_of_what_was_typed(typed: str, other: str) -> None:
    assert abbreviation.other_form(typed) == other


def test_every_entry_is_longer_written_out() -> None:
    assert all(len(short) < len(full) for short, full in abbreviation.table().items())


@pytest.mark.parametrize("text", ["SHK: sổ", "1: sổ hộ khẩu"])
def test_a_file_that_says_nothing_useful_is_refused(
    text: str, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "abbreviations.yaml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(abbreviation, "_FILE", path)
    abbreviation.table.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"abbreviations\.yaml"):
            abbreviation.table()
    finally:
        abbreviation.table.cache_clear()
