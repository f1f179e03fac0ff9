"""What letters and opinion sheets say, beside the rows of ``review.reports.records``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from review.reports.records import (
    ActLine,
    CampaignHead,
    FindingLine,
    OpinionLine,
    ReportHead,
    Stamp,
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A ministry that is late, and what is still to be done there."""

    agency_code: str
    agency: str
    deadline: date
    days_late: int
    acts: int
    reviewed: int
    undecided: int  # suggestions without a decision
    unsubmitted: int  # confirmed findings whose proposal is not before the task force


@dataclass(frozen=True, slots=True)
class Reminders:
    """The letters to all late ministries of a campaign, one head for all."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    today: date
    letters: tuple[Reminder, ...]


@dataclass(frozen=True, slots=True)
class OpinionItem:
    """One finding and what the member said about it; None while the member has not spoken."""

    act: ActLine
    finding: FindingLine
    opinion: OpinionLine | None


@dataclass(frozen=True, slots=True)
class OpinionSheet:
    """A phiếu ý kiến of one member of the standing group (NĐ 34/2016 Đ153.2)."""

    head: ReportHead
    campaign: CampaignHead
    stamp: Stamp
    member: str  # BTP, BCA, VPCP
    member_name: str
    items: tuple[OpinionItem, ...]
