"""Annex tables as lists of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from corpus.label import label_of


@dataclass(frozen=True, slots=True)
class Match:
    """A stored place that a row means; ``path`` "" means the whole act."""

    act_id: int
    path: str
    provision_id: int | None
    finding_id: int | None
    number: str = ""  # of the act
    near: bool = False  # only what stands around the missing provision is stored

    @property
    def label(self) -> str:
        """The provision as a lawyer says it, "" for the whole act."""
        return label_of(self.path) if self.path else ""


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One row as printed, what was understood of it, and where it was found."""

    id: int
    position: int
    annex: str
    place: str
    cells: Mapping[str, str]  # by column of review.programme.worklist.COLUMNS
    sources: tuple[str, ...]
    owners: tuple[str, ...]
    state: str
    found: tuple[Match, ...]
    printed: tuple[tuple[str, str], ...] = ()  # every cell under its heading


@dataclass(frozen=True, slots=True)
class WorklistTable:
    """A whole list, to be given back in its own columns."""

    view: WorklistView
    rows: list[WorklistRow]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as a list prints it and what it is taken for; empty where unknown."""

    kind: str  # code of review.programme.alias.KINDS
    printed: str
    means: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name that lists use, and who added it."""

    kind: str
    said: str
    means: tuple[str, ...]
    person: str  # of a shipped name: how it is known
    at: datetime | None  # None: shipped


@dataclass(frozen=True, slots=True)
class WorklistView:
    """One loaded file with the counts of its matches by annex."""

    id: int
    name: str
    counts: Mapping[str, Mapping[str, int]]  # annex → state → rows
    doubts: tuple[str, ...]
    at: datetime

    @property
    def total(self) -> int:
        """How many rows the file has."""
        return sum(sum(states.values()) for states in self.counts.values())
