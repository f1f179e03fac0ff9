"""Text of an act is escaped before marks are inserted; marks never change the text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.components.highlight import Mark, highlight, shifted

TAG = re.compile(r"<[^>]*>")


def words_of(page: str) -> str:
    return html.unescape(TAG.sub("", page))


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        pytest.param("a<b", [], "a&lt;b", id="plain text is escaped"),
        pytest.param(
            "<script>alert(1)</script>",
            [Mark(0, 8, "quote")],
            '<mark class="rs-mark rs-mark-quote">&lt;script&gt;</mark>alert(1)&lt;/script&gt;',
            id="script in an act is shown, not run",
        ),
        pytest.param(
            "sổ hộ khẩu",
            [Mark(0, 6, "quote"), Mark(3, 10, "modality")],
            '<mark class="rs-mark rs-mark-quote">sổ </mark>'
            '<mark class="rs-mark rs-mark-modality rs-mark-quote">hộ </mark>'
            '<mark class="rs-mark rs-mark-modality">khẩu</mark>',
            id="overlapping marks stay well formed",
        ),
        pytest.param(
            "abcdef",
            [Mark(0, 6, "quote"), Mark(2, 4, "trigger")],
            '<mark class="rs-mark rs-mark-quote">ab</mark>'
            '<mark class="rs-mark rs-mark-quote rs-mark-trigger">cd</mark>'
            '<mark class="rs-mark rs-mark-quote">ef</mark>',
            id="nested marks",
        ),
        pytest.param(
            "ab",
            [Mark(-5, 99, "quote")],
            '<mark class="rs-mark rs-mark-quote">ab</mark>',
            id="marks beyond the text are cut",
        ),
        pytest.param("ab", [Mark(1, 1, "quote")], "ab", id="an empty mark is no element"),
        pytest.param(
            "ab",
            [Mark(0, 2, "quote", title='"><img onerror=x>')],
            '<mark class="rs-mark rs-mark-quote" title="&quot;&gt;&lt;img onerror=x&gt;">ab</mark>',
            id="titles are escaped too",
        ),
        pytest.param(
            "abcd",
            [Mark(0, 4, "quote", anchor="phat-hien-1"), Mark(2, 4, "trigger")],
            '<mark class="rs-mark rs-mark-quote" id="phat-hien-1">ab</mark>'
            '<mark class="rs-mark rs-mark-quote rs-mark-trigger">cd</mark>',
            id="an anchor stands once",
        ),
    ],
)
def test_highlight(text: str, marks: list[Mark], expected: str) -> None:
    assert highlight(text, marks) == expected


@given(
    st.text(alphabet="<>&\"'/scriptđộ \n", max_size=60),
    st.lists(st.tuples(st.integers(-3, 65), st.integers(-3, 65)), max_size=6),
)
def test_marks_never_change_the_words_and_no_foreign_tag_survives(
    text: str, spans: list[tuple[int, int]]
) -> None:
    page = highlight(text, [Mark(start, end, "quote") for start, end in spans])
    assert words_of(page) == text
    assert set(TAG.findall(page)) <= {'<mark class="rs-mark rs-mark-quote">', "</mark>"}


def test_source_offsets_are_moved_into_the_provision() -> None:
    marks = [Mark(100, 110, "quote"), Mark(0, 5, "quote"), Mark(118, 200, "trigger")]
    assert shifted(marks, 95, 25) == [Mark(5, 15, "quote"), Mark(23, 25, "trigger")]
