"""«Toàn bộ dữ liệu»: all tables a person may see, in a .zip, one file a table, row by row.

CSV for spreadsheets and statistics, JSON Lines for programs. Rows go from the store to the package
one batch at a time, so size does not matter. ``LUOC-DO.csv`` tells what each column means,
``XUAT-XU.csv`` who made it from what, with rows and SHA-256 of each file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from exports.data_files import BOM, cell, plain
from review.clock import VIET_NAM
from review.reports.holding import Holding, Inventory, Row
from review.reports.records import CampaignHead, ReportHead, Stamp

FORMAT = "rasoat-toan-bo/1"
_IN_MEMORY = 32 * 1024 * 1024  # bytes of the package; the rest waits on disk


@dataclass(frozen=True, slots=True)
class Everything:
    """The tables with the head under which the export is logged."""

    head: ReportHead
    inventory: Inventory

    @property
    def campaign(self) -> CampaignHead:
        return self.inventory.campaign

    @property
    def stamp(self) -> Stamp:
        return self.inventory.stamp


def build_csv(data: Everything) -> bytes:
    """Return the tables as CSV in UTF-8, lists joined with «; », dates ISO."""
    return _package(data, "csv", _csv_lines)


def build_json(data: Everything) -> bytes:
    """Return the tables as JSON Lines: an object a row, values as they are kept."""
    return _package(data, "jsonl", _json_lines)


_Lines = Callable[[Holding, Iterator[Row]], Iterator[str]]


def _package(data: Everything, suffix: str, lines_of: _Lines) -> bytes:
    at = data.stamp.made_at.astimezone(VIET_NAM)
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            told = []
            for holding in data.inventory.tables:
                name = f"{holding.name}.{suffix}"
                count = _Count(data.inventory.rows(holding))
                digest = _write(package, name, moment, lines_of(holding, iter(count)))
                told.append(
                    {"tep": name, "bang": holding.title, "dong": count.rows, "sha256": digest}
                )
            _write(package, "LUOC-DO.csv", moment, _table(_schema(data)))
            _write(package, "XUAT-XU.csv", moment, _table(_origin(data, told)))
        file.seek(0)
        return file.read()


class _Count:
    """Rows on their way, counted."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows = 0
        self._source = rows

    def __iter__(self) -> Iterator[Row]:
        for row in self._source:
            self.rows += 1
            yield row


def _write(
    package: zipfile.ZipFile,
    name: str,
    moment: tuple[int, int, int, int, int, int],
    lines: Iterator[str],
) -> str:
    """Write one file, return its SHA-256."""
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    with package.open(entry, "w", force_zip64=True) as out:
        for line in lines:
            data = line.encode()
            digest.update(data)
            out.write(data)
    return digest.hexdigest()


def _csv_lines(holding: Holding, rows: Iterator[Row]) -> Iterator[str]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")

    def line(values: list[str]) -> str:
        text.seek(0)
        text.truncate()
        writer.writerow(values)
        return text.getvalue()

    columns = list(holding.columns)
    yield BOM + line(columns)
    for row in rows:
        yield line([cell(row[column]) for column in columns])


def _json_lines(holding: Holding, rows: Iterator[Row]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(row), ensure_ascii=False, default=plain) + "\n"


def _schema(data: Everything) -> list[Mapping[str, Any]]:
    return [
        {"bang": holding.name, "ten_bang": holding.title, "cot": column, "nghia": meaning}
        for holding in data.inventory.tables
        for column, meaning in holding.columns.items()
    ]


def _origin(data: Everything, told: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    campaign, stamp = asdict(data.campaign), asdict(data.stamp)
    del stamp["digest"]  # each file has its own
    stamp["made_at"] = datetime.isoformat(data.stamp.made_at)
    origin = {
        "format": FORMAT, **stamp, **{f"campaign_{name}": value for name, value in campaign.items()}
    }  # fmt: skip
    return [{**one, **origin} for one in told]


def _table(rows: list[Mapping[str, Any]]) -> Iterator[str]:
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([cell(value) for value in row.values()] for row in rows)
    yield text.getvalue()
