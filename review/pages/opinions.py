"""Ý kiến độc lập: my queue, the proposal, my opinion; the others' only once all have spoken."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import (
    deliberation,
    filters,
    formats,
    formulas,
    guard,
    headings,
    links,
    matrix,
    provision,
    queue,
)
from review.components.diff import word_diff
from review.components.drafts import Form
from review.components.trace import block
from review.components.wording import say
from review.opinions.ballot import COUNTED, EXPERT, VERDICTS
from review.opinions.opinion import members_of
from review.people.permission import allows
from review.proposals.proposal import HANDLINGS
from review.records import (
    CampaignView,
    FindingFilter,
    FindingRow,
    FindingView,
    MemberStatus,
    OpinionBoard,
    OpinionInput,
    OpinionView,
    Page,
    PageRequest,
    Person,
    ProposalView,
)
from review.state import FINDING_STATES
from review.workbench import Workbench

_COMPARING = "so_sanh"
_FIELDS = ("agreed", "disagreed", "reason", "wording")


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign(bench, person)
    if campaign is None:
        guard.empty(say("campaign.none"), say("campaign.none_advice"))
        return
    left, right = st.columns([5, 3], vertical_alignment="center")
    with left:
        part = _part(person)
    with right:
        filters.pick_campaign(bench, person, campaign)
    if part:
        (matrix.draw if part == "bang" else matrix.agreement)(bench, person, campaign)
        return
    side, main = st.columns([11, 41])
    with side:
        chosen = _queue(bench, person, campaign)
    with main:
        if chosen is None:
            guard.empty(say("opinion.empty"), say("opinion.empty_advice"))
            return
        view = bench.findings.get(person, chosen)
        _finding(bench, person, view)


def _part(person: Person) -> str:
    """Draw the parts of the page, or its heading for whoever may not compare; the part chosen."""
    if not allows(person, "comparison.matrix"):
        headings.title(say("page.y-kien"))
        return ""
    return links.switch(
        say("opinion.views"),
        _COMPARING,
        {"": say("page.y-kien"), "bang": say("matrix.open"), "muc": say("agreement.open")},
    )


def _queue(bench: Workbench, person: Person, campaign: CampaignView) -> int | None:
    spoken = links.switch(
        say("opinion.views"),
        links.VIEW,
        {
            "": say("opinion.waiting") if members_of(person) else say("opinion.to_resolve"),
            "tat-ca": say("opinion.all"),
        },
    )
    page = bench.opinions.queue(
        person,
        FindingFilter(campaign_id=campaign.id, agency=links.value(links.AGENCY)),
        waiting=spoken == "",
        page=PageRequest(links.requested_page(), queue.ROWS),
    )
    own = {row.finding.id: row.own_verdict for row in page.items}
    spoken_by = {row.finding.id: _spoken(row.spoken) for row in page.items}

    def last(row: FindingRow) -> str:
        if own[row.id]:
            return say("opinion.mine", verdict=VERDICTS[own[row.id]])
        return spoken_by[row.id]

    rows = Page([row.finding for row in page.items], page.total, page.number, page.size)
    first = rows.items[0].id if rows.items else None
    chosen = links.integer(links.FINDING) or first
    queue.draw(rows, chosen, FINDING_STATES, last)
    return chosen


def _spoken(members: Sequence[str]) -> str:
    """Return who has spoken, in the few words that a row has room for."""
    bodies = [member for member in members if not member.startswith(EXPERT)]
    experts = len(members) - len(bodies)
    words = [say("opinion.all_spoken")] if set(bodies) >= set(COUNTED) else bodies
    if experts:
        words.append(say("opinion.experts", count=experts))
    return say("opinion.spoken", members=", ".join(words)) if words else say("opinion.unspoken")


def _finding(bench: Workbench, person: Person, view: FindingView) -> None:
    board = bench.opinions.board(person, view.row.id)
    left, right = st.columns([22, 19])
    with left, st.container(height=640, border=False):
        st.html(provision.breadcrumb(view) + provision.unit_in_context(view))
        _ministry(bench, view, bench.proposals.get(person, view.row.id))
    with right:
        if board.may_speak:
            _Opinion(bench, person, view, board).draw()
        _board(board)
        if "send_back" in view.actions:
            _send_back(bench, person, view)
        deliberation.draw(bench, person, view)


def _ministry(bench: Workbench, view: FindingView, proposal: ProposalView) -> None:
    entered = proposal.input
    facts = [
        HANDLINGS.get(entered.handling, entered.handling),
        entered.instrument,
        bench.agencies.name(entered.lead_agency) if entered.lead_agency else "",
        formats.day(entered.deadline) if entered.deadline else "",
    ]
    line = " · ".join(fact for fact in facts if fact)
    reason = f"<p>{escape(entered.reason)}</p>" if entered.reason else ""
    st.html(block(say("opinion.ministry"), f"<p><b>{escape(line)}</b></p>{reason}"))
    if entered.new_text:
        st.html(word_diff(proposal.old_text, entered.new_text))
    drafted = formulas.clause(view, entered.handling, entered.new_text)
    if drafted:
        st.html(
            f'<p class="rs-muted">{escape(say("proposal.clause"))}</p>'
            f'<div class="rs-act"><p>{escape(drafted)}</p></div>'
        )
    st.html(f'<p class="rs-muted">{escape(proposal.competence.sentence)}</p>')


class _Opinion:
    """My opinion on one finding (NĐ 34/2016 Đ153.2: agreed, not agreed, why, other wording)."""

    def __init__(
        self, bench: Workbench, person: Person, view: FindingView, board: OpinionBoard
    ) -> None:
        self.bench, self.person, self.view, self.board = bench, person, view, board
        own = board.own.input if board.own else OpinionInput("")
        start = {"verdict": own.verdict, **{name: getattr(own, name) for name in _FIELDS}}
        seen = board.own.id if board.own else 0
        self.form = Form(bench, person, f"y-kien:{view.row.id}:{board.round}", start, seen)

    def draw(self) -> None:
        headings.section(say("opinion.heading"))
        self.form.choose(say("field.verdict"), "verdict", VERDICTS)
        for name in _FIELDS:
            self.form.area(say(f"field.{name}"), name, height=68)
        send, state = st.columns([3, 5], vertical_alignment="center")
        send.button(
            say("opinion.send"),
            key="gui-y-kien",
            type="primary",
            shortcut="Ctrl+S",
            width="stretch",
            on_click=guard.guarded(self._send),
        )
        with state:
            self.form.saved_line()

    def _send(self) -> None:
        values = self.form.current()
        entered = OpinionInput(values["verdict"] or "", *(values[name] for name in _FIELDS))
        with self.form.saving():
            self.bench.opinions.give(
                self.person, self.view.row.id, entered, seen=self.form.basis or None
            )
        guard.tell(say("opinion.sent", what=self.view.row.label))


def _board(board: OpinionBoard) -> None:
    cards = "".join(_member(status) for status in board.members)
    st.html(block(say("opinion.board", round=board.round), f'<ul class="rs-list">{cards}</ul>'))


def _member(status: MemberStatus) -> str:
    name = f"<b>{escape(status.name)}</b>"
    if status.counted:
        name = f"<b>{escape(status.member)}</b> {escape(status.name)}"
    if status.opinion:
        return f"<li>{name}<br>{_opinion(status.opinion)}</li>"
    words = say("opinion.hidden") if status.spoken else say("opinion.silent")
    return f'<li>{name}<br><span class="rs-muted">{escape(words)}</span></li>'


def _opinion(opinion: OpinionView) -> str:
    said = f"<b>{escape(VERDICTS.get(opinion.input.verdict, opinion.input.verdict))}</b>"
    parts = [
        f"{escape(say(f'field.{name}'))}: {escape(text)}"
        for name in _FIELDS
        if (text := getattr(opinion.input, name))
    ]
    by = f'<span class="rs-muted">{escape(opinion.person)} · {formats.moment(opinion.at)}</span>'
    return "<br>".join([said, *parts, by])


def _send_back(bench: Workbench, person: Person, view: FindingView) -> None:
    with st.popover(say("opinion.send_back"), width="stretch"):
        form = Form(bench, person, f"tra-lai:{view.row.id}")
        reason = form.area(say("field.reason"), "reason", height=90)

        def send() -> None:
            bench.opinions.send_back(
                person, view.row.id, view.row.version, form.current().get("reason", reason)
            )
            form.discard()
            guard.tell(say("opinion.sent_back"))

        st.button(say("opinion.send_back_now"), key="tra-lai", on_click=guard.guarded(send))
