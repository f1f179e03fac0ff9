"""Đề xuất xử lý: current and proposed text side by side, handling, instrument, deadline."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import (
    deliberation,
    entry,
    filters,
    followed,
    formats,
    formulas,
    guard,
    headings,
    provision,
    queue,
    versions_of_proposal,
)
from review.components.diff import word_diff
from review.components.drafts import Form
from review.components.wording import say
from review.people.permission import allows
from review.proposals.proposal import HANDLINGS
from review.records import FindingView, Person, ProposalInput, ProposalView
from review.state import FINDING_STATES, SUBMITTED, TRANSITIONS
from review.workbench import Workbench

# A finding needs a proposal from its confirmation until the task force has it.
_WAITING = tuple(s for s in FINDING_STATES if s in TRANSITIONS["propose"].sources)


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign_head(bench, person, say("page.de-xuat"))
    if campaign is None:
        return
    writing = allows(person, "proposals.save")
    wanted = filters.of_address(campaign, _WAITING if writing else SUBMITTED)
    page, chosen = queue.page_of(bench, person, wanted)
    side, main = st.columns([11, 41])
    with side:
        usual = say("proposal.waiting") if writing else say("opinion.all")
        states = {"": usual, "tat-ca": say("filter.any"), **FINDING_STATES}
        filters.draw(bench, person, campaign, states)
        queue.draw(page, chosen, FINDING_STATES)
    with main:
        if chosen is None:
            guard.empty(say("proposal.empty"), say("proposal.empty_advice"))
            return
        view = bench.findings.get(person, chosen)
        standing = bench.proposals.get(person, chosen)
        _Proposal(bench, person, view, standing).draw()
        followed.draw(bench, person, view, "ra-soat")
        versions_of_proposal.draw(bench, person, view, standing)
        if allows(person, "thread.read") and bench.conclusions.rounds(person, chosen):
            deliberation.draw(bench, person, view)


class _Proposal:
    """The form of one proposal; typed values live in a draft until they are saved."""

    def __init__(
        self, bench: Workbench, person: Person, view: FindingView, standing: ProposalView
    ) -> None:
        self.bench, self.person, self.view, self.standing = bench, person, view, standing
        self.form = Form(
            bench, person, f"de-xuat:{view.row.id}", _start(standing.input), standing.version
        )

    def draw(self) -> None:
        st.html(provision.breadcrumb(self.view))
        new_text = self._texts()
        if self.standing.editable:
            formulas.buttons(self.view, self.form)
        with st.container(key="so-sanh"):
            self._comparison(new_text)
        if not self.standing.editable:
            if not self.standing.version:
                words = say("proposal.not_yet", state=FINDING_STATES[self.view.row.state])
                st.html(f'<div class="rs-notice">{escape(words)}</div>')
                return
            self._read_only()
            return
        self._handling()
        self._actions()
        self.form.saved_line()

    def _texts(self) -> str:
        left, right = st.columns(2)
        with left:
            headings.section(say("proposal.old"))
            marks = provision.quote_marks(self.view.row, here=True)
            current = provision.paragraph(self.view.provision, marks)
            st.html(f'<div class="rs-act">{current}</div>')
        with right:
            headings.section(say("proposal.new"))
            if self.standing.editable:
                return self.form.area(
                    say("proposal.new"), "new_text", height=150, label_visibility="collapsed"
                )
            new_text = self.standing.input.new_text
            st.html(f'<div class="rs-act"><p>{escape(new_text)}</p></div>')
            return new_text

    def _comparison(self, new_text: str) -> None:
        """Word diff, and the clause as it will stand in the amending act."""
        handling = str(self.form.values["handling"])
        repeal = handling in formulas.REPEALS and not new_text.strip()
        if new_text.strip() or repeal:
            st.html(word_diff(self.standing.old_text, new_text))
        drafted = formulas.clause(self.view, handling, new_text)
        if drafted:
            st.html(
                f'<p class="rs-muted">{escape(say("proposal.clause"))}</p>'
                f'<div class="rs-act"><p>{escape(drafted)}</p></div>'
            )

    def _handling(self) -> None:
        form, today = self.form, self.bench.today()
        agencies = dict(self.bench.agencies.choices(self.person, today))
        first, second, third = st.columns([4, 3, 3])
        with first:
            form.pick(say("field.handling"), "handling", _named(HANDLINGS))
        with second:
            options = self.standing.competence.instruments
            instruments = {"": "–", **{name: name for name in options}}
            form.pick(say("field.instrument"), "instrument", instruments)
        with third:
            form.line(
                say("field.deadline"), "deadline", placeholder=say("proposal.deadline_example")
            )
        first, second = st.columns([4, 6])
        with first:
            form.pick(say("field.lead_agency"), "lead_agency", {"": "–", **agencies})
        with second:
            form.several(
                say("field.co_agencies"), "co_agencies", agencies, placeholder=say("proposal.pick")
            )
        self._competence()
        form.area(say("field.reason"), "reason", height=80)

    def _competence(self) -> None:
        check = self.bench.proposals.competence(
            self.person,
            self.view.row.id,
            self.form.values["instrument"],
            self.form.values["lead_agency"],
        )
        tone = "rs-good" if check.allowed else "rs-bad"
        st.html(f'<div class="rs-notice {tone}">{escape(check.sentence)}</div>')

    def _actions(self) -> None:
        save, approve, submit, state = st.columns([2, 2, 2, 4], vertical_alignment="center")
        save.button(
            say("proposal.save"),
            key="luu-de-xuat",
            type="primary",
            shortcut="Ctrl+S",
            width="stretch",
            on_click=guard.guarded(self._save),
        )
        unsaved = not self.standing.version or self.form.has_draft
        approve.button(
            say("proposal.approve"),
            key="duyet-de-xuat",
            width="stretch",
            disabled=unsaved or "approve" not in self.view.actions,
            help=say("proposal.approve_help"),
            on_click=guard.guarded(self._approve),
        )
        submit.button(
            say("proposal.submit"),
            key="trinh-de-xuat",
            width="stretch",
            disabled=unsaved or "submit" not in self.view.actions,
            help=say("proposal.submit_help"),
            on_click=guard.guarded(self._submit),
        )
        state.html(f'<p class="rs-muted">{escape(_standing_line(self.standing))}</p>')

    def _save(self) -> None:
        entered = _entered(self.form.current())
        with self.form.saving():
            self.bench.proposals.save(self.person, self.view.row.id, self.form.basis, entered)
        guard.tell(say("proposal.saved"))

    def _approve(self) -> None:
        self.bench.proposals.approve(self.person, self.view.row.id, self.standing.version)
        guard.tell(say("proposal.approved"))

    def _submit(self) -> None:
        self.bench.proposals.submit(self.person, self.view.row.id, self.standing.version)
        guard.tell(say("proposal.submitted"))

    def _read_only(self) -> None:
        entered = self.standing.input
        rows = (
            ("handling", HANDLINGS.get(entered.handling, "–")),
            ("instrument", entered.instrument or "–"),
            ("lead_agency", self.bench.agencies.name(entered.lead_agency) or "–"),
            ("co_agencies", ", ".join(map(self.bench.agencies.name, entered.co_agencies)) or "–"),
            ("deadline", formats.day(entered.deadline)),
            ("reason", entered.reason or "–"),
        )
        cells = "".join(
            f"<tr><td>{escape(say(f'field.{name}'))}</td><td>{escape(text)}</td></tr>"
            for name, text in rows
        )
        st.html(f'<table class="rs-table"><tbody>{cells}</tbody></table>')
        st.html(f'<p class="rs-muted">{escape(_standing_line(self.standing))}</p>')


def _named(options: dict[str, str]) -> dict[str, str]:
    return {code: f"{code} · {name}" for code, name in options.items()}


def _start(entered: ProposalInput) -> dict[str, object]:
    return {
        "handling": entered.handling,
        "new_text": entered.new_text,
        "reason": entered.reason,
        "instrument": entered.instrument,
        "lead_agency": entered.lead_agency,
        "co_agencies": list(entered.co_agencies),
        "deadline": formats.day(entered.deadline) if entered.deadline else "",
    }


def _entered(values: dict[str, object]) -> ProposalInput:
    """Return the form as the service wants it; raises RS-591 for a date that is none."""
    return ProposalInput(
        handling=str(values["handling"]),
        new_text=str(values["new_text"]),
        reason=str(values["reason"]),
        instrument=str(values["instrument"]),
        lead_agency=str(values["lead_agency"]),
        co_agencies=tuple(values["co_agencies"]),
        deadline=entry.day(values["deadline"]),
    )


def _standing_line(standing: ProposalView) -> str:
    if not standing.version:
        return say("proposal.not_saved")
    if standing.submitted_at:
        return say(
            "proposal.submitted_line",
            person=standing.submitted_by,
            at=formats.moment(standing.submitted_at),
        )
    return say(
        "proposal.saved_line",
        version=standing.version,
        person=standing.author,
        at=formats.moment(standing.at),
    )
