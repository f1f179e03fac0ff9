"""Wording patterns as lawyers write them: compiled for folded text, errors named by their line."""

from __future__ import annotations

import pytest

from corpus.errors import RasoatError
from corpus.text import fold
from models.wording import compile_wordings


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("bằng tiến sĩ", "b) Bằng tiến sĩ luật;", "bằng tiến sỹ"),
        ("bằng tiến sỹ", "b) Bằng tiến sĩ luật;", "bằng tiến sỹ"),
        ("Uỷ ban", "Ủy ban nhân dân", "ủy ban"),
        (r"số \d+\S*", "số 12/2020", "số 12/2020"),
        (r"(?P<own>thẻ Nhà báo)", "thẻ nhà báo cũ", "thẻ nhà báo"),
        ("{so} ảnh", "nộp 02 ảnh", "02 ảnh"),
    ],
)
def test_words_of_a_pattern_are_folded_like_the_text(wording: str, text: str, found: str) -> None:
    pattern = compile_wordings([wording], {"so": r"\d+"}, "f.yaml", 1)
    match = pattern.search(fold(text))
    assert match is not None
    assert match.group() == found


def test_a_pattern_keeps_to_whole_words() -> None:
    pattern = compile_wordings(["sở"], {}, "f.yaml", 1)
    assert pattern.search("cơ sở") is not None
    assert pattern.search("sởi") is None


@pytest.mark.parametrize("wording", ["(giấy", "{khong_co} giấy"])
def test_a_pattern_that_does_not_compile_is_named_by_its_line(wording: str) -> None:
    with pytest.raises(RasoatError) as caught:
        compile_wordings([wording], {}, "f.yaml", 7)
    assert caught.value.code == "RS-302"
    assert "7" in str(caught.value)
