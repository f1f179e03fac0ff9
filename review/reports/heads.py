"""Heads of reports: issuer, symbol, addressee, signatory, from ``heads.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from review.agencies import name_of
from review.reports.records import ReportHead

_FILE = Path(__file__).with_name("heads.yaml")
_KEYS = {
    "dia_danh", "ky_hieu", "kinh_gui", "chuc_vu", "hinh_thuc_ky", "chuc_vu_kiem", "noi_nhan",
    "co_quan_chu_quan", "ten", "ma", "nguoi_dung_dau",
}  # fmt: skip


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    for name, entry in entries.items():
        if unknown := set(entry) - _KEYS:
            raise ValueError(f"{_FILE.name}: {name} có trường lạ {sorted(unknown)}")
    return entries


def ministry(code: str, year: int) -> ReportHead:
    """Return the head of a report by the agency ``code``."""
    return _head(_entries().get(code, {}), code, name_of(code), year)


def title_of(code: str) -> str:
    """Return the title under which the head of the agency ``code`` signs: "Thống đốc"."""
    return {**_entries()["chung"], **_entries().get(code, {})}["chuc_vu"]


def person_of(code: str, name: str) -> str:
    """Return who issues the circulars of the agency ``code`` that is, or was, called ``name``."""
    written = _entries().get(code, {}).get("nguoi_dung_dau")
    return written or (f"{title_of(code)} {name}" if name.startswith("Bộ ") else name)


def task_force(year: int) -> ReportHead:
    """Return the head of a report by the task force (QĐ 236/QĐ-TTg)."""
    entry = _entries()["to_cong_tac"]
    return _head(entry, entry["ma"], entry["ten"], year)


def sheet(code: str, year: int, form: str = "phieu") -> ReportHead:
    """Return the head of a paper of another kind by the agency ``code``: a key of the file."""
    own = _entries().get(code, {})
    return _head({**own, **_entries()[form]}, code, name_of(code), year)


def of_task_force(form: str, year: int) -> ReportHead:
    """Return the head of a paper of another kind by the task force."""
    entry = _entries()["to_cong_tac"]
    return _head({**entry, **_entries()[form]}, entry["ma"], entry["ten"], year)


def _head(entry: Mapping[str, Any], code: str, name: str, year: int) -> ReportHead:
    values = {**_entries()["chung"], **entry}
    fields = {"co_quan": name, "ma": code}

    def filled(texts: list[str]) -> tuple[str, ...]:
        return tuple(text.format(**fields) for text in texts)

    return ReportHead(
        agency_code=code,
        agency=name,
        parent=values.get("co_quan_chu_quan", ""),
        symbol=values["ky_hieu"].format(**fields),
        place=values["dia_danh"],
        year=year,
        addressee=filled(values["kinh_gui"]),
        signer_form=values.get("hinh_thuc_ky", ""),
        signer_title=values["chuc_vu"],
        signer_office=tuple(values.get("chuc_vu_kiem", ())),
        recipients=filled(values["noi_nhan"]),
    )
