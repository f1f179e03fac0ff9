"""Questions to colleagues: who asked what of whom, the answers, and the queue of open ones."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import drafts, filters, guard, links
from review.components.formats import moment, number, shorten
from review.components.trace import block
from review.components.wording import say
from review.records import (
    AskedRow,
    CampaignView,
    FindingFilter,
    FindingView,
    PageRequest,
    Person,
    QuestionView,
)
from review.workbench import Workbench

WAITING = ("can_hoi",)
_ROWS = 12
_PART = "hoi_dap"


def thread(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw the questions about a finding, and the answer form where this person may answer."""
    asked = bench.questions.of(person, view.row.id)
    if not asked:
        return
    st.html(block(say("asking.heading"), "".join(map(_question, asked))))
    newest = asked[0]
    if not newest.may_answer:
        return
    form = drafts.Form(bench, person, f"tra-loi:{newest.id}")
    form.area(say("asking.answer"), "text", height=80)

    def answer() -> None:
        bench.questions.answer(person, newest.id, str(form.current().get("text", "")))
        form.discard()
        guard.tell(say("asking.answered", who=newest.asker))

    left, right = st.columns([3, 5], vertical_alignment="center")
    left.button(
        say("asking.send_answer"),
        key="gui-tra-loi",
        width="stretch",
        on_click=guard.guarded(answer),
    )
    with right:
        form.saved_line()


def _question(question: QuestionView) -> str:
    to = question.to or say("asking.everybody")
    answers = "".join(
        f'<li><span class="rs-muted">{escape(answer.person)} · {moment(answer.at)}</span><br>'
        f"{escape(answer.text)}</li>"
        for answer in question.answers
    )
    if not answers:
        answers = f'<li class="rs-muted">{escape(say("asking.no_answer"))}</li>'
    return (
        f'<div class="rs-ask"><span class="rs-muted">{escape(question.asker)} → {escape(to)} · '
        f"{moment(question.at)}</span><p>{escape(question.text)}</p>"
        f'<ul class="rs-list">{answers}</ul></div>'
    )


def queue(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the questions of the campaign: to me, of mine, or all that are open."""
    part = links.switch(
        say("asking.queue"),
        _PART,
        {"": say("asking.to_me"), "cua-toi": say("asking.by_me"), "tat-ca": say("asking.all")},
    )
    wanted = FindingFilter(
        campaign_id=campaign.id,
        states=WAITING,
        asked_of=person.id if part == "" else None,
        answered_for=None,
    )
    asker = person.id if part == "cua-toi" else None
    page = bench.questions.queue(person, wanted, asker, PageRequest(links.requested_page(), _ROWS))
    if not page.items:
        guard.empty(say("asking.empty"), say("asking.empty_advice"))
        return
    count = say("asking.count", total=number(page.total))
    st.html(f'<p class="rs-muted">{escape(count)}</p>')
    head = "".join(
        f"<th>{escape(say(f'asking.column_{name}'))}</th>"
        for name in ("place", "question", "people", "answer")
    )
    body = "".join(_row(row, campaign) for row in page.items)
    st.html(f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    links.page_number(page.count, page.number)


def _row(row: AskedRow, campaign: CampaignView) -> str:
    finding, question = row.finding, row.question
    names = filters.names_of(FindingFilter(campaign_id=campaign.id, states=WAITING))
    place = f"{finding.label} {finding.number}".strip()
    link = links.anchor("ra-soat", place, **names, **{links.FINDING: finding.id})
    to = question.to or say("asking.everybody")
    last = question.answers[-1] if question.answers else None
    answer = (
        f'{escape(shorten(last.text, 160))}<br><span class="rs-muted">{escape(last.person)} · '
        f"{moment(last.at)}</span>"
        if last
        else f'<span class="rs-muted">{escape(say("asking.no_answer"))}</span>'
    )
    return (
        f"<tr><td>{link}<br><q>{escape(shorten(finding.quote, 60))}</q></td>"
        f"<td>{escape(shorten(question.text, 240))}</td>"
        f"<td>{escape(question.asker)} → {escape(to)}<br>"
        f'<span class="rs-muted">{moment(question.at)}</span></td><td>{answer}</td></tr>'
    )
