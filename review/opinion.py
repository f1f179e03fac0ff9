"""Independent opinions of the task force."""

from __future__ import annotations

from review.records import (
    FindingFilter,
    OpinionBoard,
    OpinionInput,
    OpinionRow,
    Page,
    PageRequest,
    Person,
)

VERDICTS = {
    "thong_nhat": "Thống nhất",
    "mot_phan": "Thống nhất một phần",
    "khong": "Không thống nhất",
    "bo_sung": "Yêu cầu bổ sung",
}


class Opinions:
    """Blind until BTP, BCA and VPCP have all spoken."""

    def queue(
        self,
        person: Person,
        filter: FindingFilter = FindingFilter(),
        waiting: bool = True,
        page: PageRequest = PageRequest(),
    ) -> Page[OpinionRow]:
        """Submitted findings; ``waiting``: only those the person's member has not spoken on."""
        raise NotImplementedError

    def give(
        self,
        person: Person,
        finding_id: int,
        opinion: OpinionInput,
        member: str = "",
        seen: int | None = None,
    ) -> OpinionBoard:
        """Raises RS-520 (reason required), RS-521 (nothing submitted), Conflict when a colleague of the same member spoke since ``seen`` (id of the own opinion on screen)."""
        raise NotImplementedError

    def board(self, person: Person, finding_id: int) -> OpinionBoard:
        """Own opinion; others' only once opened."""
        raise NotImplementedError

    def send_back(self, person: Person, finding_id: int, version: int, reason: str) -> OpinionBoard:
        """Ask the ministry to answer: state tra_lai_bo; a new round begins when it submits again."""
        raise NotImplementedError
