"""Columns of the Excel tables, from ``sheets.yaml``; round trips find them by key, not by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from exports.errors import ERRORS

_FILE = Path(__file__).with_name("sheets.yaml")
_KINDS = {"chu": "text", "so": "number", "ngay": "date", "nam": "year", "le": "decimal"}

Kind = Literal["text", "number", "date", "year", "decimal"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in characters; ``summed`` columns get a total that is a formula.

    Dates are dates, years plain numbers without dots; decimals show what stands behind the comma.
    """

    key: str
    title: str
    width: float
    kind: Kind = "text"
    hidden: bool = False
    summed: bool = False
    choices: str = ""  # name of the list that its cells are chosen from
    filled: bool = False  # ministries fill it in; what they write is taken back
    aliases: tuple[str, ...] = ()  # other titles under which it is recognised


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: name of its sheet, title and columns; ``ruled`` lines to fill in when empty."""

    name: str
    title: str
    columns: tuple[Column, ...]
    ruled: int = 0

    def with_columns(self, before: str, more: tuple[Column, ...]) -> Sheet:
        """Return the sheet with ``more`` columns put in before column ``before``."""
        place = [column.key for column in self.columns].index(before)
        return replace(self, columns=(*self.columns[:place], *more, *self.columns[place:]))

    def hiding(self, key: str) -> Sheet:
        """Return the sheet with column ``key`` hidden."""
        columns = (replace(c, hidden=c.hidden or c.key == key) for c in self.columns)
        return replace(self, columns=tuple(columns))


def _column(sheet: str, entry: Mapping[str, Any]) -> Column:
    unknown = set(entry) - {"khoa", "ten", "rong", "kieu", "an", "cong", "chon", "dien", "khac"}
    missing = {"khoa", "ten", "rong", "kieu"} - set(entry)
    if unknown or missing or entry["kieu"] not in _KINDS:
        where = f"{sheet}, cột {entry.get('ten', '?')}"
        raise ERRORS.error("RS-702", file=_FILE.name, where=where, why="cần khoa, ten, rong, kieu")
    return Column(
        entry["khoa"],
        entry["ten"],
        float(entry["rong"]),
        _KINDS[entry["kieu"]],
        entry.get("an", False),
        entry.get("cong", False),
        entry.get("chon", ""),
        entry.get("dien", False),
        tuple(entry.get("khac", ())),
    )


@cache
def _data() -> Mapping[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


@cache
def sheet(name: str) -> Sheet:
    """Return the sheet ``name`` ("BM-03"); raises RS-702 when a column is malformed."""
    entry = _data()[name]
    columns = tuple(_column(name, column) for column in entry["cot"])
    return Sheet(name, entry["ten"], columns, entry.get("ke_san", 0))


def lists() -> dict[str, list[str]]:
    """Return the lists of choices that are data; those of agencies and handling forms are not."""
    return {name: list(words) for name, words in _data()["danh_sach"].items()}


def guidance() -> list[tuple[str, str]]:
    """Return the lines of the guidance sheet: topic and sentence."""
    return [(topic, sentence) for topic, sentence in _data()["huong_dan"]]
