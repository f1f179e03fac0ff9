"""One stage of the demo: who acts, in which campaign, and at what moment of the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from corpus.reading import read_bytes
from review.clock import VIET_NAM
from review.errors import ERRORS, NotFound
from review.records import CampaignView, Person
from review.workbench import Workbench


@dataclass
class Stage:
    """What a stage module holds; it writes through the services of ``workbench`` only."""

    workbench: Workbench

    @cached_property
    def operator(self) -> Person:
        """The local command line's account: for what an administrator would do."""
        return self.workbench.people.operator()

    def person(self, username: str) -> Person:
        """Return a person as the roles stand now; raises ``NotFound`` RS-601."""
        for found in self.workbench.people.list_people(self.operator):
            if found.username == username:
                return found
        raise ERRORS.error("RS-601", NotFound, what="người dùng", id=username)

    def campaign(self, code: str) -> CampaignView:
        """Return a campaign of ``demo.yaml``; raises ``NotFound`` RS-601."""
        for found in self.workbench.campaigns.list(self.operator):
            if found.code == code:
                return found
        raise ERRORS.error("RS-601", NotFound, what="đợt rà soát", id=code)

    def load(self, person: Person, campaign: str, number: str, words: str) -> int:
        """Load an act as text; return its id. Raises ``ValueError`` where it cannot be read."""
        results = read_bytes(f"{number.replace('/', '-')}.txt", words.encode())
        report = self.workbench.library.load(person, results, self.campaign(campaign).id)
        line = report.lines[0]
        if line.act_id is None:
            raise ValueError(f"{number}: {line.notices}")
        return line.act_id

    @contextmanager
    def on(self, day: date, hour: int = 9, minute: int = 0) -> Iterator[None]:
        """Let the services stamp what is written with this moment in Viet Nam.

        The audit log keeps the true time: its triggers ask the database's own clock.
        """
        store = self.workbench.store
        standing = store.clock
        moment = datetime.combine(day, time(hour, minute), tzinfo=VIET_NAM)
        store.clock = lambda: moment
        try:
            yield
        finally:
            store.clock = standing
