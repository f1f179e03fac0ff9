"""Campaigns (đợt rà soát)."""

from __future__ import annotations

from review.records import CampaignInput, CampaignView, Person


class Campaigns:
    """Campaigns."""

    def list(self, person: Person) -> list[CampaignView]:
        """Newest first."""
        raise NotImplementedError

    def get(self, person: Person, campaign_id: int) -> CampaignView:
        """Raises RS-601 when there is none."""
        raise NotImplementedError

    def add(self, person: Person, entered: CampaignInput) -> CampaignView:
        """Open a campaign."""
        raise NotImplementedError

    def change(
        self, person: Person, campaign_id: int, version: int, entered: CampaignInput
    ) -> CampaignView:
        """Raises Conflict RS-501 when somebody changed it since."""
        raise NotImplementedError
