"""``rasoat check`` as another program calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DRAFT = """BÁO CÁO
Về đàn ong
Theo khoản 3 Điều 1 Thông tư số 941/2021/TT-BNO ngày 05/4/2022, chủ đàn ong nộp đơn.
Theo Nghị định số 901/2031/NĐ-CP.
"""
CITED = """BỘ NUÔI ONG
Số: 941/2021/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2021
THÔNG TƯ
Quy định về đàn ong
Điều 1. Hồ sơ
1. Đơn.
2. Sổ đàn ong.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực từ ngày 20 tháng 5 năm 2021.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "du-thao.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "kho"
    path.mkdir()
    (path / "941.txt").write_text(CITED, encoding="utf-8")
    return path


def test_each_defect_is_a_line_with_place_quote_fault_and_remedy(rasoat: Run, draft: Path) -> None:
    done = rasoat("check", draft)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("du-thao.txt: dòng 3: V3 «941/2021/TT-BNO ngày 05/4/2022»: ")
    assert "Đối chiếu" in line


def test_a_folder_of_acts_lets_provisions_be_checked(
    rasoat: Run, draft: Path, folder: Path
) -> None:
    done = rasoat("check", draft, "--registry", folder, "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(row["code"], row["error"]) for row in found} == {
        ("V2", True), ("V3", True), ("V1", False),
    }  # fmt: skip
    for row in found:
        assert DRAFT[row["start"] : row["end"]] == row["quote"]
        assert row["message"]
        assert row["remedy"]


def test_a_text_without_errors_leaves_with_zero_and_notes_on_demand(
    rasoat: Run, folder: Path
) -> None:
    silent = rasoat("check", folder)
    assert (silent.returncode, silent.stdout) == (0, "")
    text = folder / "ghi-chu.txt"
    text.write_text("BÁO CÁO\nTheo Nghị định số 901/2031/NĐ-CP.\n", encoding="utf-8")
    noted = rasoat("check", text, "--notes")
    assert noted.returncode == 0
    assert "V1 (để biết) «901/2031/NĐ-CP»" in noted.stdout


def test_a_missing_file_is_said(rasoat: Run, tmp_path: Path) -> None:
    done = rasoat("check", tmp_path / "khong-co.txt")
    assert done.returncode == 1
    assert "RS-811" in done.stderr
