"""What becomes of findings in the demo: courses of ``course.yaml``, through the services.

Step by step for all findings, not finding by finding: so rows are written in the order of time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models import catalogue, formula
from review.demo.stage import Stage
from review.records import ConclusionInput, FindingView, OpinionInput, Person, ProposalInput

_DATA = Path(__file__).with_name("course.yaml")
_WITH_NEW_TEXT = ("SĐ", "TT")
_REASON = "Thông tin đã có trong dữ liệu của cơ quan nhà nước; người dân không phải nộp lại."
_BEGINS, _EVERY, _DAY = 8, 7, 9 * 60  # first hour; minutes between two steps; minutes of a day


@dataclass(frozen=True, slots=True)
class Traveller:
    """A finding on its course; ``by`` reviews it for the ministry, ``lead`` signs."""

    finding: int
    course: str
    by: Person
    lead: Person


@dataclass(frozen=True, slots=True)
class Courses:
    """Takes findings along their courses.

    ``days`` tells when each step is taken (empty: now), ``deadline`` what proposals promise.
    """

    stage: Stage
    days: Mapping[str, date]
    deadline: date
    secretariat: Person
    speakers: Mapping[str, Person]  # BTP, BCA, VPCP, CG: who speaks

    def take(self, travellers: Sequence[Traveller], *steps: str) -> None:
        """Take the named steps, one after the other, with every finding whose course has them."""
        courses = _data()["courses"]
        for step in steps:
            going = [one for one in travellers if step in courses[one.course]]
            for count, one in enumerate(going):
                with self._moment(step, count):
                    _STEPS[step](self, one, courses[one.course][step])

    def _moment(self, step: str, count: int) -> AbstractContextManager[None]:
        if step not in self.days:
            return nullcontext()
        shift, minutes = divmod(count * _EVERY, _DAY)
        day = self.days[step] + timedelta(days=shift)
        return self.stage.on(day, _BEGINS + minutes // 60, minutes % 60)

    def _view(self, one: Traveller, who: Person | None = None) -> FindingView:
        return self.stage.workbench.findings.get(who or one.by, one.finding)

    def ask(self, one: Traveller, question: str) -> None:
        to = one.lead.id if one.lead != one.by else None
        view = self._view(one)
        self.stage.workbench.findings.ask(one.by, one.finding, view.row.version, question, to)

    def reply(self, one: Traveller, text: str) -> None:
        questions = self.stage.workbench.questions
        questions.answer(one.lead, questions.of(one.lead, one.finding)[0].id, text)

    def reject(self, one: Traveller, why: dict[str, str]) -> None:
        version = self._view(one).row.version
        self.stage.workbench.findings.reject(one.by, one.finding, version, **why)

    def confirm(self, one: Traveller, note: str) -> None:
        version = self._view(one).row.version
        self.stage.workbench.findings.confirm(one.by, one.finding, version, note)

    def propose(self, one: Traveller, _: bool) -> None:
        """Take up the formula that the catalogue names; where it has no words, our own."""
        bench, view = self.stage.workbench, self._view(one)
        known = catalogue.load().sources.rows
        databases = [known[code].name for code in view.sources if code in known]
        draft = formula.fill(
            view.formula,
            formula.FillContext(
                text=view.provision.text.strip(),
                category=view.row.category,
                place=view.row.label,
                act=f"{view.act.type} số {view.act.number}",
                quote=view.row.quote,
                database=databases[0] if databases else "",
            ),
        )
        new_text = draft.text
        if new_text == view.provision.text.strip():
            for old, new in _data()["rewordings"]:
                new_text = new_text.replace(old, new)
        standing = bench.proposals.get(one.by, one.finding)
        entered = ProposalInput(
            handling=draft.handling,
            new_text=new_text if draft.handling in _WITH_NEW_TEXT else "",
            reason=_REASON,
            instrument=standing.input.instrument,
            lead_agency=standing.input.lead_agency,
            deadline=self.deadline,
        )
        bench.proposals.save(one.by, one.finding, standing.version, entered)

    def approve(self, one: Traveller, _: bool) -> None:
        proposals = self.stage.workbench.proposals
        proposals.approve(one.lead, one.finding, proposals.get(one.lead, one.finding).version)

    def submit(self, one: Traveller, _: bool) -> None:
        proposals = self.stage.workbench.proposals
        proposals.submit(one.lead, one.finding, proposals.get(one.lead, one.finding).version)

    def speak(self, one: Traveller, voices: dict[str, str]) -> None:
        for member, voice in voices.items():
            entered = OpinionInput(**_data()["voices"][voice])
            self.stage.workbench.opinions.give(self.speakers[member], one.finding, entered)

    def open(self, one: Traveller, reason: str) -> None:
        version = self._view(one, self.secretariat).row.version
        self.stage.workbench.opinions.open(self.secretariat, one.finding, version, reason)

    def conclude(self, one: Traveller, entered: dict[str, str]) -> None:
        self.stage.workbench.conclusions.compose(
            self.secretariat, one.finding, ConclusionInput(**entered)
        )

    def send_back(self, one: Traveller, reason: str) -> None:
        version = self._view(one, self.secretariat).row.version
        self.stage.workbench.opinions.send_back(self.secretariat, one.finding, version, reason)

    def answer(self, one: Traveller, entered: dict[str, str]) -> None:
        self.stage.workbench.thread.answer(
            one.lead,
            one.finding,
            entered["kind"],
            entered.get("explanation", ""),
            entered.get("text", ""),
        )

    def resubmit(self, one: Traveller, new_text: str) -> None:
        """Take up what was asked for in a new version, and begin the next round."""
        proposals = self.stage.workbench.proposals
        standing = proposals.get(one.lead, one.finding)
        entered = ProposalInput(
            handling="SĐ",
            new_text=new_text,
            reason=standing.input.reason,
            instrument=standing.input.instrument,
            lead_agency=standing.input.lead_agency,
            deadline=standing.input.deadline,
        )
        saved = proposals.save(one.lead, one.finding, standing.version, entered)
        proposals.submit(one.lead, one.finding, saved.version)

    def escalate(self, one: Traveller, reason: str) -> None:
        version = self._view(one, self.secretariat).row.version
        self.stage.workbench.conclusions.escalate(self.secretariat, one.finding, version, reason)

    def rule(self, one: Traveller, text: str) -> None:
        version = self._view(one, self.secretariat).row.version
        self.stage.workbench.conclusions.record_ruling(self.secretariat, one.finding, version, text)


_STEPS: dict[str, Callable[[Courses, Traveller, Any], None]] = {
    "ask": Courses.ask,
    "reply": Courses.reply,
    "reject": Courses.reject,
    "confirm": Courses.confirm,
    "propose": Courses.propose,
    "approve": Courses.approve,
    "submit": Courses.submit,
    "opinions": Courses.speak,
    "open": Courses.open,
    "conclude": Courses.conclude,
    "send_back": Courses.send_back,
    "answer": Courses.answer,
    "resubmit": Courses.resubmit,
    "opinions_again": Courses.speak,
    "escalate": Courses.escalate,
    "rule": Courses.rule,
}


@cache
def _data() -> dict[str, Any]:
    return yaml.safe_load(_DATA.read_text(encoding="utf-8"))
