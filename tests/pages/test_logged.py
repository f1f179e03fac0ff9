"""Lines of the audit log: columns and codes by name, days as people write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from review.components import logged
from review.records import AuditRow
from review.store import tables as t


def row(table: str, new: dict[str, object], old: dict[str, object] | None = None) -> AuditRow:
    at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    return AuditRow(1, at, "Nguyễn Thu Hà", table, 7, "update", old, new, "a" * 64)


@pytest.mark.parametrize(
    ("table", "new", "words"),
    [
        ("meetings", {"title": "Họp nhóm Y tế"}, "Tên: Họp nhóm Y tế"),
        ("people", {"title": "Chuyên viên"}, "Chức danh: Chuyên viên"),
        ("publications", {"decision": "11/QĐ-UBND"}, "Quyết định công bố: 11/QĐ-UBND"),
        ("decisions", {"code": "N08"}, "Mã lý do: N08"),
        ("tasks", {"code": "NV-3"}, "Mã: NV-3"),
        ("meetings", {"state": "du_kien"}, "Trạng thái: Dự kiến"),
        ("proposals", {"state": "da_trinh"}, "Trạng thái: Đã trình"),
        ("memberships", {"role": "phap_che_bo"}, "Vai trò: Pháp chế bộ"),
        ("projects", {"kind": "nghi-dinh"}, "Loại: Nghị định"),
        ("instruments", {"due": "2027-03-01"}, "Hạn: 01/03/2027"),
        ("meetings", {"agencies": '["BXD", "BYT"]'}, "Cơ quan dự họp: BXD, BYT"),
        ("projects", {"co_agencies": "[]", "year": 2026}, "Năm: 2026"),
        ("sign_offs", {"note": "[đã họp] 2026"}, "Ghi chú: [đã họp] 2026"),
    ],
)
def test_new_values_are_said_in_words(table: str, new: dict[str, object], words: str) -> None:
    assert logged.changes(row(table, new)) == words


def test_what_stayed_as_it_was_is_not_said() -> None:
    assert logged.changes(row("tasks", {"code": "A", "due": None}, {"code": "A"})) == ""


def test_every_coded_column_is_a_column_of_its_table() -> None:
    for table, column in logged.CODES:
        assert column in t.metadata.tables[table].columns


def test_a_line_escapes_what_people_wrote() -> None:
    assert "<b>" not in logged.line(row("tasks", {"title": "<b>đậm</b>"}))
