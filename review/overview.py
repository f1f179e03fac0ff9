"""Figures of a campaign."""

from __future__ import annotations

from review.records import Figures, Person


class Overview:
    """Each figure equals the row count of its filter."""

    def figures(self, person: Person, campaign_id: int) -> Figures:
        """As far as the person may see."""
        raise NotImplementedError
