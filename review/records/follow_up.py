"""Sources with figures over time, procedures, tracked tasks and savings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SourceFigureInput:
    """A figure on a source; ``readiness`` 0–3 where the document says how far it is."""

    source: str
    on: date
    name: str
    value: float | None
    unit: str
    document: str
    readiness: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFigureView:
    """A recorded figure; later ones stand beside it, none replaces it."""

    input: SourceFigureInput
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """How far a source is today."""

    id: str
    name: str
    owner: str
    papers: tuple[str, ...]
    scope: tuple[str, ...]
    readiness: int
    since: date | None  # the day of the figure that says so; None: the shipped catalogue
    confidence: str


@dataclass(frozen=True, slots=True)
class Freed:
    """Provisions that one source can free of their paper."""

    source: str
    name: str
    readiness: int
    findings: int
    by_category: Mapping[str, int]
    settled: int


@dataclass(frozen=True, slots=True)
class SourceLink:
    """From finding to paper, information, database and how far it is."""

    finding_id: int
    act_id: int
    path: str
    number: str
    label: str
    agency: str
    category: str
    severity: int
    state: str
    quote: str  # the paper as the provision names it
    others: tuple[str, ...]  # ids of other sources that hold it too
    readiness: int  # the best of its sources


@dataclass(frozen=True, slots=True)
class Shift:
    """A provision that a change of readiness reaches, before and after."""

    link: SourceLink
    severity: tuple[int, int]
    handling: tuple[str, str]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What becomes of the provisions of a source when its readiness changes."""

    source: str
    name: str
    before: int
    after: int
    findings: int  # of the source
    readier: int  # whose own readiness rises with it
    severity: Mapping[tuple[int, int], int]  # (M before, M after) → provisions
    handling: Mapping[tuple[str, str], int]  # (way before, way after) → provisions
    shifts: tuple[Shift, ...]  # the provisions whose severity or handling changes, in reading order


@dataclass(frozen=True, slots=True)
class ProcedureInput:
    """An administrative procedure as the national portal names it."""

    code: str
    name: str
    agency: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A procedure with the decision that publishes it (NĐ 104/2022 Đ15.1)."""

    id: int
    input: ProcedureInput
    decision: str
    published: date | None
    uses_data: bool | None  # the decision says that data is read before paper is asked for
    findings: int
    version: int
    suggestions: int = 0  # over the papers of its dossier

    @property
    def complete(self) -> bool:
        """Whether the duty is met: published, and data comes first."""
        return bool(self.decision and self.published and self.uses_data)


@dataclass(frozen=True, slots=True)
class TaskInput:
    """A tracked task; ``section`` is a section of the thematic report."""

    code: str
    title: str
    section: str
    agency: str
    due: date | None
    state: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskFigureInput:
    """A figure of a task on a day, with the document that gives it and its evidence mark."""

    on: date
    name: str
    value: float
    unit: str
    document: str
    confidence: str


@dataclass(frozen=True, slots=True)
class TaskFigureView:
    """A recorded figure."""

    input: TaskFigureInput
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with its figures, newest first."""

    id: int
    input: TaskInput
    late: bool
    figures: tuple[TaskFigureView, ...]
    version: int


@dataclass(frozen=True, slots=True)
class SavingInput:
    """What is known of one provision: cases a year, and assumptions that differ from the usual."""

    volume: float | None
    values: Mapping[str, float]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavingView:
    """The estimate for one provision with its inputs; empty where the volume is not known."""

    finding_id: int
    number: str
    label: str
    agency: str
    category: str
    input: SavingInput
    assumptions: Mapping[str, float]  # by code, as used
    totals: Mapping[str, float]  # by code of review.programme.saving.TOTALS, a year
    person: str = ""  # who entered the volume
    at: datetime | None = None
    case: str = ""  # what its papers are handed in with: a procedure, a dossier
    counted_at: str = ""  # the provision of the same case that has the trips and hours


@dataclass(frozen=True, slots=True)
class SavingEstimate:
    """Sums over the provisions with a known volume."""

    rows: list[SavingView]
    without_volume: int
    by_agency: list[tuple[str, str, Mapping[str, float]]]  # code, name, totals
    totals: Mapping[str, float]
