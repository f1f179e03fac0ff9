"""The package of all tables: files, meanings, origin, and values as they are kept."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from exports import everything
from review.reports.holding import Holding, Inventory, Row
from tests.exports import reports

ACTS = Holding("acts", "Văn bản", "library.acts", (), False, False, "", {
    "id": "mã dòng", "title": "tên gọi", "issued": "ngày ban hành", "agencies": "cơ quan",
    "cells": "các ô", "at": "thời điểm",
})  # fmt: skip
EMPTY = Holding("tasks", "Nhiệm vụ", "tasks.list", (), True, False, "", {"id": "mã dòng"})
ROW = {
    "id": 7,
    "title": '=1+1; "sổ\nhộ khẩu"',
    "issued": date(2026, 1, 5),
    "agencies": ["BYT", "BXD"],
    "cells": [{"act": "901/2019/NĐ-CP"}],
    "at": datetime(2026, 11, 23, 3, 41, tzinfo=UTC),
}


def everything_of(row: Row, times: int = 1) -> everything.Everything:
    def read(holding: Holding) -> Iterator[Row]:
        return iter([row] * times if holding is ACTS else [])

    inventory = Inventory(reports.CAMPAIGN, reports.STAMP, (ACTS, EMPTY), read)
    return everything.Everything(reports.MINISTRY, inventory)


def opened(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8-sig") for name in package.namelist()}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_table_is_a_file_beside_its_meaning_and_origin() -> None:
    files = opened(everything.build_csv(everything_of(ROW)))
    assert list(files) == ["acts.csv", "tasks.csv", "LUOC-DO.csv", "XUAT-XU.csv"]
    assert {(row["bang"], row["cot"]): row["nghia"] for row in table(files["LUOC-DO.csv"])} == {
        **{("acts", column): meaning for column, meaning in ACTS.columns.items()},
        ("tasks", "id"): "mã dòng",
    }


def test_csv_values_can_be_read_back_and_are_never_formulas() -> None:
    (row,) = table(opened(everything.build_csv(everything_of(ROW)))["acts.csv"])
    assert row == {
        "id": "7",
        "title": '\'=1+1; "sổ\nhộ khẩu"',
        "issued": "2026-01-05",
        "agencies": "BYT; BXD",
        "cells": '[{"act": "901/2019/NĐ-CP"}]',
        "at": "2026-11-23T03:41:00+00:00",
    }


def test_json_keeps_values_as_they_are() -> None:
    files = opened(everything.build_json(everything_of(ROW)))
    assert json.loads(files["acts.jsonl"]) == {
        **ROW, "issued": "2026-01-05", "at": "2026-11-23T03:41:00+00:00"
    }  # fmt: skip
    assert files["tasks.jsonl"] == ""


@pytest.mark.parametrize("build", [everything.build_csv, everything.build_json])
def test_the_origin_names_rows_and_hash_of_each_file(build: object) -> None:
    content = build(everything_of(ROW, 3))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        told = table(package.read("XUAT-XU.csv").decode("utf-8-sig"))
        hashes = [hashlib.sha256(package.read(row["tep"])).hexdigest() for row in told]
    assert [row["dong"] for row in told] == ["3", "0"]
    assert [row["sha256"] for row in told] == hashes
    assert {row["campaign_code"] for row in told} == {"THU-2026"}
    assert {row["author"] for row in told} == {"Nguyễn Thị Mẫu"}


def test_rows_are_written_as_they_are_read() -> None:
    """Nothing is gathered first: a table may be larger than memory."""
    written = []

    def read(holding: Holding) -> Iterator[Row]:
        for number in range(5):
            written.append(number)
            yield {**ROW, "id": number}

    lines = everything._csv_lines(ACTS, read(ACTS))
    next(lines)
    assert written == []
    next(lines)
    assert written == [0]
