"""Any text is taken: reading, applying and comparing amendments never raise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.amendment import amend_ops
from corpus.apply import apply_ops
from corpus.compare import compare
from corpus.effect import repeals_of, suspensions_of
from corpus.provenance import consolidated_acts, provenance_of
from corpus.records import Act, RawDocument
from corpus.structure import parse_act

_PIECES = st.sampled_from(
    [
        "Điều 1. ", "Điều 2. ", "1. ", "2. ", "a) ", "b) ", "đ) ", "la. ", "\n", "\n“", "”.\n", "“", "\"",
        "Sửa đổi, bổ sung ", "Bổ sung ", "Bãi bỏ ", "Thay thế cụm từ ", "bằng cụm từ ", "Ngưng hiệu lực ",
        "khoản 1 ", "khoản 2 Điều 1 ", "điểm a khoản 2 Điều 1 ", "Mẫu số 01 ", "Phụ lục ", "tên Điều 2 ",
        "vào sau khoản 1 ", "như sau:", "tại ", "Thông tư số 905/2020/TT-BYT ", "Luật Nuôi ốc ", "nộp sổ ốc",
        "2 Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1 Thông tư số 910/2022/TT-BYT.", "ốc.2\n",
        "VĂN BẢN HỢP NHẤT\n", "hết hiệu lực", "Mẫu số 017\n", "\u0301", "\u200b",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=6), max_size=40).map("".join)


def act_of(text: str) -> Act:
    return parse_act(RawDocument("a", "text", text))


@settings(max_examples=150, deadline=None)
@given(_TEXTS, _TEXTS)
def test_any_two_texts(first: str, second: str) -> None:
    amending, target = act_of(first), act_of(second)
    ops = amend_ops(amending)
    result = apply_ops(target, ops, amending)
    assert [outcome.op for outcome in result.outcomes] == ops
    if not any(outcome.applied for outcome in result.outcomes):
        assert result.text == second
    assert compare(target, target).same
    comparison = compare(target, result.act)
    assert sum(comparison.counts.values()) == len(comparison.differences)


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_any_text_says_what_it_ends_and_where_it_comes_from(text: str) -> None:
    act = act_of(text)
    known = {provision.path for provision in act.provisions}
    assert all(suspension.provision in known for suspension in suspensions_of(act))
    assert all(repeal.provision in known for repeal in repeals_of(act))
    assert all(edge.by for edge in provenance_of(act))
    assert all(consolidated.number for consolidated in consolidated_acts(act))
