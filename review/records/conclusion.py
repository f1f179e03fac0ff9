"""What the task force concludes, how the ministry answers, and the rounds of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from review.records.opinion import OpinionView


@dataclass(frozen=True, slots=True)
class ConclusionInput:
    """«Ý kiến độc lập của Tổ công tác» (NĐ 34/2016 Đ153.2) and what follows from it."""

    outcome: str  # code of review.conclusion.OUTCOMES
    verdict: str  # code of review.ballot.VERDICTS
    agreed: str = ""
    disagreed: str = ""
    reason: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True)
class ConclusionView:
    """One conclusion; a later one supersedes, both stay."""

    id: int
    finding_id: int
    round: int
    input: ConclusionInput
    opinions: tuple[int, ...]  # ids of every opinion it rests on
    person: str
    at: datetime
    outdated: bool  # an opinion of the same round came after it


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One entry between ministry and task force."""

    id: int
    finding_id: int
    round: int
    side: str  # "bo" or "tct"
    kind: str  # code of review.thread.KINDS
    explanation: str
    text: str  # wording of the provision, where one is offered
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round as it can be read back; ``opinions`` stay empty until it was opened."""

    number: int
    opened: bool
    opening_reason: str  # of the chair, "" when all had spoken
    opinions: tuple[OpinionView, ...]
    conclusions: tuple[ConclusionView, ...]  # newest first
    thread: tuple[ThreadEntry, ...]  # in the order written
