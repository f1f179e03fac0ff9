"""What the letters that chase amendments and the thematic report say, beside the report's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from review.records.follow_up import SourceStanding, TaskView
from review.records.programme import Board, Expiry, InstrumentRow, ProjectRow
from review.reports.records import CampaignHead, ReportData, ReportHead, Stamp


@dataclass(frozen=True, slots=True)
class Chased:
    """A ministry that still has acts to amend, and how far each is."""

    agency_code: str
    agency: str
    acts: tuple[InstrumentRow, ...]  # not issued yet, nearest deadline first
    steps: Mapping[int, tuple[str, date | None]]  # project id → step at hand, planned day

    @property
    def without_project(self) -> int:
        """How many of the acts nobody works on."""
        return sum(row.project_id is None for row in self.acts)

    @property
    def at_risk(self) -> int:
        """How many of the acts will be late by the usual durations, or are."""
        return sum(row.risk.code in ("nguy-co", "qua-han") for row in self.acts)


@dataclass(frozen=True, slots=True)
class ChasingLetters:
    """The letters to all these ministries, one head for all."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    today: date
    letters: tuple[Chased, ...]


@dataclass(frozen=True, slots=True)
class Thematic:
    """Everything the thematic report counts; ``report`` holds the rows of the review itself."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    today: date
    report: ReportData
    projects: tuple[ProjectRow, ...]
    board: Board
    expiry: tuple[Expiry, ...]
    tasks: tuple[TaskView, ...]
    sources: tuple[SourceStanding, ...]
    agencies: Mapping[str, str]  # code → name, of everything named
