"""Everything a report knows, for other programs: CSV tables in a .zip, and one JSON file.

Columns are the fields of the records in ``review.reports.records``; what each means stands in
``data_files.yaml`` and in ``LUOC-DO.csv`` of the package. Dates are ISO, lists are joined with «; »
in CSV.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from exports import reconcile
from exports.errors import ERRORS
from exports.excel.safe import looks_like_formula
from exports.formats import legal
from review.clock import VIET_NAM
from review.reports.programme_records import (
    ComponentLine,
    ExpiredLine,
    InstrumentLine,
    ProcedureLine,
    ProjectLine,
    ReadinessLine,
)
from review.reports.records import (
    ActLine,
    BasisLine,
    DigestLine,
    FindingLine,
    OpinionLine,
    ProposalLine,
    ReportData,
    SampledLine,
    SourceLine,
    SummaryLine,
)

_FILE = Path(__file__).with_name("data_files.yaml")
FORMAT = "rasoat/1"
BOM = "\ufeff"  # without it Excel reads UTF-8 as something else

Row = Mapping[str, Any]


def build_json(data: ReportData) -> bytes:
    """Return the whole report as JSON; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data)
    record = {"format": FORMAT, **asdict(data)}
    return json.dumps(record, ensure_ascii=False, indent=1, default=plain).encode()


def build_csv(data: ReportData) -> bytes:
    """Return a .zip of CSV tables in UTF-8; raises RS-701 when a total does not fit its rows."""
    reconcile.require(data)
    stream = io.BytesIO()
    at = data.stamp.made_at.astimezone(VIET_NAM)
    moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, _table(columns, rows))

        schema: list[dict[str, str]] = []
        for name, kind, rows in _tables(data):
            columns = _columns(kind)
            put(f"{name}.csv", columns, rows)
            schema += [
                {"bang": name, "cot": column, "nghia": meanings(name)[column]} for column in columns
            ]
        put("LUOC-DO.csv", ("bang", "cot", "nghia"), schema)
        stamp = {"format": FORMAT, **asdict(data.stamp), **_campaign(data)}
        put("XUAT-XU.csv", tuple(stamp), [stamp])
    return stream.getvalue()


def _campaign(data: ReportData) -> dict[str, Any]:
    return {f"campaign_{name}": value for name, value in asdict(data.campaign).items()}


# The record of each table.
_KINDS: dict[str, type] = {
    "van-ban": ActLine,
    "phat-hien": FindingLine,
    "can-cu": BasisLine,
    "de-xuat": ProposalLine,
    "y-kien": OpinionLine,
    "tong-hop": SummaryLine,
    "tom-tat": DigestLine,
    "nguon-dien-tu": SourceLine,
    "doc-kiem": SampledLine,
    "thanh-phan-ho-so": ComponentLine,
    "khong-con-hieu-luc": ExpiredLine,
    "van-ban-phai-xu-ly": InstrumentLine,
    "du-an": ProjectLine,
    "thu-tuc": ProcedureLine,
    "so-lieu-nguon": ReadinessLine,
}
# Columns that a table has beside those of its record, put first.
_EXTRA: dict[type, tuple[str, ...]] = {
    BasisLine: ("finding_id",),
    ProposalLine: ("finding_id",),
    OpinionLine: ("finding_id",),
}
# Fields that have a table of their own.
_ELSEWHERE = {FindingLine: {"bases", "proposal"}}


def _columns(kind: type) -> tuple[str, ...]:
    left_out = _ELSEWHERE.get(kind, set())
    return (
        *_EXTRA.get(kind, ()),
        *(field.name for field in fields(kind) if field.name not in left_out),
    )


@cache
def _words() -> Mapping[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def titles() -> dict[str, str]:
    """Return what each table is about, by the name of its file without «.csv»."""
    return {name: entry["ten"] for name, entry in _words()["bang"].items()}


@cache
def meanings(table: str) -> Mapping[str, str]:
    """Return what each column of a table means; raises RS-702 naming those without a meaning."""
    data = _words()
    own, columns = data["bang"][table].get("cot", {}), _columns(_KINDS[table])
    told = {column: own.get(column) or data["cot"].get(column) for column in columns}
    silent = [column for column, meaning in told.items() if not meaning]
    if strange := [*silent, *(column for column in own if column not in columns)]:
        why = f"cần nghĩa của đúng các cột; xem {', '.join(strange)}"
        raise ERRORS.error("RS-702", file=_FILE.name, where=table, why=why)
    return told


def _tables(data: ReportData) -> Iterable[tuple[str, type, Iterable[Row]]]:
    found = data.findings
    programme = data.programme
    rows: dict[str, Iterable[Row]] = {
        "van-ban": map(asdict, data.acts),
        "phat-hien": map(asdict, found),
        "can-cu": ({"finding_id": f.finding_id, **asdict(b)} for f in found for b in f.bases),
        "de-xuat": (
            {"finding_id": f.finding_id, **asdict(f.proposal)} for f in found if f.proposal
        ),
        "y-kien": (
            {"finding_id": b.finding_id, **asdict(o)} for b in data.boards for o in b.opinions
        ),
        "tong-hop": map(asdict, data.summary),
        "tom-tat": map(asdict, data.digest),
        "nguon-dien-tu": map(asdict, data.sources),
        "doc-kiem": map(asdict, data.sampled),
        "thanh-phan-ho-so": map(asdict, programme.components),
        "khong-con-hieu-luc": map(asdict, programme.expired),
        "van-ban-phai-xu-ly": map(asdict, programme.instruments),
        "du-an": map(asdict, programme.projects),
        "thu-tuc": map(asdict, programme.procedures),
        "so-lieu-nguon": map(asdict, programme.readiness),
    }
    return ((name, kind, rows[name]) for name, kind in _KINDS.items())


def _table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return text.getvalue()


def cell(value: Any) -> str:
    """Return a value as text; one a spreadsheet would compute is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (dict, list, tuple)) and _nested(value):
        return json.dumps(value, ensure_ascii=False, default=plain)
    if isinstance(value, dict):
        return "; ".join(f"{name}={cell(item)}" for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return "; ".join(cell(item) for item in value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return str(value)
    text = legal(str(value))
    return f"'{text}" if looks_like_formula(text) else text


def _nested(value: dict[Any, Any] | list[Any] | tuple[Any, ...]) -> bool:
    items = value.values() if isinstance(value, dict) else value
    return any(isinstance(item, (dict, list, tuple)) for item in items)


def plain(value: Any) -> Any:
    """Return what JSON has no form for as text, or as an object."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
