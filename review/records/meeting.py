"""Meetings of the task force: agenda, attendance, decisions, conclusion, and the minutes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from review.records.finding import FindingRow
from review.records.opinion import OpinionView, ProposalInput


@dataclass(frozen=True, slots=True)
class MeetingInput:
    """What is entered about a meeting; without ``agencies`` those of the sector group meet."""

    title: str
    held_on: date
    sector_group: str = ""
    agencies: tuple[str, ...] = ()
    begins: str = ""  # "08:30"
    place: str = ""
    chair: str = ""
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list of a campaign."""

    id: int
    campaign_id: int
    number: int  # 1, 2 … in the campaign
    input: MeetingInput
    state: str  # review.meeting.MEETING_STATES
    items: int  # on the agenda, as far as the person may see
    decided: int
    version: int


@dataclass(frozen=True, slots=True)
class MeetingDecision:
    """What the meeting said on one finding; a later one supersedes, all stay."""

    id: int
    finding_id: int
    decision: str  # review.meeting.DECISIONS
    text: str
    agency: str  # who is charged with it, "" for nobody
    deadline: date | None
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One finding of the agenda; ``opinions`` only of an opened round."""

    finding: FindingRow
    position: int
    opened: bool
    divided: bool  # opened, and not everybody agrees
    opinions: tuple[OpinionView, ...]
    decision: MeetingDecision | None


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person with an account, or a representative of an agency without one."""

    name: str
    agency: str
    part: str  # review.meeting.PARTS
    title: str = ""
    person_id: int | None = None
    present: bool = True


@dataclass(frozen=True, slots=True)
class MeetingConclusion:
    """The conclusion of the whole meeting; a later one supersedes."""

    id: int
    text: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting as this person may see it."""

    row: MeetingRow
    started_at: datetime | None
    closed_at: datetime | None
    agenda: tuple[AgendaItem, ...]
    attendance: tuple[Attendee, ...]
    conclusion: MeetingConclusion | None
    editable: bool


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """One finding in the minutes, with what a reader needs to follow the decision."""

    agency: str  # name
    finding: FindingRow
    text: str  # of the provision
    category: str  # name
    proposal: ProposalInput | None  # as submitted last
    handling: str  # name of the proposal's form
    opinions: tuple[OpinionView, ...]  # of an opened round
    decision: MeetingDecision | None
    decision_name: str


@dataclass(frozen=True, slots=True)
class Charge:
    """Work the meeting gave to an agency."""

    agency: str  # name
    text: str
    deadline: date | None
    finding: FindingRow


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the Word minutes and the notice of conclusion print."""

    campaign_code: str
    campaign_name: str
    documents: tuple[str, ...]  # guidance documents of the campaign
    number: int
    title: str
    sector_group: str
    agencies: tuple[str, ...]  # names
    held_on: date
    begins: str
    started_at: datetime | None
    closed_at: datetime | None
    place: str
    chair: str
    secretary: str
    present: tuple[Attendee, ...]
    absent: tuple[Attendee, ...]
    items: tuple[MinutesItem, ...]
    charges: tuple[Charge, ...]
    conclusion: str
    closed: bool
