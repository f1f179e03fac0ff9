"""The order of reading, when to stop, what was sampled, and replays of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.elusion import Elusion
from models.stopping import Stopping

if TYPE_CHECKING:
    from review.records.overview import JobView


@dataclass(frozen=True, slots=True)
class ReadingState:
    """How the queue «nên đọc trước» stands for a person's own agencies.

    ``learned``: whether decisions had a say in the order, or severity alone; ``since``: decisions
    made since the order was made; ``job``: the ordering that waits or runs.
    """

    made_at: datetime | None
    learned: bool
    since: int
    waiting: int  # undecided suggestions
    stopping: Stopping
    job: JobView | None = None


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One provision of a random sample; ``verdict`` is "" (unread), "khong" or "co"."""

    id: int
    place: int
    provision_id: int
    act_id: int
    number: str
    act_title: str
    path: str
    label: str
    stem: str
    text: str
    verdict: str
    note: str
    person: str
    at: datetime | None
    sequence: int  # readings so far: what the next one supersedes
    has_finding: bool  # meanwhile somebody added one


@dataclass(frozen=True, slots=True)
class SampleRound:
    """A sample drawn for one agency, with its items in the order they were drawn."""

    id: int
    campaign_id: int
    agency: str
    number: int
    population: int
    seed: str
    drawn_by: str
    at: datetime
    items: tuple[SampleItem, ...]

    @property
    def read(self) -> int:
        return sum(bool(item.verdict) for item in self.items)

    @property
    def hits(self) -> int:
        return sum(item.verdict == "co" for item in self.items)


@dataclass(frozen=True, slots=True)
class ElusionRow:
    """The estimate for one agency from all its rounds; ``estimate`` is None before any reading."""

    agency: str
    rounds: int
    drawn: int
    estimate: Elusion | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ElusionReport:
    """What may have been missed, agency by agency, for the screen and the reports.

    ``missed_at_most`` adds up the upper bounds of all agencies with a sample; agencies without one
    are in ``without_sample`` and count nothing.
    """

    confidence: float
    rows: tuple[ElusionRow, ...]
    missed_at_most: int
    without_sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimulatedOrder:
    """One order in a replay. ``points`` are shares read and found (0 … 1)."""

    name: str
    wss95: float
    recall_10: float  # found after reading a tenth
    last_find: int  # read when the last one was found
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A replay of a campaign's decisions with each order of reading."""

    id: int
    at: datetime
    person: str
    total: int
    relevant: int
    finished: bool  # whether nothing was undecided then
    orders: tuple[SimulatedOrder, ...]
