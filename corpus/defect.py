"""Defects that a check reports, with their Vietnamese sentences (``defects.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

PATH: Final = Path(__file__).with_name("defects.yaml")
ERROR: Final = "loi"
INFORMATION: Final = "thong_tin"
_FIELDS: Final = {"muc", "dieu_sai", "viec_can_lam"}


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that a lawyer should look at: ``text[start:end]`` of the source is ``quote``."""

    code: str  # V1 … V5, V7, G2
    start: int
    end: int
    quote: str
    message: str
    remedy: str
    error: bool  # False: only information (an act that is not known, an inserted unit …)


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one kind of defect is said."""

    error: bool
    message: str
    remedy: str


@cache
def sentences() -> dict[str, Sentence]:
    """Read ``defects.yaml``; raises ``ValueError`` naming a malformed entry."""
    entries = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    for key, entry in entries.items():
        if set(entry) != _FIELDS or entry["muc"] not in (ERROR, INFORMATION):
            raise ValueError(
                f"{PATH.name}: «{key}» cần muc (loi, thong_tin), dieu_sai, viec_can_lam"
            )
    return {
        key: Sentence(entry["muc"] == ERROR, entry["dieu_sai"], entry["viec_can_lam"])
        for key, entry in entries.items()
    }


def defect(key: str, source: str, start: int, end: int, **fields: object) -> Defect:
    """Return the defect ``key`` («V3-nam») at ``source[start:end]``, its sentences filled."""
    sentence = sentences()[key]
    return Defect(
        code=key.partition("-")[0],
        start=start,
        end=end,
        quote=" ".join(source[start:end].split()),
        message=sentence.message.format(**fields),
        remedy=sentence.remedy.format(**fields),
        error=sentence.error,
    )


def line_of(source: str, offset: int) -> int:
    """Return the line (from 1) of a source offset."""
    return source.count("\n", 0, offset) + 1
