"""Projects of the law-making programme, instruments that must be amended, and their deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from review.records.finding import FindingRow


@dataclass(frozen=True, slots=True)
class ProjectInput:
    """What is entered for a project; ``kind`` is a code of ``programme/steps.yaml``."""

    title: str
    kind: str
    agency: str
    year: int
    co_agencies: tuple[str, ...] = ()
    basis: str = ""  # the document that assigns it
    number: str = ""  # of the issued act
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of a project with its dates; ``days`` is what the step usually takes."""

    code: str
    name: str
    days: int
    planned: date | None
    done: date | None
    passed: bool = False  # done, or a later step is: its own day was never entered
    in_session: bool = False  # taken at a session of the National Assembly
    session: str = ""  # which one, «Kỳ họp thứ 8»


@dataclass(frozen=True, slots=True)
class Risk:
    """Whether what is left to do fits before the deadline."""

    code: str  # key of review.programme.risk.LEVELS
    days_left: int | None  # to the deadline; None where there is none
    days_needed: int  # usual durations of the steps still to do

    @property
    def slack(self) -> int | None:
        """Days to spare; negative when the usual durations do not fit."""
        return None if self.days_left is None else self.days_left - self.days_needed


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of the programme."""

    id: int
    campaign_id: int
    input: ProjectInput
    programme: str  # what the programme of that year is called
    steps: tuple[StepView, ...]
    current: str  # code of the first step after the last one done; "" when all are
    due: date | None  # earliest of the instruments it amends
    risk: Risk
    instruments: int
    findings: int  # that the person may see
    version: int

    @property
    def step_name(self) -> str:
        """The name of the step at hand."""
        return next((step.name for step in self.steps if step.code == self.current), "")


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Which projects are wanted; empty fields do not filter."""

    campaign_id: int
    year: int | None = None
    agency: str = ""  # leading or co-operating
    kind: str = ""
    risk: str = ""


@dataclass(frozen=True, slots=True)
class ProjectBoard:
    """Projects by the step they are at; the counts are over the same rows, programmes over all."""

    columns: list[tuple[str, str, list[ProjectRow]]]  # code, name, rows
    total: int
    by_risk: Mapping[str, int]
    programmes: list[tuple[int, str, int]]  # year, what the programme is called, projects
    agencies: list[tuple[str, str]]  # that lead or co-operate: code, name


@dataclass(frozen=True, slots=True)
class InstrumentInput:
    """An act that must be amended so that the amendment is in force before ``due``."""

    number: str
    title: str
    type: str
    agency: str
    due: date
    origin: str = ""


@dataclass(frozen=True, slots=True)
class InstrumentRow:
    """A line of the countdown board."""

    id: int
    campaign_id: int
    input: InstrumentInput
    project_id: int | None
    project: str
    state: str  # key of review.programme.instrument.STATES
    risk: Risk
    act_id: int | None  # the stored act, where it is loaded and may be seen
    findings: int  # recognised ones
    settled: int  # of them, verified on the issued text
    version: int


@dataclass(frozen=True, slots=True)
class InstrumentFilter:
    """Which instruments are wanted; empty fields do not filter."""

    campaign_id: int
    agency: str = ""
    type: str = ""
    state: str = ""
    risk: str = ""
    due_within: int | None = None  # days from today


@dataclass(frozen=True, slots=True)
class Board:
    """The countdown board: counts by agency, by state and by risk over the same rows."""

    rows: list[InstrumentRow]
    by_agency: list[tuple[str, str, dict[str, int]]]  # code, name, state → count
    by_state: dict[str, int]
    by_risk: dict[str, int]
    next_due: date | None
    days_left: int | None
    this_week: list[StepDue]


@dataclass(frozen=True, slots=True)
class StepDue:
    """A planned step that falls due."""

    project_id: int
    project: str
    agency: str
    step: str
    planned: date
    late: bool


@dataclass(frozen=True, slots=True)
class Expiry:
    """What stands again when an overriding rule lapses and acts were not amended."""

    id: str
    rule: str
    last_day: date
    amend_by: date
    findings: int  # whose badge falls away with the rule
    open: int  # of them, not verified on an issued text
    returning: int  # of the open ones, those that no other rule goes on overriding
    beyond: tuple[str, ...]  # the rules that go on overriding the rest
    by_agency: list[tuple[str, str, int]]  # code, name, returning ones
    by_category: list[tuple[str, str, int]]  # code, name of the paper, returning ones
    confidence: str


@dataclass(frozen=True, slots=True)
class ReturningFilter:
    """Which provisions that stand again are wanted; empty fields do not filter."""

    campaign_id: int
    rule: str
    agency: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Returning:
    """A provision whose demand stands again, and the project that might still prevent it."""

    finding: FindingRow
    project_id: int | None
    project: str
    risk: str  # key of review.programme.risk.LEVELS; "" without a project


@dataclass(frozen=True, slots=True)
class AgendaEvent:
    """Something of the programme that has a day; ``key`` stays the same while the day moves."""

    key: str
    on: date
    kind: str  # key of review.programme.agenda.KINDS
    title: str
    agency: str  # "" where it concerns all
    project_id: int | None
    done: bool
    late: bool


@dataclass(frozen=True, slots=True)
class FeedView:
    """A person's calendar address: when it was made. The address itself is told only once."""

    made_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar address gives out."""

    name: str
    made_at: datetime
    events: list[AgendaEvent]
