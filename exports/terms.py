"""Names shared by all exports, from ``exports/terms.yaml``; their order is the printed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from exports.errors import ERRORS

_FILE = Path(__file__).with_name("terms.yaml")


@dataclass(frozen=True, slots=True)
class Terms:
    """Types of acts by rank, category groups, severities and readiness levels."""

    types: tuple[str, ...]
    groups: Mapping[str, str]
    severities: Mapping[int, str]
    readiness: Mapping[int, str]
    no_proposal: str
    unchecked: str

    def type_of(self, name: str) -> str:
        """Return the printed class of an act type; what has no row of its own is «Khác»."""
        return name if name in self.types else self.types[-1]

    def severity(self, level: int) -> str:
        """Return "M4 · Trái trực tiếp"."""
        return f"M{level} · {self.severities[level]}"


@cache
def load() -> Terms:
    """Return the terms; raises RS-702 when a key is missing."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    try:
        return Terms(
            types=tuple(data["loai_van_ban"]),
            groups=data["nhom"],
            severities=data["muc_do"],
            readiness=data["san_sang"],
            no_proposal=data["chua_de_xuat"],
            unchecked=data["chua_doi_chieu"],
        )
    except KeyError as missing:
        raise ERRORS.error(
            "RS-702", file=_FILE.name, where=str(missing), why="thiếu mục"
        ) from missing
