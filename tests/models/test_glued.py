"""Blanks lost between syllables of the words rules depend on."""

from __future__ import annotations

import pytest

from corpus.text import clean
from models import glued
from models.requirement import Example
from models.screen import Screener
from tests.models.acts import AS_OF, act_of

SCREENER = Screener()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Bảnsaohộ chiếu", "Bản sao hộ chiếu"),
        ("Bản saoGiấy tờ", "Bản sao Giấy tờ"),
        ("Sổhộkhẩu", "Sổ hộ khẩu"),
        ("hoặcbản sao cóxác nhận", "hoặc bản sao có xác nhận"),
        ("bản sao giấy tờ", "bản sao giấy tờ"),
        ("kho sao lưu, dân số, hộp", "kho sao lưu, dân số, hộp"),
    ],
)
def test_a_lost_blank_is_put_in(source: str, text: str) -> None:
    assert glued.cut(clean(source)).text == text


@pytest.mark.parametrize("source", ["a) Bảnsaohộ chiếu;", "x\u200b Sổhộkhẩu và bảnsaođó", "hộ"])
def test_every_span_leads_back_to_its_letters(source: str) -> None:
    cleaned = glued.cut(clean(source))
    for start, char in enumerate(cleaned.text):
        if not char.isspace():
            first, last = cleaned.source_span(start, start + 1)
            assert source[first:last].strip("\u200b") == char
    assert cleaned.clean_offset(len(source)) == len(cleaned.text)


@pytest.mark.parametrize(
    ("text", "category", "quote"),
    [
        ("b) Sổhộ khẩu;", "A1", "Sổhộ khẩu"),
        ("b) Sổ hộkhẩu;", "A1", "Sổ hộkhẩu"),
        ("b) Bản saosổhộkhẩu;", "A1", "Bản saosổhộkhẩu"),
        ("b) Bảnsaogiấy khai sinh;", "D1", "Bảnsaogiấy khai sinh"),
        ("b) Bản saoGiấykhai sinh của con;", "D1", "Bản saoGiấykhai sinh"),
        ("b) Bảnsaođăng ký kinh doanh;", "E2", "Bảnsaođăng ký kinh doanh"),
        ("b) Sổ tạmtrú;", "A2", "Sổ tạmtrú"),
        ("b) Giấy chứng minhnhân dân;", "C1", "Giấy chứng minhnhân dân"),
        ("b) Bản sao giấy khai sinh;", "D1", "Bản sao giấy khai sinh"),
    ],
)
def test_a_glued_paper_is_found_and_quoted_as_it_stands(
    text: str, category: str, quote: str
) -> None:
    act, index = act_of(Example(stem="1. Hồ sơ gồm:", text=text))
    found = [f for f in SCREENER.screen(act, AS_OF).findings if f.provision == index]
    assert (category, quote) in [(f.category, f.quote) for f in found]
    assert all(act.raw.text[f.start : f.end] == f.quote for f in found)
