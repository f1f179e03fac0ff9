"""The values of NĐ 30/2020/NĐ-CP, Phụ lục I, that documents are set with and checked against.

They are data (``exports/layout.yaml``); each carries the evidence mark of its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from corpus.datafile import CONFIDENCES
from exports.errors import ERRORS

_FILE = Path(__file__).with_name("layout.yaml")


@dataclass(frozen=True, slots=True)
class Value:
    """A measure: what our documents use, and the range the rule allows."""

    chosen: float
    low: float
    high: float
    mark: str

    def allows(self, measured: float, tolerance: float = 0.05) -> bool:
        """Whether ``measured`` (same unit) lies in the range; Word rounds, hence a tolerance."""
        return self.low - tolerance <= measured <= self.high + tolerance


@dataclass(frozen=True, slots=True)
class Layout:
    """All measures: page and indents in mm, type sizes and gaps in points, lines as shares."""

    page: Mapping[str, Value]
    sizes: Mapping[str, Value]
    paragraph: Mapping[str, Value]
    lines: Mapping[str, Value]
    line_weight: float
    font: str
    colour: str
    motto: str
    nation: str
    ending: str
    forms: tuple[str, ...]  # first words of types without «Nơi nhận» and ending
    source: str


def _value(where: str, entry: Any) -> Value:
    """Read one measure; raises RS-702 naming the key that is wrong."""
    if not isinstance(entry, dict) or set(entry) != {"chon", "tu", "den", "muc"}:
        raise ERRORS.error("RS-702", file=_FILE.name, where=where, why="cần chon, tu, den, muc")
    if not entry["tu"] <= entry["chon"] <= entry["den"]:
        raise ERRORS.error("RS-702", file=_FILE.name, where=where, why="chon nằm ngoài tu–den")
    if entry["muc"] not in CONFIDENCES:
        raise ERRORS.error("RS-702", file=_FILE.name, where=where, why=f"mức lạ: {entry['muc']}")
    return Value(float(entry["chon"]), float(entry["tu"]), float(entry["den"]), entry["muc"])


def _values(name: str, entries: Mapping[str, Any], skip: str = "") -> dict[str, Value]:
    return {key: _value(f"{name}.{key}", entry) for key, entry in entries.items() if key != skip}


@cache
def load() -> Layout:
    """Return the layout; raises RS-702 when the file does not fit."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    try:
        return Layout(
            page=_values("trang", data["trang"]),
            sizes=_values("co_chu", data["co_chu"]),
            paragraph=_values("doan", data["doan"]),
            lines=_values("ke", data["ke"], skip="net"),
            line_weight=float(data["ke"]["net"]),
            font=data["phong_chu"]["ten"],
            colour=data["phong_chu"]["mau"],
            motto=data["loi_van"]["tieu_ngu"],
            nation=data["loi_van"]["quoc_hieu"],
            ending=data["loi_van"]["ket_thuc"],
            forms=tuple(data["khong_noi_nhan"]),
            source=data["nguon"],
        )
    except KeyError as missing:
        raise ERRORS.error(
            "RS-702", file=_FILE.name, where=str(missing), why="thiếu mục"
        ) from missing
