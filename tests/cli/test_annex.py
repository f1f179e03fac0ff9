"""``rasoat annex``: every row a line, every doubt said, an upload of a spreadsheet pointed here."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl

from tests.cli.conftest import Run

HEADER = ["TT", "Mã TTHC", "Tên thủ tục hành chính", "Thành phần hồ sơ được thay thế", "Tên CSDL",
          "Cơ quan chủ quản", "Văn bản quy định", "Điều khoản"]  # fmt: skip
CARD = ["1", "1.900001", "Cấp thẻ đọc sách", "Giấy chứng nhận thử", "CSDL thử", "Bộ Thử",
        "Nghị định số 901/2098/NĐ-CP", "Điểm b khoản 2 Điều 18"]  # fmt: skip
UNCLEAR = ["2", "9", "Đổi thẻ đọc sách", "Giấy thử", "CSDL thử", "Bộ Thử",
           "Nghị định số 901/2098/NĐ-CP", "cả văn bản"]  # fmt: skip


def _workbook(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_rows_become_lines_and_doubts_are_said(rasoat: Run, tmp_path: Path) -> None:
    table = tmp_path / "phu-luc.xlsx"
    table.write_bytes(_workbook(HEADER, CARD, UNCLEAR))
    done = rasoat("annex", table, "--out", tmp_path / "rows.jsonl")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, (tmp_path / "rows.jsonl").read_text("utf-8").splitlines())
    assert first["procedure_code"] == "1.900001"
    assert first["targets"] == [{"act": "901/2098/NĐ-CP", "path": "dieu-18/khoan-2/diem-b"}]
    assert (second["location"], second["targets"]) == ("cả văn bản", [])
    assert "không rõ điều, khoản, điểm trong «cả văn bản»" in done.stderr
    assert "2 dòng, 1 điều khoản được nêu, 2 chỗ chưa rõ" in done.stderr


def test_a_file_without_an_annex_fails_and_stops_no_other(rasoat: Run, tmp_path: Path) -> None:
    other, table = tmp_path / "khac.csv", tmp_path / "phu-luc.xlsx"
    other.write_text("mot;hai\nba;bon\n", encoding="utf-8")
    table.write_bytes(_workbook(HEADER, CARD))
    done = rasoat("annex", other, table, "--out", tmp_path / "rows.jsonl")
    assert done.returncode == 1
    assert "[LỖI] khac.csv: RS-121" in done.stderr
    assert len((tmp_path / "rows.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_spreadsheet_given_as_an_act_is_pointed_to_the_annex_command(
    rasoat: Run, tmp_path: Path
) -> None:
    table = tmp_path / "phu-luc.xlsx"
    table.write_bytes(_workbook(HEADER, CARD))
    done = rasoat("parse", table, "--out", tmp_path / "acts.jsonl")
    assert done.returncode == 1
    assert "«rasoat annex TỆP --out TỆP.jsonl»" in done.stderr
