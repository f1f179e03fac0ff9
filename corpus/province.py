"""Provinces: the 34 since 01/07/2025 and where each of the 63 before went.

Nghị quyết 202/2025/QH15; the composition is from memory and carries that mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, by_id, read_sections
from corpus.text import clean, fold, unaccent

PATH: Final = Path(__file__).with_name("provinces.yaml")

MERGED_ON: Final = date(2025, 7, 1)

_NOT_WORD: Final = re.compile(r"[^\w]+")
_BODY: Final = re.compile(r"^(?:chu tich )?(?:uy ban|hoi dong) nhan dan ")
_KIND: Final = re.compile(r"^(?:tinh|thanh pho|tp) ")


@dataclass(frozen=True, slots=True)
class Province:
    """One province of today with the old ones that went into it."""

    code: str
    name: str
    kind: str  # "tỉnh" or "thành phố"
    former: tuple[str, ...]  # names before MERGED_ON
    aliases: tuple[str, ...]
    note: str
    confidence: str

    @property
    def committee(self) -> str:
        """The body that answers for the province: "Ủy ban nhân dân tỉnh Lai Châu"."""
        return f"Ủy ban nhân dân {self.kind} {self.name}"


def load(path: Path = PATH) -> dict[str, Province]:
    """Read ``provinces.yaml``; raises ``DataFileError`` naming the line of a bad row."""
    provinces: dict[str, Province] = {}
    former: dict[str, str] = {}
    for row in read_sections(path, ("tinh",))["tinh"]:
        code = by_id(provinces, row, "ma")
        provinces[code] = Province(
            code=code,
            name=row.text("ten"),
            kind=row.choice("loai", ("tỉnh", "thành phố")),
            former=row.words("gom"),
            aliases=row.words("ten_khac"),
            note=row.text("ghi_chu", ""),
            confidence=row.choice("muc_tin_cay", CONFIDENCES),
        )
        for name in provinces[code].former:
            if former.setdefault(name, code) != code:
                row.fail(f"tỉnh «{name}» đã nhập vào tỉnh khác", "gom")
        row.done()
    return provinces


@cache
def _shipped() -> dict[str, Province]:
    return load()


@cache
def _by_name() -> dict[str, Province]:
    return {
        _comparable(name): province
        for province in _shipped().values()
        for name in (*province.aliases, *province.former, province.name)
    }


def _comparable(name: str) -> str:
    words = _NOT_WORD.sub(" ", unaccent(fold(clean(name).text))).strip()
    return _KIND.sub("", _BODY.sub("", words))


def province_of(name: str) -> Province | None:
    """Return the province of today for an old or new name in any spelling; None where unknown.

    The name of its People's Committee or Council will do.
    """
    return _by_name().get(_comparable(name))


def by_code(code: str) -> Province | None:
    """Return the province with a code of ``provinces.yaml``; None where there is none."""
    return _shipped().get(code)


def all_provinces() -> tuple[Province, ...]:
    """Return the 34 provinces in file order."""
    return tuple(_shipped().values())
