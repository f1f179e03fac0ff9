"""Annex tables as lists of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A stored place that a row means; ``path`` "" means the whole act."""

    act_id: int
    path: str
    provision_id: int | None
    finding_id: int | None


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One row as printed, what was understood of it, and where it was found."""

    id: int
    position: int
    annex: str
    place: str
    cells: Mapping[str, str]  # by column of review.programme.worklist.COLUMNS
    sources: tuple[str, ...]
    owner: str
    state: str
    found: tuple[Match, ...]


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
