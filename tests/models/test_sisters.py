"""Provisions of one wording: found whatever their label, case or punctuation, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import RasoatError
from models.sisters import Sisters

TEXTS = [
    (7, "a) Bản sao sổ hộ khẩu;"),
    (3, "2. Bản sao sổ hộ khẩu."),
    (9, "đ) BẢN SAO sổ hộ khẩu"),
    (4, "b) Bản sao sổ tạm trú;"),
    (5, "…………"),
]


@pytest.fixture
def sisters() -> Sisters:
    return Sisters.of(TEXTS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("- Bản sao sổ hộ khẩu;", [3, 7, 9]),
        ("Bản sao sổ tạm trú", [4]),
        ("Bản sao sổ hộ khẩu của chủ đàn", []),
        ("…", []),
        ("", []),
    ],
    ids=["three", "one", "longer", "no words", "nothing"],
)
def test_sisters_share_every_word(sisters: Sisters, text: str, ids: list[int]) -> None:
    assert sisters.with_wording_of(text) == ids


def test_a_saved_table_reads_back_the_same(sisters: Sisters, tmp_path: Path) -> None:
    sisters.save(tmp_path / "bang.npy")
    assert Sisters.load(tmp_path / "bang.npy").with_wording_of(TEXTS[0][1]) == [3, 7, 9]


def test_a_table_of_nothing_is_saved_and_found_empty(tmp_path: Path) -> None:
    Sisters.of([]).save(tmp_path / "bang.npy")
    assert Sisters.load(tmp_path / "bang.npy").with_wording_of(TEXTS[0][1]) == []


@pytest.mark.parametrize("content", [None, b"", b"khong phai bang"], ids=["none", "empty", "junk"])
def test_a_damaged_table_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "bang.npy"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RasoatError, match=r"RS-333.*bang\.npy"):
        Sisters.load(path)
