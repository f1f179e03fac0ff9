"""Proposals of ministries and opinions of the task force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from review.records.finding import FindingRow


@dataclass(frozen=True, slots=True)
class ProposalInput:
    """What a ministry proposes for one finding."""

    handling: str  # code of review.proposal.HANDLINGS
    new_text: str = ""
    reason: str = ""
    instrument: str = ""  # type of the amending act: "Nghị định", "Thông tư" …
    lead_agency: str = ""
    co_agencies: tuple[str, ...] = ()
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Competence:
    """Result of the competence check (Luật 80/2015/QH13 Đ12.1): one sentence for the screen."""

    allowed: bool
    sentence: str
    instruments: tuple[str, ...]  # types that may amend the act
    agency: str  # who drafts or issues today


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The latest version of a proposal; ``version`` 0 means prefilled, nothing saved yet."""

    finding_id: int
    version: int
    state: str  # "moi" (prefilled), "du_thao", "da_trinh", "tra_lai"
    old_text: str
    input: ProposalInput
    competence: Competence
    author: str
    at: datetime | None
    submitted_by: str
    submitted_at: datetime | None
    editable: bool


@dataclass(frozen=True, slots=True)
class OpinionInput:
    """NĐ 34/2016 Đ153.2: what is agreed, what is not, why, other wording."""

    verdict: str  # code of review.opinion.VERDICTS
    agreed: str = ""
    disagreed: str = ""
    reason: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One opinion; a later one of the same member supersedes it, both stay."""

    id: int
    finding_id: int
    member: str  # "BTP", "BCA", "VPCP" or the agency of a commenter
    person: str
    input: OpinionInput
    round: int
    at: datetime
    superseded: bool


@dataclass(frozen=True, slots=True)
class MemberStatus:
    """Whether a member has spoken; ``opinion`` only where it may be seen."""

    member: str
    name: str
    spoken: bool
    counted: bool  # one of BTP, BCA, VPCP
    opinion: OpinionView | None


@dataclass(frozen=True, slots=True)
class OpinionBoard:
    """Opinions on one finding as this person may see them."""

    finding_id: int
    opened: bool  # BTP, BCA and VPCP have all spoken in this round
    round: int
    members: tuple[MemberStatus, ...]
    own: OpinionView | None
    history: tuple[OpinionView, ...]  # superseded ones that may be seen
    may_speak: bool


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A line of «việc của tôi» of a task-force member."""

    finding: FindingRow
    spoken: tuple[str, ...]
    own_verdict: str  # "" while the member has not spoken
