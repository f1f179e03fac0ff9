"""The one object that pages, reports and the command line hold: all services on one store."""

from __future__ import annotations

from datetime import date

from review.acts.effect import Effects
from review.acts.library import Library
from review.acts.references import References
from review.acts.rescreening import Rescreening
from review.acts.version import Versions
from review.agencies import Agencies
from review.audit import Audit
from review.backup import Backups
from review.campaigns.campaign import Campaigns
from review.campaigns.overview import Overview
from review.campaigns.submission import Submissions
from review.exchange.exchange import Exchange
from review.exchange.own_list import OwnLists
from review.findings.duplicate import Duplicates
from review.findings.finding import Findings
from review.findings.question import Questions
from review.findings.same_wording import SameWording
from review.job import Jobs
from review.meetings.meeting import Meetings
from review.opinions.comparison import Comparison
from review.opinions.conclusion import Conclusions
from review.opinions.opinion import Opinions
from review.opinions.thread import Thread
from review.people.accounts import People
from review.people.identity import IdentityServer
from review.programme.agenda import Agenda
from review.programme.alias import Aliases
from review.programme.chase import Chases
from review.programme.closing import Closing
from review.programme.dossier import Dossiers
from review.programme.feed import Feeds
from review.programme.instrument import Instruments
from review.programme.lapse import Lapses
from review.programme.procedure import Procedures
from review.programme.project import Projects
from review.programme.publication import Publications
from review.programme.readiness import Readiness
from review.programme.saving import Savings
from review.programme.task import Tasks
from review.programme.worklist import Worklists
from review.proposals.proposal import Proposals
from review.reading.order import Reading
from review.reading.sampling import Sampling
from review.records import Person
from review.reports.holding import Holdings
from review.reports.report import Reports
from review.rules.ruleset import Rulesets
from review.rules.trial import RuleTrials
from review.search.lookup import Lookup
from review.search.similar import REBUILD, Similar
from review.settings import Settings
from review.store.engine import Store
from review.work.assignment import Assignments
from review.work.claim import Claims
from review.work.draft import Drafts
from review.work.handover import Handovers
from review.work.saved_filter import SavedFilters
from review.work.succession import Successions
from review.work.work_list import WorkList


class Workbench:
    """All services; each checks role and agency itself, so holding this grants nothing.

    Raises RS-418 when single sign-on is configured by half.
    """

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self.store = store
        self.jobs = Jobs(store)
        self.people = People(store, settings)
        self.identity = IdentityServer.of(settings)
        self.agencies = Agencies(store)
        self.successions = Successions(store)
        self.campaigns = Campaigns(store)
        self.backups = Backups(settings, self.jobs)
        self.rules = Rulesets(store)
        self.rule_trials = RuleTrials(store, self.jobs, self.rules)
        self.rescreening = Rescreening(store, self.jobs, self.rules.screen)
        self.library = Library(store, self.jobs, settings, screen=self.rules.screen)
        self.effects = Effects(store)
        self.references = References(store)
        self.versions = Versions(store)
        self.findings = Findings(store)
        self.opinions = Opinions(store)
        self.proposals = Proposals(store)
        self.meetings = Meetings(store)
        self.comparison = Comparison(store)
        self.conclusions = Conclusions(store)
        self.thread = Thread(store)
        self.drafts = Drafts(store)
        self.assignments = Assignments(store)
        self.claims = Claims(store)
        self.questions = Questions(store)
        self.duplicates = Duplicates(store)
        self.same_wording = SameWording(store)
        self.work = WorkList(store)
        self.handovers = Handovers(store)
        self.submissions = Submissions(store)
        self.overview = Overview(store)
        self.audit = Audit(store)
        self.reports = Reports(store)
        self.holdings = Holdings(store)
        self.exchange = Exchange(store, self.proposals)
        self.own_lists = OwnLists(store, self.findings)
        self.similar = Similar(store, self.jobs, settings, self._operator)
        self.lookup = Lookup(store, self.similar.meaning)
        self.saved_filters = SavedFilters(store)
        self.reading = Reading(store, self.jobs)
        self.sampling = Sampling(store)
        self.projects = Projects(store)
        self.instruments = Instruments(store)
        self.lapses = Lapses(store)
        self.agenda = Agenda(store)
        self.feeds = Feeds(store, self.people)
        self.chases = Chases(store, self.reports)
        self.closing = Closing(store, self.jobs, settings, self.rules.screen)
        self.aliases = Aliases(store)
        self.worklists = Worklists(store, self.jobs)
        self.readiness = Readiness(store)
        self.procedures = Procedures(store)
        self.dossiers = Dossiers(store, self.jobs, self.rules.screen)
        self.publications = Publications(store)
        self.tasks = Tasks(store)
        self.savings = Savings(store)
        self.jobs.after(self._follow)

    @classmethod
    def open(cls, settings: Settings | None = None) -> Workbench:
        """Open the store of ``settings`` (the environment's by default) in its newest form.

        Jobs that a stopped process left behind are marked, and acts of ministries that have ended
        since go to their successors. Raises RS-630, RS-418.
        """
        settings = settings or Settings()
        store = Store(settings.url)
        store.migrate()
        workbench = cls(settings, store)
        workbench.jobs.mark_interrupted()
        workbench.successions.follow(workbench._operator())
        return workbench

    def today(self) -> date:
        """The present day in Viet Nam: what every screen counts from."""
        return self.store.today()

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
        self.similar.close()
        self.store.close()
