"""Effect, references, notes and versions as the act reader shows them: safe HTML, right links."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.compare import Difference
from review.components import effect, references, versions
from review.components.highlight import highlight
from review.records.effect import EffectReason, EffectView
from review.records.reader import (
    ActLink,
    NoteChange,
    NoteView,
    TextLink,
    VersionComparison,
)

EVIL = '<script>alert("1")</script>'


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        (ActLink("905/2031/NĐ-CP", 7, "dieu-1", "Điều 1"), 'href="/kho-van-ban?van_ban=7&amp;vi_tri=dieu-1"'),
        (ActLink("905/2031/NĐ-CP", None, "", "Điều 1"), "Điều 1 Nghị định số 905/2031/NĐ-CP: văn bản chưa nạp"),
        (ActLink("905/2031/NĐ-CP", 7, "", "Điều 99", missing=True), "không có điều khoản này"),
        (ActLink("Luật Nuôi ốc", None), "Luật Nuôi ốc: văn bản chưa nạp"),
    ],
)  # fmt: skip
def test_a_reference_links_or_says_why_not(target: ActLink, shown: str) -> None:
    html = highlight("Theo Điều 1.", references.marks([TextLink(5, 11, target)], 3))
    assert shown in html
    assert ("<a " in html) is (target.act_id is not None)


def test_the_act_at_hand_as_a_whole_is_no_link() -> None:
    (mark,) = references.marks([TextLink(0, 4, ActLink("", 3))], 3)
    assert mark.link == ""


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("905/2031/NĐ-CP", "Nghị định số 905/2031/NĐ-CP"),
        ("68/2031/QH19", "Luật số 68/2031/QH19"),
        ("Luật Nuôi ốc", "Luật Nuôi ốc"),
        ("", ""),
    ],
)
def test_acts_are_named_with_their_type(number: str, name: str) -> None:
    assert references.act_name(number) == name


def test_a_note_lists_changes_and_related_articles() -> None:
    note = NoteView(
        "…",
        "1.1 Ốc",
        (NoteChange(ActLink("905/2031/NĐ-CP", 7, "dieu-1", "Điều 1"), date(2031, 8, 1)),),
        ((EVIL, ActLink("9/2030/TT-BYT", None)),),
    )
    html = references.note(note, 3)
    assert "1 lần sửa đổi, 1 điều liên quan" in html
    assert "từ ngày 01/08/2031" in html
    assert "(chưa nạp)" in html
    assert "<script" not in html


def test_the_state_of_an_act_with_its_clauses() -> None:
    view = EffectView(
        "het_hieu_luc_theo",
        "Hết hiệu lực theo văn bản được quy định chi tiết",
        date(2026, 11, 23),
        (
            EffectReason("tu_ngay", "", 3, "dieu-9/doan-1", "đoạn 1 Điều 9", date(2020, 1, 1), None),
            EffectReason("chi_tiet", "9/2026/NĐ-CP", 8, "dieu-5", "Điều 5", date(2026, 1, 1), None, target="1/2019/NĐ-CP"),
            EffectReason("quy_tac", "64/2025/QH15", None, "", "", None, None, confidence="chưa đối chiếu"),
        ),
    )  # fmt: skip
    html = effect.panel(view)
    assert "vào ngày 23/11/2026" in html
    assert 'href="/kho-van-ban?van_ban=8&amp;vi_tri=dieu-5"' in html
    assert "Nghị định số 1/2019/NĐ-CP" in html
    assert "Luật số 64/2025/QH15" in html
    assert "(chưa nạp)" in html
    assert '<span class="rs-evidence">chưa đối chiếu</span>' in html


def test_an_act_that_says_nothing_of_its_effect() -> None:
    html = effect.panel(
        EffectView("khong_ro", "Chưa xác định được hiệu lực", date(2026, 11, 23), ())
    )
    assert "Chưa đọc được điều khoản nào" in html


def test_two_versions_side_by_side() -> None:
    rows = [
        Difference("dieu-1/khoan-2", "khoản 2 Điều 1", "chuyen", "1. Nộp ảnh.", "2. Nộp ảnh.", "dieu-1/khoan-1", "khoản 1 Điều 1"),
        Difference("dieu-2", "Điều 2", "khac", f"Nộp {EVIL} giấy", "Nộp dữ liệu giấy"),
        Difference("dieu-3", "Điều 3", "bot", "Bỏ đi", ""),
    ]  # fmt: skip
    html = versions.table(VersionComparison(1, 2, tuple(rows), {}), rows)
    assert "khoản 1 Điều 1 → khoản 2 Điều 1" in html
    assert "<del>Bỏ đi</del>" in html
    assert "<ins>" in html
    assert "<script" not in html
