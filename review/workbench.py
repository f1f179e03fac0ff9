"""The one object that pages, reports and the command line hold: all services on one store."""

from __future__ import annotations

from review.agencies import Agencies
from review.audit import Audit
from review.campaign import Campaigns
from review.draft import Drafts
from review.finding import Findings
from review.job import Jobs
from review.library import Library
from review.opinion import Opinions
from review.overview import Overview
from review.people import People
from review.proposal import Proposals
from review.settings import Settings


class Workbench:
    """``Workbench.open(settings)`` migrates the store, starts the job worker, returns services."""

    settings: Settings
    people: People
    agencies: Agencies
    campaigns: Campaigns
    library: Library
    findings: Findings
    opinions: Opinions
    proposals: Proposals
    drafts: Drafts
    overview: Overview
    jobs: Jobs
    audit: Audit

    @classmethod
    def open(cls, settings: Settings | None = None) -> Workbench:
        """Open the store of ``settings`` (environment by default), migrated to the newest form."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop the worker and give back the connections."""
        raise NotImplementedError
