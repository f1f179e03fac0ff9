"""The command-line contract that other programs rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from review.cli import main
from tests.cli.conftest import Run

ACT = """BỘ NUÔI ONG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 941/2021/TT-BNO
Hà Nội, ngày 05 tháng 4 năm 2021

THÔNG TƯ
Quy định về đăng ký đàn ong di cư

Điều 1. Hồ sơ đăng ký đàn ong
1. Người nuôi ong gửi hồ sơ đến cơ quan thú y, gồm:
a) Đơn đăng ký đàn ong theo mẫu;
b) Bản sao sổ hộ khẩu của chủ đàn ong.
2. Cơ quan thú y không được yêu cầu nộp sổ tạm trú.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 20 tháng 5 năm 2021.
"""

PROVISION_FIELDS = {"path", "level", "label", "heading", "text", "start", "end", "page"}
FINDING_FIELDS = {
    "source", "number", "path", "label", "text", "category", "quote", "start", "end",
    "severity", "readiness", "bases", "sources", "badges", "trace",
}  # fmt: skip


@pytest.fixture
def act(tmp_path: Path) -> Path:
    path = tmp_path / "dan-ong.txt"
    path.write_text(ACT, encoding="utf-8")
    return path


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_parse_writes_head_and_provisions_with_offsets_into_the_source(
    rasoat: Run, act: Path, tmp_path: Path
) -> None:
    done = rasoat("parse", act, "--out", tmp_path / "acts.jsonl", "--text-out", tmp_path / "text")
    assert done.returncode == 0, done.stderr
    (record,) = lines(tmp_path / "acts.jsonl")
    assert (record["number"], record["type"]) == ("941/2021/TT-BNO", "Thông tư")
    assert (record["issued"], record["effective"]) == ("2021-04-05", "2021-05-20")
    source = (tmp_path / "text" / "dan-ong.txt.txt").read_text(encoding="utf-8")
    by_path = {provision["path"]: provision for provision in record["provisions"]}
    assert {"dieu-1", "dieu-1/khoan-1", "dieu-1/khoan-1/diem-b", "dieu-2/doan-1"} <= set(by_path)
    assert by_path["dieu-1/khoan-1/diem-b"]["label"] == "điểm b khoản 1 Điều 1"
    for provision in record["provisions"]:
        assert set(provision) == PROVISION_FIELDS
        assert provision["text"] == source[provision["start"] : provision["end"]]


def test_screen_writes_findings_with_their_reasons_and_what_it_set_aside(
    rasoat: Run, act: Path, tmp_path: Path
) -> None:
    aside = tmp_path / "aside.jsonl"
    done = rasoat("screen", act, "--out", tmp_path / "f.jsonl", "--suppressed", aside)
    assert done.returncode == 0, done.stderr
    findings = lines(tmp_path / "f.jsonl")
    (finding,) = [item for item in findings if item["category"] == "A1"]
    assert set(finding) >= FINDING_FIELDS
    assert finding["path"] == "dieu-1/khoan-1/diem-b"
    assert finding["quote"] == ACT[finding["start"] : finding["end"]]
    assert "DC" in finding["sources"]
    assert {basis["confidence"] for basis in finding["bases"]} <= {
        "đã đối chiếu", "nguồn thứ cấp", "theo trí nhớ", "chưa đối chiếu",
    }  # fmt: skip
    assert [step["step"] for step in finding["trace"]]
    assert ("dieu-1/khoan-2", "N05") in {(item["path"], item["code"]) for item in lines(aside)}


def test_screening_does_not_depend_on_the_number_of_processes(
    rasoat: Run, act: Path, tmp_path: Path
) -> None:
    rasoat("screen", act, "--out", tmp_path / "one.jsonl", "--workers", "1")
    rasoat("screen", act, "--out", tmp_path / "two.jsonl", "--workers", "2")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_a_bad_file_is_reported_and_stops_no_other(rasoat: Run, act: Path, tmp_path: Path) -> None:
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 broken")
    done = rasoat("parse", act, tmp_path / "hong.docx", "--out", tmp_path / "acts.jsonl")
    assert done.returncode == 1
    assert len(lines(tmp_path / "acts.jsonl")) == 1
    assert "hong.docx: RS-1" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("parse", "khong-co.txt", "--out", "x.jsonl"), "RS-811"),
        (("screen", ".", "--out", "x.jsonl", "--as-of", "ngày mai"), "RS-812"),
    ],
)
def test_inputs_that_cannot_be_used_are_named(rasoat: Run, arguments: tuple, says: str) -> None:
    done = rasoat(*arguments)
    assert done.returncode == 1
    assert says in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("parse",),
        ("parse", "a.txt"),
        ("screen", "--khong-co"),
        ("dich",),
        ("screen", "a", "--out"),
    ],
)
def test_wrong_usage_leaves_with_code_2(rasoat: Run, arguments: tuple) -> None:
    assert rasoat(*arguments).returncode == 2


@pytest.mark.parametrize("command", [*main.COMMANDS, *main.GROUPS])
def test_every_command_explains_itself_in_vietnamese(rasoat: Run, command: str) -> None:
    done = rasoat(command, "--help")
    assert done.returncode == 0
    assert "Cách dùng: rasoat" in done.stdout
    for english in ("Usage:", "Options", "Show this message", "required"):
        assert english not in done.stdout


@pytest.mark.parametrize("command", ["parse", "check", "annex", "lint", "backup"])
def test_commands_that_screen_nothing_load_no_language_model(command: str) -> None:
    """PyTorch alone takes seconds; a draft is checked in less."""
    asked = f"import sys; from review.cli.main import application; application({command!r}); "
    loaded = "sys.exit('torch' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked + loaded], check=False).returncode == 0


def test_a_command_nobody_knows_is_refused_with_the_way_to_the_help(rasoat: Run) -> None:
    done = rasoat("rasoatt")
    assert done.returncode == 2
    assert "RS-810" in done.stderr
    assert "rasoat --help" in done.stderr


def test_the_help_names_every_command(rasoat: Run) -> None:
    shown = rasoat("--help").stdout
    assert [name for name in (*main.COMMANDS, *main.GROUPS) if f" {name} " not in shown] == []
