"""``rasoat lint`` as another program calls it."""

from __future__ import annotations

import json
from pathlib import Path

from docx import Document
from docx.shared import Mm

from tests.cli.conftest import Run
from tests.exports.test_word import BUILDS


def test_a_document_of_ours_has_no_deviation(rasoat: Run, tmp_path: Path) -> None:
    path = tmp_path / "phieu.docx"
    path.write_bytes(BUILDS["phieu"]())
    done = rasoat("lint", path)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    assert "0 sai lệch" in done.stderr


def test_each_deviation_is_a_line_of_json(rasoat: Run, tmp_path: Path) -> None:
    path = tmp_path / "hep.docx"
    path.write_bytes(BUILDS["phieu"]())
    document = Document(str(path))
    document.sections[0].left_margin = Mm(10)
    document.save(str(path))
    done = rasoat("lint", path, "--json")
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    margin = next(record for record in records if record["rule"] == "le_giay")
    assert margin["found"] == "10.0 mm"
    assert "Lề trên, dưới, trái, phải" in margin["message"]


def test_a_file_that_is_no_word_document_fails_and_stops_no_other(
    rasoat: Run, tmp_path: Path
) -> None:
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "phieu.docx").write_bytes(BUILDS["phieu"]())
    done = rasoat("lint", tmp_path / "hong.docx", tmp_path / "phieu.docx")
    assert done.returncode == 1
    assert "RS-705" in done.stderr
    assert "1 văn bản đọc được, 1 tệp lỗi" in done.stderr
