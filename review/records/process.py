"""Who works on what, questions to colleagues, sets of decisions, reports of ministries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from review.records.finding import FindingRow
    from review.records.overview import Tally


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works for the same agency, for forms."""

    id: int
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """Who works on a finding, and until when nobody else may decide on it."""

    finding_id: int
    person_id: int
    person: str
    until: datetime
    note: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """Who reviews an act; ``person_id`` None: given back."""

    act_id: int
    person_id: int | None
    person: str
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer to a question."""

    person: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question about a finding; ``to`` is empty when any colleague may answer."""

    id: int
    finding_id: int
    asker: str
    asker_id: int
    to: str
    to_id: int | None
    text: str
    at: datetime
    answers: tuple[AnswerView, ...]
    may_answer: bool


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A finding in question with its last question, for the queue of questions."""

    finding: FindingRow
    question: QuestionView


@dataclass(frozen=True, slots=True)
class MergeView:
    """A finding counted with another one: where it stands, and who merged it."""

    finding: FindingRow
    person: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class SetResult:
    """What became of one decision on many findings; ``left`` says why a finding was left out."""

    set_id: str
    done: tuple[FindingRow, ...]
    left: tuple[tuple[FindingRow, str], ...]


@dataclass(frozen=True, slots=True)
class StrandedRow:
    """Work that waits for somebody who is gone from an agency."""

    person_id: int
    person: str
    agency: str
    acts: int
    claims: int
    questions: int
    drafts: int

    @property
    def total(self) -> int:
        return self.acts + self.claims + self.questions + self.drafts


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """The rows of a ministry as they stood when its report was sent."""

    id: int
    digest: str
    acts: int
    findings: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SubmissionStep:
    """One step of a report; none is ever removed."""

    action: str
    state: str
    note: str
    person: str
    at: datetime
    deadline: date | None
    late: bool
    snapshot: SnapshotView | None


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A ministry's report of a campaign; ``version`` 0: no step yet."""

    campaign_id: int
    agency: str
    name: str
    sector_group: str
    state: str
    deadline: date | None
    sent: date | None  # the first day it was sent on
    late: bool  # sent after the deadline, or not sent although it has passed
    version: int
    steps: tuple[SubmissionStep, ...]  # newest first
    actions: tuple[str, ...]  # what this person may do now

    @property
    def snapshot(self) -> SnapshotView | None:
        """The snapshot of the report as it was sent last."""
        return next((step.snapshot for step in self.steps if step.snapshot), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as it was in the snapshot."""

    kind: str  # "them" (came since), "mat" (gone since), "doi" (changed since)
    what: str  # "van_ban" or "phat_hien"
    id: int
    name: str  # số hiệu, with the place in the act
    changed: Mapping[str, tuple[object, object]]  # field: (then, now)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of «Việc của tôi»; ``late``: the deadline has passed."""

    sentence: str
    tally: Tally
    deadline: date | None = None
    late: bool = False
