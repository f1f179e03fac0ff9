"""What an amending act, issued or in draft, makes of the provisions it should settle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation of the amending act on the target, and what became of it."""

    provision: str  # unit of the amending act that says so
    what: str  # «Bãi bỏ điểm b khoản 2 Điều 10»
    applied: bool
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """A recognised finding held against the amended text."""

    finding_id: int
    label: str
    category: str
    quote: str
    state: str
    outcome: str  # key of review.programme.verification.OUTCOMES
    old_text: str
    new_text: str  # "" where the unit is gone
    missed: tuple[str, ...]  # words that still demand the paper
    operations: tuple[str, ...]  # what of the amending act touches the provision


@dataclass(frozen=True, slots=True)
class Emerging:
    """A suggestion on new wording that the old text did not give rise to."""

    label: str
    category: str
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class TargetExam:
    """One amended act: stored and examined, or only named."""

    number: str
    title: str
    act_id: int | None  # None: not loaded, or not this person's to see
    version: int  # of the stored act
    operations: tuple[OperationView, ...]
    checks: tuple[Check, ...]
    emerging: tuple[Emerging, ...]

    def count(self, outcome: str) -> int:
        """Return how many findings have this outcome."""
        return sum(check.outcome == outcome for check in self.checks)


@dataclass(frozen=True, slots=True)
class AmendingAct:
    """A stored act that may be held against findings."""

    id: int
    number: str
    title: str
    agency: str
    issued: date | None
    effective: date | None

    @property
    def draft(self) -> bool:
        """Without number or day of issue it cannot count as issued."""
        return not (self.number and self.issued)


@dataclass(frozen=True, slots=True)
class VerificationView:
    """One recorded check; never changed afterwards."""

    id: int
    finding_id: int
    amending_act_id: int
    amending: str
    number: str  # of the act that holds the finding
    label: str
    category: str
    issued: bool
    outcome: str
    old_text: str
    new_text: str
    missed: tuple[str, ...]
    operations: tuple[str, ...]
    version_id: int | None
    person: str
    at: datetime
