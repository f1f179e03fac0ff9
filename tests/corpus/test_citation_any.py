"""References and effect clauses in any text: spans lie in it, nothing is raised."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.citation import find_citations
from corpus.effect import facts_of, said_by
from corpus.mention import find_mentions
from corpus.number import find_numbers
from corpus.records import RawDocument
from corpus.structure import parse_act
from corpus.validity import status_of

_PIECES = st.sampled_from(
    ["điểm a ", "khoản 2 ", "Điều 5 ", "Điều này ", "Luật ", "sửa đổi, bổ sung một số điều của ",
     "Nghị định số 5/2031/NĐ-CP ", "Thông tư số 08 TT/LB ", "Thông tư này ", "đến ", "và ", ", ", "; ", "“", "”",
     "Phụ lục II ", "Mẫu số 01 - XLĐ ", "mục đ ", "tiếp tục có hiệu lực ", "hết hiệu lực ", "Tạm đình chỉ thi hành ",
     "kéo dài thời hạn áp dụng ", "đến hết ngày 30/02/2031 ", "từ ngày 01 tháng 8 năm 2031", ".\n", "Điều 1. ", "1. "]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=50).map("".join)


@settings(deadline=None)
@given(_TEXTS)
def test_spans_lie_in_the_text_and_do_not_cross(text: str) -> None:
    for found in (
        find_citations(text, "dieu-7/khoan-2"),
        find_mentions(text),
        list(find_numbers(text)),
    ):
        spans = sorted((one.start, one.end) for one in found)
        assert all(0 <= start < end <= len(text) for start, end in spans)
    mentions = find_mentions(text)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@settings(deadline=None)
@given(_TEXTS, st.dates())
def test_any_act_has_a_state_on_any_day(text: str, on: date) -> None:
    act = parse_act(RawDocument("a", "text", text))
    said = said_by([act])
    assert status_of(facts_of(act), on, said).name
