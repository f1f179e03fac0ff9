"""Half-typed forms."""

from __future__ import annotations

from collections.abc import Mapping

from review.records import Draft, Person


class Drafts:
    """Keyed by (person, key); nobody else sees them."""

    def save(self, person: Person, key: str, value: Mapping[str, object]) -> Draft:
        """Keep the half-typed form (JSON values); the page says «đã lưu nháp HH:MM» from ``saved_at``."""
        raise NotImplementedError

    def load(self, person: Person, key: str) -> Draft | None:
        """What was typed last, or None."""
        raise NotImplementedError

    def list(self, person: Person) -> list[Draft]:
        """All own drafts, newest first."""
        raise NotImplementedError

    def discard(self, person: Person, key: str) -> None:
        """After saving the form."""
        raise NotImplementedError
