"""Agencies that issue acts: codes, names, periods and succession by field.

An act keeps the name of the body that issued it; the work goes to the body responsible on the day
(Nghị quyết 176/2025/QH15 merged ministries from 01/03/2025).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, Row, by_id, read_sections
from corpus.text import clean, fold, unaccent

PATH: Final = Path(__file__).with_name("agencies.yaml")

KINDS: Final = {
    "quoc_hoi": "Quốc hội, Chủ tịch nước",
    "chinh_phu": "Chính phủ, Thủ tướng Chính phủ",
    "bo": "Bộ",
    "ngang_bo": "Cơ quan ngang bộ",
    "thuoc_chinh_phu": "Cơ quan thuộc Chính phủ",
    "tu_phap": "Tòa án, Viện kiểm sát",
    "kiem_toan": "Kiểm toán nhà nước",
    "dia_phuong": "Địa phương",
    "to_cong_tac": "Tổ công tác",
}

_SEPARATOR: Final = re.compile(r"[/\-–—\s]+")
_TERM: Final = re.compile(r"(QH|UBTVQH)\d+")  # QH15, UBTVQH14: the body with its term
_NOT_WORD: Final = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Agency:
    """One body under one name and code. ``since`` and ``until`` are its first and last day."""

    code: str
    name: str
    aliases: tuple[str, ...]  # other names
    other_codes: tuple[str, ...]  # BNN for BNNPTNT, LĐTBXH for BLĐTBXH
    kind: str  # key of KINDS
    since: date | None
    until: date | None
    order_2023: int  # 1–14 in the campaign of 2023, 0 for the others
    note: str
    confidence: str
    sources: tuple[str, ...]

    def exists_on(self, on: date) -> bool:
        """Whether the body bore this name on the day ``on``."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Succession:
    """One step of succession; ``field`` "" is the general successor, else only that field."""

    old: str
    new: str
    field: str
    since: date
    note: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agencies:
    """All agencies by code, with the succession between them."""

    rows: dict[str, Agency]
    successions: tuple[Succession, ...]
    _codes: dict[str, str]  # comparable code -> code
    _names: dict[str, str]  # comparable name -> code

    def find(self, text: str) -> Agency | None:
        """Return the agency with this code or name, in any spelling; None where unknown."""
        code = self._codes.get(_comparable_code(text)) or self._names.get(_comparable(text))
        return self.rows[code] if code else None

    def agency_of(self, code: str, on: date | None = None) -> Agency | None:
        """Return the agency with the code; with ``on`` only if it bore that name on that day."""
        agency = self.find(code)
        if agency is None or (on is not None and not agency.exists_on(on)):
            return None
        return agency

    def responsible_today(self, issuer: str, on: date, field: str = "") -> Agency:
        """Return who answers on the day ``on`` for the acts of ``issuer`` (in ``field``).

        A field that has its own successor goes there, everything else to the general successor;
        ``field`` may be the title of an act, in which the field is named. Raises ``KeyError`` for a
        code that is not in the list.
        """
        agency = self.find(issuer)
        if agency is None:
            raise KeyError(issuer)
        seen = {agency.code}
        while step := self._step(agency.code, on, field, agency.exists_on(on)):
            agency = self.rows[step.new]
            if agency.code in seen:  # data that runs in a circle must not hang the caller
                break
            seen.add(agency.code)
        return agency

    def _step(self, code: str, on: date, field: str, alive: bool) -> Succession | None:
        steps = [step for step in self.successions if step.old == code and step.since <= on]
        wanted = _words(field)
        for step in steps:
            if step.field and _words(step.field) in wanted:
                return step
        general = [step for step in steps if not step.field]
        return general[0] if general and not alive else None

    def issuers_from_number(self, number: str) -> tuple[Agency, ...]:
        """Return the issuers that the number of an act names, in its order; () where none is known.

        Understands "104/2022/NĐ-CP", "68/2020/QH14", "12/2016/TTLT-BLĐTBXH-BTC",
        "1607/VBHN-BLĐTBXH", "66.7/2025/NQ-CP", "2788/BTP-KTrVB", "2367/TCT", "81-CP".
        """
        found: list[Agency] = []
        for part in _SEPARATOR.split(clean(number).text.strip()):
            term = _TERM.fullmatch(part)
            code = self._codes.get(_comparable_code(term.group(1) if term else part))
            if code and self.rows[code] not in found:
                found.append(self.rows[code])
        return tuple(found)


def _comparable_code(code: str) -> str:
    return unaccent(clean(code).text).upper().strip()


def _words(text: str) -> str:
    """Return whole words with their diacritics: «đề xuất ban hành» is not «xuất bản»."""
    return f" {_NOT_WORD.sub(' ', fold(clean(text).text)).strip()} "


def _comparable(name: str) -> str:
    return _NOT_WORD.sub(" ", unaccent(fold(clean(name).text))).strip()


def load(path: Path = PATH) -> Agencies:
    """Read ``agencies.yaml``; raises ``DataFileError`` naming the line of a bad row."""
    sections = read_sections(path, ("co_quan", "ke_thua"))
    rows: dict[str, Agency] = {}
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in sections["co_quan"]:
        agency = _agency(row, by_id(rows, row, "ma"))
        rows[agency.code] = agency
        for spelling in (agency.code, *agency.other_codes):
            if codes.setdefault(_comparable_code(spelling), agency.code) != agency.code:
                row.fail(f"ký hiệu «{spelling}» đã thuộc cơ quan khác", "ma_khac")
        for spelling in (agency.name, *agency.aliases):
            if names.setdefault(_comparable(spelling), agency.code) != agency.code:
                row.fail(f"tên «{spelling}» đã thuộc cơ quan khác", "ten")
    successions = tuple(_succession(row, rows) for row in sections["ke_thua"])
    return Agencies(rows, successions, codes, names)


def _agency(row: Row, code: str) -> Agency:
    agency = Agency(
        code=code,
        name=row.text("ten"),
        aliases=row.words("ten_khac"),
        other_codes=row.words("ma_khac"),
        kind=row.choice("loai", KINDS),
        since=row.day("tu_ngay"),
        until=row.day("den_ngay"),
        order_2023=row.number("dot_2023", 0),
        note=row.text("ghi_chu", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
    )
    row.done()
    return agency


def _succession(row: Row, agencies: dict[str, Agency]) -> Succession:
    since = row.day("tu_ngay")
    if since is None:
        row.fail("thiếu trường «tu_ngay»", "tu_ngay")
    succession = Succession(
        old=row.choice("tu", agencies),
        new=row.choice("den", agencies),
        field=row.text("linh_vuc", ""),
        since=since,
        note=row.text("ghi_chu", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
    )
    row.done()
    return succession


@cache
def shipped() -> Agencies:
    """Return the agencies that come with the program, read once."""
    return load()


def agency_of(code: str, on: date | None = None) -> Agency | None:
    """Return the agency with the code; with ``on`` only if it bore that name on that day."""
    return shipped().agency_of(code, on)


def responsible_today(issuer_code: str, on: date, field: str = "") -> Agency:
    """Return who answers on ``on`` for the acts of an issuer; ``KeyError`` for an unknown code."""
    return shipped().responsible_today(issuer_code, on, field)


def all_agencies(on: date | None = None) -> tuple[Agency, ...]:
    """Return all agencies in file order; with ``on`` those that bore their name on that day."""
    agencies = shipped().rows.values()
    return tuple(agency for agency in agencies if on is None or agency.exists_on(on))
