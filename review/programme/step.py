"""Kinds of project, their steps with usual durations, and the programme's name (``steps.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, Row, by_id, read_sections

PATH: Final = Path(__file__).with_name("steps.yaml")
ISSUE, EFFECT = "ban-hanh", "hieu-luc"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of one kind of project; ``days`` is an assumption, not a rule."""

    code: str
    name: str
    days: int
    column: str  # of the board
    in_session: bool = False  # taken at a session of the National Assembly («kỳ họp»)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of project: which types of act it makes, and its steps in order."""

    code: str
    name: str
    types: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """What the law-making programme is called from a year on."""

    since: int
    name: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All of ``steps.yaml``."""

    kinds: Mapping[str, Kind]
    columns: Mapping[str, str]  # of the board, code → name in order; the last is for what is done
    programmes: tuple[Programme, ...]  # oldest first

    @property
    def step_names(self) -> Mapping[str, str]:
        """Steps of all kinds in order, code → name, as the most general kind calls them."""
        names: dict[str, str] = {}
        for kind in self.kinds.values():
            for step in kind.steps:
                names.setdefault(step.code, step.name)
        return names

    @property
    def in_session(self) -> frozenset[str]:
        """Codes of the steps that are taken at a session of the National Assembly."""
        steps = (step for kind in self.kinds.values() for step in kind.steps)
        return frozenset(step.code for step in steps if step.in_session)

    def programme(self, year: int) -> Programme:
        """Return the programme of a year; of the oldest one for years before it."""
        earlier = [one for one in self.programmes if one.since <= year]
        return earlier[-1] if earlier else self.programmes[0]

    def column(self, kind: str, step: str) -> str:
        """Return the column of a project whose step at hand is ``step``; "" means all are done."""
        found = next((one.column for one in self.kinds[kind].steps if one.code == step), "")
        return found or list(self.columns)[-1]

    def kind_for(self, act_type: str, issuer: str = "") -> str:
        """Return the kind of project that amends an act of this type; "" where none is known.

        A Quyết định is the Prime Minister's, unless ``issuer`` is the agency code of a ministry.
        """
        if act_type == "Quyết định" and issuer not in ("", "TTg", "TTCP"):
            return "qd-bo"
        return next((kind.code for kind in self.kinds.values() if act_type in kind.types), "")


@cache
def plan() -> Plan:
    """Return the shipped plan."""
    return load()


def load(path: Path = PATH) -> Plan:
    """Read the file; raises ``DataFileError`` (RS-390) naming the line that is wrong."""
    sections = read_sections(path, ("loai", "cot", "buoc", "chuong_trinh"))
    heads: dict[str, Row] = {}
    for row in sections["loai"]:
        heads[by_id(heads, row, "ma")] = row
    columns: dict[str, str] = {}
    for row in sections["cot"]:
        columns[by_id(columns, row, "ma")] = row.text("ten")
        row.done()
    steps: dict[str, list[Step]] = {code: [] for code in heads}
    for row in sections["buoc"]:
        step = Step(
            row.text("ma"),
            row.text("ten"),
            row.number("so_ngay"),
            row.choice("cot", columns),
            row.choice("ky_hop", ("có",), "") == "có",
        )
        for code in row.words("loai", heads):
            if step.code in {known.code for known in steps[code]}:
                row.fail(f"loại «{code}» đã có bước «{step.code}»", "ma")
            steps[code].append(step)
        row.done()
    kinds = {}
    for code, row in heads.items():
        kinds[code] = Kind(code, row.text("ten"), row.words("van_ban"), tuple(steps[code]))
        row.done()
        if [step.code for step in steps[code][-2:]] != [ISSUE, EFFECT]:
            row.fail(f"hai bước cuối phải là «{ISSUE}» và «{EFFECT}»")
    return Plan(kinds, columns, tuple(map(_programme, sections["chuong_trinh"])))


def _programme(row: Row) -> Programme:
    programme = Programme(
        row.number("tu_nam"), row.text("ten"), row.choice("muc_tin_cay", CONFIDENCES)
    )
    row.done()
    return programme
