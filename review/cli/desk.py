"""The workbench as the command line opens it: on this machine's store, as its operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from review.cli.errors import ERRORS
from review.records import CampaignView, Person
from review.settings import Settings
from review.workbench import Workbench


@contextmanager
def desk() -> Iterator[tuple[Workbench, Person]]:
    """Open the store of the environment's settings; close it at the end."""
    workbench = Workbench.open(Settings())
    try:
        yield workbench, workbench.people.operator()
    finally:
        workbench.close()


def campaign_of(workbench: Workbench, person: Person, code: str) -> CampaignView:
    """Return the campaign with ``code``, the newest where none is given; raises RS-817."""
    campaigns = workbench.campaigns.list(person)
    for campaign in campaigns:
        if code in ("", campaign.code):
            return campaign
    known = ", ".join(campaign.code for campaign in campaigns) or "chưa có đợt nào"
    raise ERRORS.error("RS-817", wanted=code, known=known)
