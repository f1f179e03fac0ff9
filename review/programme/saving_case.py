"""Which provisions belong to one case: papers that are handed in together on one trip.

Provisions tied to one procedure are one case. Untied, the papers of one dossier are: those of one
khoản of one act (of one Điều where it has no khoản).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from review.records.follow_up import SavingView
from review.store import tables as t

_DOSSIER = ("khoan-", "dieu-")  # the nearest of these above a paper, the first that there is


@dataclass(frozen=True, slots=True)
class Case:
    """A case by the smallest id of its findings, and what joins them in Vietnamese."""

    key: int
    name: str


def read_cases(db: Connection, rows: Iterable[Row]) -> dict[int, Case]:
    """Return the case of each finding; ``rows`` have id, act_id, number and path."""
    rows = list(rows)
    tied = _procedures(db, {row.id for row in rows})
    joints: dict[tuple[str, object], list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in rows:
        procedures = tied.get(row.id, {})
        for procedure, name in procedures.items():
            joints["thu-tuc", procedure].append(row.id)
            names.setdefault(row.id, f"thủ tục {name}")
        if not procedures:
            joints["ho-so", (row.act_id, dossier(row.path))].append(row.id)
            names[row.id] = f"cùng hồ sơ trong {row.number}"
    root = _joined(joints.values())
    return {row.id: Case(root[row.id], names[row.id]) for row in rows}


def dossier(path: str) -> str:
    """Return the path of the khoản, else of the Điều, that holds the paper; else the path."""
    parts = path.split("/")
    for kind in _DOSSIER:
        places = [place for place, part in enumerate(parts, 1) if part.startswith(kind)]
        if places:
            return "/".join(parts[: places[-1]])
    return path


def carriers(views: Iterable[SavingView], cases: Mapping[int, Case]) -> dict[int, SavingView]:
    """Return for each case the provision that its trips and hours are counted at: the most trips.

    The key is that of the case; provisions without a known volume carry nothing.
    """
    found: dict[int, SavingView] = {}
    for view in views:
        if view.totals:
            key = cases[view.finding_id].key
            found[key] = max(found.get(key, view), view, key=_trips)
    return found


def _trips(view: SavingView) -> tuple[float, float, int]:
    return (view.totals["chuyen-di"], view.totals["gio"], -view.finding_id)


def _procedures(db: Connection, findings: set[int]) -> dict[int, dict[int, str]]:
    """Return the procedures of each finding: id → code."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = db.execute(
        select(t.procedure_findings.c.finding_id, t.procedures.c.id, t.procedures.c.code)
        .join(t.procedures, t.procedures.c.id == t.procedure_findings.c.procedure_id)
        .order_by(t.procedures.c.code, t.procedures.c.id)
    )
    for row in rows:
        if row.finding_id in findings:
            found[row.finding_id][row.id] = row.code
    return found


def _joined(groups: Iterable[list[int]]) -> dict[int, int]:
    """Return for each member the smallest one it is joined with, through any chain of groups."""
    root: dict[int, int] = {}

    def top(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    for group in groups:
        for one in group:
            root.setdefault(one, one)
            first, second = sorted((top(group[0]), top(one)))
            root[second] = first
    return {one: top(one) for one in root}
