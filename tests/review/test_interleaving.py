"""Any interleaving of two people's edits: nothing accepted is ever lost, nothing is overwritten.

Two reviewers of one ministry and two voices of one member work on what stood on their screens when
they last looked, however old that is. Each text they write is one of a kind and must be found again
as long as the machine runs; an edit on an outdated screen must be refused.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from corpus.errors import RasoatError
from review.errors import Conflict
from review.records import FindingView, OpinionInput, ProposalInput
from review.settings import Settings
from review.store.engine import Store
from tests.review.conftest import Clock, Desk, build, document, empty

REVIEWERS, MEMBERS = ("ha", "minh"), ("long", "linh")
FINDINGS = 2
# Mostly what leads on: else proposals would hardly ever be reached.
STEPS = ("confirm", "confirm", "confirm", "reject", "ask", "reopen")
reviewers = st.sampled_from(REVIEWERS)
members = st.sampled_from(MEMBERS)
places = st.integers(0, FINDINGS - 1)


class Interleaving(RuleBasedStateMachine):
    """``fresh`` gives the address of a furnished store, made in the folder it is given.

    ``screens`` hold what each person looked at last.
    """

    fresh: Callable[[Path], str]
    came: Counter[str] = Counter()  # noqa: RUF012  (over all runs: what was really tried)

    @initialize()
    def furnish(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        store = Store(type(self).fresh(self.folder), Clock())
        bench = build(store, Settings(data_dir=self.folder))
        operator = bench.people.operator()
        people = {
            person.username.removesuffix(".thu"): person
            for person in bench.people.list_people(operator)
        }
        campaign = bench.campaigns.list(operator)[0]
        self.desk = Desk(bench, store, store.clock, Settings(), campaign, people)  # type: ignore[arg-type]
        lines = ["1. Nộp bản sao sổ hộ khẩu và sổ tạm trú."] * FINDINGS
        self.desk.load(document("902/2019/TT-BXD", *lines))
        self.ids = [row.id for row in self.desk.findings("ha", category="A1")]
        self.written = 0
        # By finding: the texts accepted, in order, and how often the finding was written.
        self.notes: list[list[str]] = [[] for _ in self.ids]
        self.proposals: list[list[str]] = [[] for _ in self.ids]
        self.opinions: list[list[str]] = [[] for _ in self.ids]
        self.drafts: dict[tuple[str, int], str] = {}
        self.screens: dict[tuple[str, int], dict[str, Any]] = {}
        self._begin()
        for place in range(FINDINGS):
            for who in (*REVIEWERS, *MEMBERS):
                self._look(who, place)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            bench = self.desk.bench
            verdict = bench.audit.verify(bench.people.operator())
            bench.close()
            shutil.rmtree(self.folder)
            assert verdict.broken is None, verdict.sentence

    # --- what people do ---

    @rule(who=st.sampled_from((*REVIEWERS, *MEMBERS)), place=places)
    def look(self, who: str, place: int) -> None:
        self._look(who, place)

    @rule(who=reviewers, place=places, action=st.sampled_from(STEPS))
    def decide(self, who: str, place: int, action: str) -> None:
        text = self._text()
        extra = {"reject": ("N10",)}.get(action, ())
        seen = self.screens[who, place]["version"]
        step = getattr(self.desk.bench.findings, action)
        self._try(
            who,
            place,
            lambda: step(self.desk[who], self.ids[place], seen, *extra, text),
            stale=seen != self._finding(place).row.version,
            kept=lambda: self.notes[place].append(text),
        )

    @rule(who=reviewers, place=places, category=st.sampled_from(("A1", "A2")))
    def edit(self, who: str, place: int, category: str) -> None:
        seen = self.screens[who, place]["version"]
        before = self._finding(place).row
        self._try(
            who,
            place,
            lambda: self.desk.bench.findings.edit(
                self.desk[who], self.ids[place], seen, category=category
            ),
            stale=seen != before.version,
            kept=lambda: None,
        )

    @rule(who=reviewers, place=places)
    def merge(self, who: str, place: int) -> None:
        text, other = self._text(), (place + 1) % FINDINGS
        seen = self.screens[who, place]["version"]
        self._try(
            who,
            place,
            lambda: self.desk.bench.duplicates.merge(
                self.desk[who], self.ids[place], seen, self.ids[other], text
            ),
            stale=seen != self._finding(place).row.version,
            kept=lambda: self.notes[place].append(text),
        )

    @rule(who=reviewers, place=places)
    def part(self, who: str, place: int) -> None:
        text = self._text()
        seen = self.screens[who, place]["version"]
        self._try(
            who,
            place,
            lambda: self.desk.bench.duplicates.undo(self.desk[who], self.ids[place], seen, text),
            stale=seen != self._finding(place).row.version,
            kept=lambda: self.notes[place].append(text),
        )

    @rule(who=reviewers, place=places)
    def propose(self, who: str, place: int) -> None:
        text = self._text()
        seen = self.screens[who, place]["proposal"]
        entered = ProposalInput("SĐ", text, "Dữ liệu đã có.", "Thông tư", "BXD")
        self._try(
            who,
            place,
            lambda: self.desk.bench.proposals.save(self.desk[who], self.ids[place], seen, entered),
            stale=seen != self._proposal(place),
            kept=lambda: self.proposals[place].append(text) or self.came.update(["proposals"]),
        )

    @rule(who=st.just("minh"), place=places)
    def submit(self, who: str, place: int) -> None:
        seen = self.screens[who, place]["proposal"]
        self._try(
            who,
            place,
            lambda: self.desk.bench.proposals.submit(self.desk[who], self.ids[place], seen),
            stale=seen != self._proposal(place),
            kept=lambda: None,
        )

    @rule(who=members, place=places)
    def speak(self, who: str, place: int) -> None:
        text = self._text()
        seen = self.screens[who, place]["opinion"]
        own = self.desk.bench.opinions.board(self.desk[who], self.ids[place]).own
        entered = OpinionInput("khong", reason=text)
        self._try(
            who,
            place,
            lambda: self.desk.bench.opinions.give(
                self.desk[who], self.ids[place], entered, seen=seen
            ),
            stale=seen != (own.id if own else None),
            kept=lambda: self.opinions[place].append(text) or self.came.update(["opinions"]),
        )

    @rule(who=reviewers, place=places, field=st.sampled_from(("reason", "new_text")))
    def type(self, who: str, place: int, field: str) -> None:
        """Both type into the same form; each has a draft of their own."""
        text = self._text()
        key = f"de-xuat:{self.ids[place]}"
        self.desk.bench.drafts.keep(self.desk[who], key, f"to-{who}", {field: text})
        self.drafts[who, place] = text

    # --- what must hold whatever they do ---

    @invariant()
    def every_accepted_text_is_found_again(self) -> None:
        if not hasattr(self, "desk"):
            return
        bench, lead, member = self.desk.bench, self.desk["minh"], self.desk["long"]
        for place, one in enumerate(self.ids):
            history = [step.note for step in reversed(bench.findings.get(lead, one).history)]
            assert [note for note in history if note] == self.notes[place]
            texts = [view.input.new_text for view in reversed(bench.proposals.history(lead, one))]
            # A submission repeats the text it signs.
            assert list(dict.fromkeys(texts)) == self.proposals[place]
            board = bench.opinions.board(member, one)
            said = [*reversed(board.history), *([board.own] if board.own else [])]
            assert [view.input.reason for view in said] == self.opinions[place]
        for (who, place), text in self.drafts.items():
            draft = bench.drafts.load(self.desk[who], f"de-xuat:{self.ids[place]}")
            assert draft is not None
            assert text in draft.value.values()

    @invariant()
    def versions_count_the_steps(self) -> None:
        if not hasattr(self, "desk"):
            return
        for place in range(FINDINGS):
            view = self._finding(place)
            assert view.row.version == 1 + len(view.history)
            assert [step.version for step in view.history] == list(range(view.row.version, 1, -1))

    # --- how it is done ---

    def _begin(self) -> None:
        """Begin where proposals are written and members speak; chance alone hardly gets there."""
        bench, entered = self.desk.bench, ProposalInput("SĐ", "", "Đã có.", "Thông tư", "BXD")
        for place, one in enumerate(self.ids):
            text, version = self._text(), self._finding(place).row.version
            bench.findings.confirm(self.desk["ha"], one, version, text)
            bench.proposals.save(self.desk["ha"], one, 0, replace(entered, new_text=text))
            self.notes[place].append(text)
            self.proposals[place].append(text)
        bench.proposals.submit(self.desk["minh"], self.ids[-1], 1)

    def _look(self, who: str, place: int) -> None:
        bench, one, person = self.desk.bench, self.ids[place], self.desk[who]
        if who in MEMBERS:
            own = bench.opinions.board(person, one).own
            self.screens[who, place] = {"opinion": own.id if own else None}
        else:
            self.screens[who, place] = {
                "version": bench.findings.get(person, one).row.version,
                "proposal": bench.proposals.get(person, one).version,
            }

    def _finding(self, place: int) -> FindingView:
        return self.desk.bench.findings.get(self.desk["minh"], self.ids[place])

    def _proposal(self, place: int) -> int:
        return self.desk.bench.proposals.get(self.desk["minh"], self.ids[place]).version

    def _text(self) -> str:
        self.written += 1
        return f"chữ thứ {self.written}"

    def _try(
        self,
        who: str,
        place: int,
        call: Callable[[], object],
        *,
        stale: bool,
        kept: Callable[[], object],
    ) -> None:
        """Do it; who looked at something outdated must be told so, and nothing be written."""
        told: Conflict | None = None
        try:
            call()
        except Conflict as conflict:
            told = conflict
        except RasoatError:
            return  # not allowed in this state: nothing is written, the invariants see to it
        if told is None:
            assert not stale, "một bản cũ đã ghi đè bản mới"
            kept()
            self.came["written"] += 1
            self._look(who, place)  # the page is drawn anew
        else:
            assert stale
            assert told.who
            self.came["told"] += 1


def copies(template: Path) -> Callable[[Path], str]:
    """Return what makes a copy of a SQLite store for each run."""

    def fresh(folder: Path) -> str:
        shutil.copy(template, folder / "desk.db")
        return f"sqlite:///{folder / 'desk.db'}"

    return staticmethod(fresh)


def emptied(url: str) -> Callable[[Path], str]:
    """Return what empties a PostgreSQL store for each run."""

    def fresh(_folder: Path) -> str:
        empty(url)
        return url

    return staticmethod(fresh)


def test_nothing_is_lost_in_any_interleaving(
    engine_name: str, request: pytest.FixtureRequest
) -> None:
    furnished = request.getfixturevalue(f"furnished_{engine_name}")
    Interleaving.fresh = (copies if engine_name == "sqlite" else emptied)(furnished)
    Interleaving.came = Counter()
    run_state_machine_as_test(
        Interleaving,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Otherwise the machine would have proved nothing.
    came = Interleaving.came
    assert min(came[kind] for kind in ("written", "told", "proposals", "opinions")) > 3


def test_a_service_without_versions_would_be_caught(
    furnished_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine itself is held to finding the fault it is there for."""
    from review.findings import decision

    def careless(db, person, row, version, step, now) -> None:
        target = decision.next_state(step.action, row.state, changed=row.changed)
        decision.write(db, person, row, step, target, now)

    monkeypatch.setattr("review.findings.deciding.take", careless)
    Interleaving.fresh = copies(furnished_sqlite)
    with pytest.raises(AssertionError, match="bản cũ đã ghi đè"):
        run_state_machine_as_test(
            Interleaving,
            settings=settings(
                max_examples=60,
                stateful_step_count=30,
                deadline=None,
                derandomize=True,
                report_multiple_bugs=False,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
