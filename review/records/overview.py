"""Figures, jobs, drafts and audit events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from review.records.act import ActFilter
from review.records.finding import FindingFilter
from review.records.people import CampaignView

if TYPE_CHECKING:
    from review.records.process import WorkLine


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure and the queue filter whose row count it equals."""

    value: int
    filter: FindingFilter | ActFilter


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """Progress of one agency in a campaign."""

    code: str
    name: str
    deadline: date | None
    acts: Tally
    acts_reviewed: int
    findings: Tally
    decided: Tally
    agreed: Tally
    late: Tally


@dataclass(frozen=True, slots=True)
class CategoryFigure:
    """Number of findings of one category and severity."""

    category: str
    severity: int
    findings: Tally


@dataclass(frozen=True, slots=True)
class Figures:
    """«Tổng quan» of a campaign, as far as the person may see it."""

    campaign: CampaignView
    acts: Tally
    findings: Tally
    decided: Tally
    agreed: Tally
    late: Tally
    by_agency: list[AgencyFigures]
    by_category: list[CategoryFigure]
    mine: list[WorkLine]  # «Việc của tôi»


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A back-up of the store; ``size`` in bytes."""

    name: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class JobView:
    """A piece of long work; ``state``: cho, dang_chay, xong, loi, gian_doan."""

    id: int
    kind: str
    title: str
    state: str
    done: int
    total: int
    message: str
    result: Mapping[str, object] | None
    person: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        return self.state in {"xong", "loi", "gian_doan"}

    def seconds_left(self, now: datetime) -> float | None:
        """Estimate of the seconds left from the pace so far; None when it cannot be told."""
        if self.started_at is None or not self.done or not self.total or self.finished:
            return None
        return (now - self.started_at).total_seconds() / self.done * (self.total - self.done)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One audit event, written by the database itself."""

    id: int
    at: datetime
    person: str
    table: str
    row_id: int
    action: str  # "insert", "update", "delete"
    old: Mapping[str, object] | None
    new: Mapping[str, object] | None
    hash: str


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Result of checking the hash chain; ``broken`` is the first event that does not fit."""

    events: int
    broken: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One export: who made it, when, and the SHA-256 of the file."""

    id: int
    kind: str
    title: str
    filename: str
    digest: str
    campaign_id: int | None
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed form, kept by (person, key)."""

    key: str
    value: Mapping[str, object]
    saved_at: datetime
    sheet: str = ""  # the form that was begun; a new one after saving or giving up
