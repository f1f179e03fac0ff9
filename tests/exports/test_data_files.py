"""CSV and JSON for other programs: every record, every column, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest

from corpus.errors import RasoatError
from exports import data_files
from exports.data_files import _tables
from tests.exports import reports


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {
            name: list(csv.DictReader(io.StringIO(package.read(name).decode("utf-8-sig"))))
            for name in package.namelist()
        }


def test_every_record_of_the_report_is_a_row() -> None:
    data = replace(reports.overall(), programme=reports.PROGRAMME)
    found = tables(data_files.build_csv(data))
    for name, _, rows in _tables(data):
        assert len(found[f"{name}.csv"]) == len(list(rows)), name
    finding = next(row for row in found["phat-hien.csv"] if row["finding_id"] == "11")
    assert (finding["path"], finding["sources"]) == ("dieu-5/khoan-2/diem-b", "DC")
    proposal = next(row for row in found["de-xuat.csv"] if row["finding_id"] == "11")
    assert (proposal["handling"], proposal["deadline"]) == ("BB", "2027-02-28")


def test_opinions_that_are_not_open_are_in_no_table() -> None:
    found = tables(data_files.build_csv(reports.overall()))
    assert {row["finding_id"] for row in found["y-kien.csv"]} == {"11", "12"}


def test_the_columns_are_listed_and_the_origin_is_stamped() -> None:
    found = tables(data_files.build_csv(reports.overall()))
    listed = {(row["bang"], row["cot"]) for row in found["LUOC-DO.csv"] if row["nghia"]}
    for name, rows in found.items():
        for column in rows[0] if rows and name not in ("LUOC-DO.csv", "XUAT-XU.csv") else ():
            assert (name.removesuffix(".csv"), column) in listed
    (origin,) = found["XUAT-XU.csv"]
    assert (origin["author"], origin["digest"]) == ("Nguyễn Thị Mẫu", reports.STAMP.digest)


def test_a_column_without_a_meaning_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"bang": {"tom-tat": {"ten": "Tóm tắt"}}, "cot": {"finding_id": "mã", "text": "câu"}}
    monkeypatch.setattr(data_files, "_words", lambda: words)
    with pytest.raises(RasoatError, match="act_id, path") as refused:
        data_files.meanings.__wrapped__("tom-tat")
    assert refused.value.code == "RS-702"


def test_a_text_that_a_spreadsheet_would_compute_is_led_by_an_apostrophe() -> None:
    data = reports.overall()
    first = replace(data.findings[0], note="=1+1")
    found = tables(data_files.build_csv(replace(data, findings=(first, *data.findings[1:]))))
    assert found["phat-hien.csv"][0]["note"] == "'=1+1"


def test_json_holds_the_same_records() -> None:
    data = reports.overall()
    record = json.loads(data_files.build_json(data))
    assert record["format"] == "rasoat/1"
    assert [line["finding_id"] for line in record["findings"]] == [
        line.finding_id for line in data.findings
    ]
    assert record["campaign"]["as_of"] == "2026-11-23"
