"""What follows the review, as exports print it: projects, instruments due, procedures, expiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """A paper of a procedure that data replaces (BM-06, the form of NQ 66.7/2025/NQ-CP)."""

    annex: str  # "I", "II", "III"; "" for a finding of the review
    field: str
    code: str
    procedure: str
    component: str
    database: str
    owner: str
    act: str
    location: str
    origin: str  # name of the list it came from, or "Phát hiện mã 12"


@dataclass(frozen=True, slots=True)
class ExpiredLine:
    """A provision that a reviewer set aside because it is no longer in force (BM-08)."""

    finding_id: int
    act: str
    provision: str
    text: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """An act that must be amended, and how far its amendment is (BM-09)."""

    id: int
    act: str
    type: str
    title: str
    agency: str
    due: date
    origin: str
    project: str
    project_type: str
    lead: str
    step: str  # the last step that is done
    issued: str  # number of the issued act
    effective: date | None
    verified: str  # outcome of the check on the issued text


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project of the law-making programme with its steps (BM-10)."""

    id: int
    title: str
    kind: str
    lead: str
    coordinating: str
    year: int
    # code, planned, done, session of the National Assembly
    steps: tuple[tuple[str, date | None, date | None, str], ...]
    basis: str
    number: str
    findings: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure and the decision that publishes it (BM-12, NĐ 104/2022/NĐ-CP)."""

    id: int
    code: str
    name: str
    agency: str
    decision: str
    published: date | None
    uses_data: bool | None
    findings: tuple[int, ...]
    note: str
    provinces: int = 0  # that have published it with data first


@dataclass(frozen=True, slots=True)
class ReadinessLine:
    """How far a source is by what people recorded, and its newest figures (BM-11)."""

    source: str
    readiness: int | None  # None: nobody recorded one, the shipped catalogue counts
    since: date | None
    figures: str  # «Địa phương số hóa: 49 tỉnh (31/07/2023)»


@dataclass(frozen=True, slots=True)
class ProgrammeLines:
    """All of it for one ministry or all."""

    components: tuple[ComponentLine, ...] = ()
    expired: tuple[ExpiredLine, ...] = ()
    instruments: tuple[InstrumentLine, ...] = ()
    projects: tuple[ProjectLine, ...] = ()
    procedures: tuple[ProcedureLine, ...] = ()
    readiness: tuple[ReadinessLine, ...] = ()


NONE = ProgrammeLines()
