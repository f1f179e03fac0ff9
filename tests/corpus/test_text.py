"""The shadow copy: what it changes, what it must not, and the way back to the source."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import clean, fold, unaccent

LETTERS = "aàáạăắâấeêệiìoôơợuưựyđĐÐ \u00a0\u00ad\u200b\u0301\u0323\u031b\u0302abc.\n\t"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (unicodedata.normalize("NFD", "hộ khẩu"), "hộ khẩu"),
        ("Ðiều 5", "Điều 5"),
        ("sổ\u00a0hộ\u2009khẩu", "sổ hộ khẩu"),
        ("sổ hộ kh\u00adẩu\u200b", "sổ hộ khẩu"),
        ("\ufeffLuật", "Luật"),
        ("a\tb", "a b"),
        ("dòng\nsau", "dòng\nsau"),
        ("", ""),
    ],
)
def test_clean(source: str, text: str) -> None:
    assert clean(source).text == text


def test_span_leads_back_to_the_source() -> None:
    source = unicodedata.normalize("NFD", "nộp sổ\u200b hộ khẩu giấy")
    cleaned = clean(source)
    start = cleaned.text.index("sổ hộ khẩu")
    begin, end = cleaned.source_span(start, start + len("sổ hộ khẩu"))
    assert clean(source[begin:end]).text.strip() == "sổ hộ khẩu"
    assert source[:begin] == unicodedata.normalize("NFD", "nộp ")
    assert cleaned.clean_offset(begin) == start


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà", "hòa"), ("HÒA", "hòa"), ("uỷ ban", "ủy ban"), ("thuý", "thúy"), ("quý", "quý"),
        ("quí", "quý"), ("kì hạn", "kỳ hạn"), ("hoàn", "hoàn"), ("SỔ HỘ KHẨU", "sổ hộ khẩu"),
        ("khoẻ", "khỏe"), ("nghi", "nghi"), ("İ", "İ"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_unaccent_serves_typing_without_marks() -> None:
    assert unaccent("Sổ hộ khẩu, Đề án 06") == "So ho khau, De an 06"


@given(st.text(alphabet=LETTERS, max_size=60))
def test_every_clean_span_maps_to_a_source_that_cleans_to_its_words(source: str) -> None:
    cleaned = clean(source)
    for start in range(len(cleaned.text)):
        for end in range(start + 1, min(start + 6, len(cleaned.text)) + 1):
            begin, stop = cleaned.source_span(start, end)
            assert 0 <= begin < stop <= len(source)
            again = clean(source[begin:stop]).text
            # A mark that composes with nothing cannot be cut off its letter.
            assert cleaned.text[start:end] in again
            if not unicodedata.combining(cleaned.text[start]):
                assert again.startswith(cleaned.text[start:end])


@given(st.text(max_size=80))
def test_clean_text_is_stable_and_composed(source: str) -> None:
    text = clean(source).text
    assert clean(text).text == text


@given(st.text(max_size=80))
def test_fold_and_unaccent_keep_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(unaccent(text)) == len(text)


@given(st.text(max_size=80))
def test_offsets_ascend_and_end_with_the_source(source: str) -> None:
    cleaned = clean(source)
    spans = [cleaned.source_span(i, i)[0] for i in range(len(cleaned.text) + 1)]
    assert spans == sorted(spans)
    assert spans[-1] == len(source)
