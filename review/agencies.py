"""Agencies as data, with what belongs to them."""

from __future__ import annotations

from datetime import date

from review.records import AgencyRow, Person


class Agencies:
    """Agencies of corpus.agency."""

    def list(self, person: Person, on: date | None = None) -> list[AgencyRow]:
        """All agencies, or those existing on a day; with counts of people and acts."""
        raise NotImplementedError

    def choices(self, person: Person, on: date) -> list[tuple[str, str]]:
        """Code and name of ministries and agencies existing on a day, for forms."""
        raise NotImplementedError

    def name(self, code: str) -> str:
        """Name of an agency; the code itself where unknown; no permission needed (public fact)."""
        raise NotImplementedError
