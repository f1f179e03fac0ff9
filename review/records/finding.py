"""Findings, decisions on them and what was set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from models.records import BasisRef, TraceStep

if TYPE_CHECKING:
    from review.records.act import ActRow, ProvisionView


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Filters of the review queue; None or "" means any; empty ``states`` means any state."""

    campaign_id: int | None = None
    act_id: int | None = None
    agency: str = ""
    category: str = ""  # "A1", or a group letter "A"
    severity: int | None = None
    states: tuple[str, ...] = ()
    origin: str = ""  # "may" or "nguoi"
    handling: str = ""
    late: bool = False  # undecided after the agency's deadline
    decided_by: int | None = None
    changed: bool | None = None  # the provision changed since the decision
    after_cutoff: bool | None = None  # found or decided after the campaign's cut-off of figures
    assigned_to: int | None = None  # acts given to this person
    claimed_by: int | None = None  # findings this person works on now
    asked_of: int | None = None  # questions that wait for this person's answer
    answered_for: int | None = None  # questions of this person that have been answered
    silent: tuple[str, ...] = ()  # members none of whom has spoken in the finding's round
    text: str = ""  # in the provision or số hiệu, with or without diacritics
    wording: str = ""  # key of the words of the provision: findings on one wording
    order: str = ""  # "" = by act and place, "nen_doc_truoc" = as people's decisions suggest


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a list."""

    id: int
    act_id: int
    number: str
    act_title: str
    agency: str
    provision_id: int
    path: str
    label: str
    category: str
    severity: int
    readiness: int
    state: str
    origin: str  # "may" (máy gợi ý) or "nguoi" (người bổ sung)
    quote: str
    quote_start: int  # within the provision's text
    quote_end: int
    badges: tuple[str, ...]
    handling: str
    changed: bool  # the provision changed after the decision (newer text loaded)
    decided_by: str
    decided_at: datetime | None
    version: int
    after_cutoff: str = ""  # "nap": found after the cut-off; "quyet_dinh": decided after it


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One step in a finding's history; nothing is ever removed from it."""

    id: int
    action: str
    from_state: str
    to_state: str
    code: str  # N-code of a rejection
    note: str
    person: str
    at: datetime
    version: int
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SuppressedRow:
    """A hit the screen set aside, with the look-alike code that says why."""

    id: int
    act_id: int
    number: str
    agency: str
    provision_id: int
    path: str
    label: str
    text: str
    category: str
    quote: str
    quote_start: int
    quote_end: int
    code: str
    reason: str
    trace: tuple[TraceStep, ...]


@dataclass(frozen=True, slots=True)
class FindingView:
    """Everything the review page shows of one finding."""

    row: FindingRow
    act: ActRow
    provision: ProvisionView
    stem: list[ProvisionView]  # ancestors, outermost first (breadcrumb and lead-in words)
    article: list[ProvisionView]  # the whole Điều (or annex item), in order
    trace: tuple[TraceStep, ...]  # spans are offsets into the act's source text
    bases: tuple[BasisRef, ...]
    sources: tuple[str, ...]
    formula: str
    ruleset: str
    suppressed: list[SuppressedRow]  # set aside in the same Điều
    history: list[DecisionView]
    actions: tuple[str, ...]  # what this person may do now: "confirm", "reject", "propose" …


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The findings before and after one in a filtered queue, and its place (from 1)."""

    previous: int | None
    next: int | None
    place: int
    total: int
