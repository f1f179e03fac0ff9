"""Records of the criteria people edit: versions, what a check says, what a trial found."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from models.records import Finding, Suppressed
from models.sample import Failure

RulesetState = Literal["nhap", "ap_dung", "da_thay"]
# Why a row of a trial matters, gravest first.
TrialKind = Literal[
    "mat_xac_nhan",  # recognised by people, would not be suggested any more
    "them_da_loai",  # rejected by people, would be suggested where it was not
    "them_da_ky",  # new, on an act signed off as free of problems
    "them_nguoi_bo_sung",  # new, and people had added it by hand: a gain
    "mat_da_loai",  # rejected by people, would not be suggested any more: a gain
    "mat_goi_y",  # suggestion nobody has decided on
    "them",  # new suggestion
    "doi",  # same words, other severity, handling, bases or sources
]


@dataclass(frozen=True, slots=True)
class RulesetRow:
    """One version; ``state`` is derived from what happened to it."""

    id: int
    number: int  # 1, 2 … in order of writing
    version: str
    state: RulesetState
    note: str
    author: str
    author_id: int
    at: datetime
    published_by: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RulesetView:
    """A version to read: ``base`` is the text of the version it was written on."""

    row: RulesetRow
    changes: str
    base: str
    stale: bool  # written on another version than the one applied now


@dataclass(frozen=True, slots=True)
class RulesetCheck:
    """What can be said of changes before anything is tried on stored acts."""

    version: str
    failures: list[Failure] = field(default_factory=list)  # examples that do not hold
    missing: list[tuple[int, str]] = field(default_factory=list)  # (line, what was not there)

    @property
    def passes(self) -> bool:
        return not self.failures and not self.missing


@dataclass(frozen=True, slots=True)
class Preview:
    """What the changed criteria say of one pasted provision, and what those in force say."""

    findings: list[Finding]
    suppressed: list[Suppressed]
    before: list[str]  # categories found by the criteria in force


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One difference on a stored act."""

    kind: TrialKind
    act_id: int
    act: str
    agency: str
    label: str
    category: str
    quote: str
    finding_id: int | None


@dataclass(frozen=True, slots=True)
class GoldScore:
    """Precision and recall of one group before and after, in per cent; None without labels."""

    group: str
    labels: int
    recall_before: float | None
    recall: float | None
    precision_before: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a version changes on the stored acts, and on labelled provisions where given."""

    at: datetime
    author: str
    against: str
    acts: int
    failed: list[str]  # acts that could not be screened, with why
    counts: dict[str, int]  # TrialKind -> how many, also beyond the rows kept
    rows: list[TrialRow]
    gold: list[GoldScore]
    gold_lost: list[tuple[str, str]]  # (label id, category) found before, missed now
    gold_gained: list[tuple[str, str]]
