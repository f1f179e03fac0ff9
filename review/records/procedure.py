"""Dossiers of procedures, and the decisions that publish procedures in the provinces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from review.records.follow_up import ProcedureView


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the criteria say of one paper of a dossier."""

    category: str
    quote: str
    severity: int
    sources: list[str]


@dataclass(frozen=True, slots=True)
class Component:
    """One paper of a dossier."""

    text: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class DossierView:
    """The dossier of a procedure as a file gave it."""

    components: tuple[Component, ...]
    bases: tuple[str, ...]  # numbers of acts
    ruleset: str
    document: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProcedureLoad:
    """What became of a file of procedures."""

    added: int
    known: int
    refused: int  # of agencies the person may not write for, or of nobody known
    suggestions: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicationInput:
    """The decision of a province that publishes a procedure."""

    province: str  # code of provinces.yaml
    decision: str
    published: date | None
    uses_data: bool | None


@dataclass(frozen=True, slots=True)
class ProvinceLine:
    """One province of a procedure's checklist; without ``at`` nothing is recorded."""

    name: str
    input: PublicationInput
    person: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Duty:
    """A procedure that a province publishes, and what it has decided."""

    procedure: ProcedureView
    line: ProvinceLine

    @property
    def published(self) -> bool:
        return bool(self.line.input.decision and self.line.input.published)


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """How far a ministry or a province is."""

    code: str
    name: str
    procedures: int
    published: int
    complete: int  # published, and data comes first
