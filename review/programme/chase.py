"""Data of the letters that chase amendments, and of the thematic report on the programme."""

from __future__ import annotations

from collections import defaultdict

from review.agencies import name_of
from review.people.permission import check
from review.programme.instrument import Instruments
from review.programme.lapse import Lapses
from review.programme.project import Projects
from review.programme.readiness import Readiness
from review.programme.task import Tasks
from review.records import Person
from review.records.chase import Chased, ChasingLetters, Thematic
from review.records.programme import InstrumentFilter, InstrumentRow, ProjectRow
from review.reports import heads
from review.reports.report import Reports
from review.reports.sealing import sealed
from review.store.engine import Store

_OPEN = ("chua-lam", "dang-lam")


class Chases:
    """Puts together what other services hold; each of them checks the person again."""

    def __init__(self, store: Store, reports: Reports) -> None:
        self._store = store
        self._reports = reports
        self._instruments = Instruments(store)
        self._projects = Projects(store)
        self._lapses = Lapses(store)
        self._tasks = Tasks(store)
        self._readiness = Readiness(store)

    def letters(self, person: Person, campaign_id: int) -> ChasingLetters:
        """Return the letters to ministries with acts that are not issued yet; RS-41x, RS-601."""
        check(person, "chases.letters")
        campaign, stamp = self._reports.origin(person, campaign_id)
        board = self._instruments.board(person, InstrumentFilter(campaign_id))
        projects = {row.id: row for row in self._projects.list(person, campaign_id)}
        acts: dict[str, list[InstrumentRow]] = defaultdict(list)
        for row in board.rows:
            if row.state in _OPEN and row.input.agency:
                acts[row.input.agency].append(row)
        letters = tuple(
            _chased(code, tuple(acts[code]), projects) for code in sorted(acts, key=name_of)
        )
        today = self._store.today()
        head = heads.of_task_force("don_doc", today.year)
        return ChasingLetters(head, campaign, sealed(stamp, letters), today, letters)

    def thematic(self, person: Person, campaign_id: int) -> Thematic:
        """Return all figures of the thematic report; raises RS-41x, RS-601."""
        check(person, "chases.thematic")
        report = self._reports.overall(person, campaign_id)
        board = self._instruments.board(person, InstrumentFilter(campaign_id))
        projects = tuple(self._projects.list(person, campaign_id))
        tasks = tuple(self._tasks.list(person, campaign_id))
        named = {
            *(row.input.agency for row in board.rows),
            *(row.input.agency for row in projects),
            *(task.input.agency for task in tasks),
        } - {""}
        today = self._store.today()
        parts = (board.rows, projects, tasks, report.stamp.digest)
        return Thematic(
            heads.of_task_force("chuyen_de", today.year),
            report.campaign,
            sealed(report.stamp, parts),
            today,
            report,
            projects,
            board,
            tuple(self._lapses.rules(person, campaign_id)),
            tasks,
            tuple(self._readiness.sources(person)),
            {code: name_of(code) for code in named},
        )


def _chased(code: str, acts: tuple[InstrumentRow, ...], projects: dict[int, ProjectRow]) -> Chased:
    steps = {}
    for row in acts:
        if row.project_id is not None:
            project = projects[row.project_id]
            at = next((step for step in project.steps if step.code == project.current), None)
            steps[row.project_id] = (project.step_name, at.planned if at else None)
    return Chased(code, name_of(code), acts, steps)
