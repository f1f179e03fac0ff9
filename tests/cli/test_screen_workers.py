"""The same input gives the same bytes, whatever the number of processes; criteria may come along."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from models import batch
from review.cli.screen import screen
from tests.cli.conftest import Run
from tests.cli.test_contract import ACT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty acts, an archive in an archive, an empty file, damaged ones, and one that is no act."""
    inputs = tmp_path / "vao"
    inputs.mkdir()
    for number in range(60):
        text = ACT.replace("941/", f"{100 + number}/") + "\n".join(
            f"{n}. Xuất trình giấy khai sinh lần {n}." for n in range(number % 9)
        )
        (inputs / f"van-ban-{number:02}.txt").write_text(text, encoding="utf-8")
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("trong.txt", ACT.replace("941/", "801/"))
        archive.writestr("hong.docx", b"PK\x03\x04hong")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("goi-trong.zip", inner.getvalue())
        archive.writestr("ngoai.txt", ACT.replace("941/", "802/"))
    (inputs / "goi.zip").write_bytes(outer.getvalue())
    (inputs / "rong.txt").write_bytes(b"")
    (inputs / "hong.pdf").write_bytes(b"%PDF-1.7 hong")
    (inputs / ".DS_Store").write_bytes(b"x")
    return inputs


def test_the_number_of_workers_changes_no_byte(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(batch, "BATCH_CHARACTERS", 5_000)  # many batches of a small folder
    said = []
    for workers in (1, 2, 3):
        out, aside = tmp_path / f"{workers}.jsonl", tmp_path / f"{workers}-loai.jsonl"
        assert screen([folder], out, "2026-11-23", workers, aside) == 1
        said.append((out.read_bytes(), aside.read_bytes(), capfd.readouterr().err))
    assert said[0] == said[1] == said[2]
    assert len(said[0][0].splitlines()) >= 62


def test_exported_criteria_screen_without_a_database(
    folder: Path, tmp_path: Path, rasoat: Run
) -> None:
    rules, out = tmp_path / "ban.yaml", tmp_path / "ra.jsonl"
    rules.write_text(
        "categories: {B1: {wording: {add: ['đơn đăng ký đàn ong']}}}", encoding="utf-8"
    )
    rasoat("screen", folder / "van-ban-00.txt", "--out", out, "--rules", rules)
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert ("B1", "Đơn đăng ký đàn ong") in {(row["category"], row["quote"]) for row in found}


def test_wrong_criteria_name_their_line_and_screen_nothing(
    folder: Path, tmp_path: Path, rasoat: Run
) -> None:
    rules, out = tmp_path / "ban.yaml", tmp_path / "ra.jsonl"
    rules.write_text("categories:\n  A1:\n    severity: 9\n", encoding="utf-8")
    done = rasoat("screen", folder, "--out", out, "--rules", rules)
    assert done.returncode != 0
    assert "RS-305" in done.stderr
    assert "dòng 3" in done.stderr
    assert not out.exists()
