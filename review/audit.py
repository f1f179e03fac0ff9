"""The audit log, written by database triggers."""

from __future__ import annotations

from review.records import AuditRow, AuditVerdict, Page, PageRequest, Person


class Audit:
    """Hash-chained events."""

    def list(
        self, person: Person, table: str = "", page: PageRequest = PageRequest()
    ) -> Page[AuditRow]:
        """Newest first."""
        raise NotImplementedError

    def verify(self, person: Person) -> AuditVerdict:
        """Walk the chain; the first event that does not fit is named."""
        raise NotImplementedError

    def exported(
        self,
        person: Person,
        kind: str,
        title: str,
        filename: str,
        digest: str,
        campaign_id: int | None = None,
    ) -> None:
        """Write down an export (who, what, SHA-256)."""
        raise NotImplementedError

    def exports(self, person: Person, page: PageRequest = PageRequest()) -> Page:
        """Exports made (records ExportRow)."""
        raise NotImplementedError
