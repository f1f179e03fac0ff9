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
from review.records import Person
from review.report import Reports
from review.settings import Settings
from review.similar import REBUILD, Similar
from review.store.engine import Store


class Workbench:
    """All services; each checks role and agency itself, so holding this grants nothing."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.jobs = Jobs(store)
        self.people = People(store, settings)
        self.agencies = Agencies(store)
        self.campaigns = Campaigns(store)
        self.library = Library(store, self.jobs, settings)
        self.findings = Findings(store)
        self.opinions = Opinions(store)
        self.proposals = Proposals(store)
        self.drafts = Drafts(store)
        self.overview = Overview(store)
        self.audit = Audit(store)
        self.reports = Reports(store)
        self.similar = Similar(store, self.jobs, settings, self._operator)
        self.jobs.after(self._follow)

    @classmethod
    def open(cls, settings: Settings | None = None) -> Workbench:
        """Open the store of ``settings`` (the environment's by default) in its newest form.

        Jobs that a stopped process left behind are marked. Raises RS-630.
        """
        settings = settings or Settings()
        store = Store(settings.url)
        store.migrate()
        workbench = cls(settings, store)
        workbench.jobs.mark_interrupted()
        return workbench

    def _operator(self) -> Person:
        return self.people.operator()

    def _follow(self, kind: str) -> None:
        """Bring similar provisions up to date with what was loaded, also during a rebuild."""
        operator = self._operator()
        # After a rebuild only what came meanwhile counts: an index that cannot be read although it
        # is new would be made again without end.
        if kind == REBUILD and self.similar.state(operator).status != "cu":
            return
        self.similar.refresh(operator)

    def close(self) -> None:
        """Let the running job end and give back the connections."""
        self.jobs.close()
        self.store.close()
