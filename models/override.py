"""The override layer: rules that replaced others in application, while those still stand in print.

Điều 15.3 Nghị định 104/2022/NĐ-CP and Điều 10.4 Nghị quyết 66.7/2025/NQ-CP. A badge never
resolves a finding: the act must still be amended by the deadline.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, Row, by_id, read_sections

PATH: Final = Path(__file__).with_name("catalogue") / "overrides.yaml"


@dataclass(frozen=True, slots=True)
class Override:
    """One overriding rule."""

    id: str
    basis: str  # id of bases.yaml
    short_name: str
    since: date
    until: date | None  # last day; None where the rule has no end
    amend_by: date  # the amending act must be in force before this day
    categories: tuple[str, ...]
    badge: str
    note: str
    confidence: str
    sources: tuple[str, ...]

    def applies(self, on: date) -> bool:
        """Whether the rule applies on the day ``on`` (both ends included)."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Overrides:
    """All overriding rules by id, in file order."""

    rows: dict[str, Override]

    def of(self, category: str, on: date) -> tuple[Override, ...]:
        """Return the rules that override the category on a day."""
        return tuple(
            rule for rule in self.rows.values() if category in rule.categories and rule.applies(on)
        )

    def badges_for(self, category: str, on: date) -> tuple[str, ...]:
        """Return the badge texts for a category on a day, each once."""
        return tuple(dict.fromkeys(rule.badge for rule in self.of(category, on)))

    def days_left(self, on: date) -> int | None:
        """Return the days from ``on`` to the nearest deadline ahead; None where all are past."""
        ahead = [(rule.amend_by - on).days - 1 for rule in self.rows.values()]
        return min((days for days in ahead if days >= 0), default=None)


def load(path: Path = PATH, bases: Collection[str] | None = None) -> Overrides:
    """Read ``overrides.yaml``; with ``bases`` every can_cu must be one of them.

    Raises ``DataFileError`` naming the file and the line of a bad row.
    """
    rows: dict[str, Override] = {}
    for row in read_sections(path, ("thay_the_ap_dung",))["thay_the_ap_dung"]:
        override_id = by_id(rows, row, "ma")
        rows[override_id] = _override(row, override_id, bases)
    return Overrides(rows)


def _override(row: Row, override_id: str, bases: Collection[str] | None) -> Override:
    since, amend_by = row.day("tu_ngay"), row.day("han_sua")
    if since is None:
        row.fail("thiếu trường «tu_ngay»", "tu_ngay")
    if amend_by is None:
        row.fail("thiếu trường «han_sua»", "han_sua")
    override = Override(
        id=override_id,
        basis=row.text("can_cu") if bases is None else row.choice("can_cu", bases),
        short_name=row.text("ten_ngan"),
        since=since,
        until=row.day("den_ngay"),
        amend_by=amend_by,
        categories=row.words("nhom"),
        badge=row.text("nhan"),
        note=row.text("ghi_chu", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
    )
    if override.until and override.until < override.since:
        row.fail("den_ngay đứng trước tu_ngay", "den_ngay")
    row.done()
    return override
