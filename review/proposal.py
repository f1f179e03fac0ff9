"""Ministries' proposals."""

from __future__ import annotations

from review.records import Competence, Person, ProposalInput, ProposalView

HANDLINGS = {
    "SĐ": "Sửa đổi, bổ sung",
    "TT": "Thay thế",
    "BB": "Bãi bỏ một phần",
    "BBT": "Bãi bỏ toàn bộ",
    "BHM": "Ban hành mới",
    "ĐC": "Đình chỉ",
    "BPK": "Biện pháp khác (hướng dẫn áp dụng, kiến nghị giải thích)",
    "GN": "Giữ nguyên",
}


class Proposals:
    """Versioned rows; draft, then submitted by pháp chế."""

    def get(self, person: Person, finding_id: int) -> ProposalView:
        """Prefilled (version 0) when nothing was saved; the task force sees submitted ones only."""
        raise NotImplementedError

    def save(
        self, person: Person, finding_id: int, version: int, entered: ProposalInput
    ) -> ProposalView:
        """``version``: the proposal version on screen; Conflict RS-501 otherwise; «giữ nguyên» needs a reason (RS-531)."""
        raise NotImplementedError

    def submit(self, person: Person, finding_id: int, version: int) -> ProposalView:
        """Pháp chế signs and sends it to the task force; RS-532 when incomplete or beyond competence."""
        raise NotImplementedError

    def history(self, person: Person, finding_id: int) -> list[ProposalView]:
        """All saved versions, newest first."""
        raise NotImplementedError

    def competence(
        self, person: Person, finding_id: int, instrument: str, lead_agency: str = ""
    ) -> Competence:
        """The sentence under the form."""
        raise NotImplementedError
