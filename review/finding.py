"""Findings: queue, view, decisions."""

from __future__ import annotations

from review.records import (
    FindingFilter,
    FindingRow,
    FindingView,
    Neighbours,
    Page,
    PageRequest,
    Person,
    SuppressedRow,
)


class Findings:
    """Every write passes the version it saw; Conflict RS-501 otherwise."""

    def queue(
        self, person: Person, filter: FindingFilter, page: PageRequest = PageRequest()
    ) -> Page[FindingRow]:
        """By act, then place in the act."""
        raise NotImplementedError

    def neighbours(self, person: Person, filter: FindingFilter, finding_id: int) -> Neighbours:
        """Previous and next in the filtered queue."""
        raise NotImplementedError

    def get(self, person: Person, finding_id: int) -> FindingView:
        """Raises RS-601, Forbidden RS-410."""
        raise NotImplementedError

    def confirm(self, person: Person, finding_id: int, version: int, note: str = "") -> FindingView:
        """State xac_nhan."""
        raise NotImplementedError

    def reject(
        self, person: Person, finding_id: int, version: int, code: str, note: str = ""
    ) -> FindingView:
        """State loai_bo; ``code`` N01 … N24 (RS-502 when missing)."""
        raise NotImplementedError

    def ask(self, person: Person, finding_id: int, version: int, note: str) -> FindingView:
        """State can_hoi: a colleague is asked."""
        raise NotImplementedError

    def reopen(self, person: Person, finding_id: int, version: int, note: str = "") -> FindingView:
        """Back to goi_y."""
        raise NotImplementedError

    def edit(
        self,
        person: Person,
        finding_id: int,
        version: int,
        category: str = "",
        quote: str = "",
        severity: int | None = None,
    ) -> FindingView:
        """Correct category, severity or span; the old ones stay in the history. RS-503 when the quote is not in the provision."""
        raise NotImplementedError

    def add_manual(
        self,
        person: Person,
        provision_id: int,
        category: str,
        quote: str,
        severity: int,
        note: str = "",
    ) -> FindingView:
        """A finding the machine missed; confirmed at once."""
        raise NotImplementedError

    def suppressed(
        self, person: Person, filter: FindingFilter, page: PageRequest = PageRequest()
    ) -> Page[SuppressedRow]:
        """«Các kết quả đã loại»; ``filter.category`` may be an N-code."""
        raise NotImplementedError

    def look_alikes(self) -> list[tuple[str, str]]:
        """N-codes with a sentence each, for the chips."""
        raise NotImplementedError

    def categories(self) -> list[tuple[str, str]]:
        """Category codes with their names."""
        raise NotImplementedError
