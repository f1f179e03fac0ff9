"""Rà soát: the queue, the provision with its whole Điều, why it was suggested, the decision."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import (
    addition,
    asking,
    claiming,
    deciding_once,
    filters,
    followed,
    guard,
    links,
    merging,
    provision,
    queue,
    reader,
    reasons,
    severity,
    similar,
    suppressed,
)
from review.components.decision import Decision
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, FindingRow, FindingView, Page, Person
from review.state import FINDING_STATES, RECOGNISED, UNDECIDED
from review.workbench import Workbench

_SET_ASIDE, _QUESTIONS = "da-loai", "hoi-dap"
_HEIGHT = 640  # pixels: what a 768-pixel screen leaves under the head


def render(bench: Workbench, person: Person) -> None:
    """Draw the page."""
    campaign = filters.campaign(bench, person)
    if campaign is None:
        guard.empty(say("campaign.none"), say("campaign.none_advice"))
        return
    left, right = st.columns([5, 3], vertical_alignment="center")
    with left:
        chosen = links.switch(
            say("review.views"),
            links.VIEW,
            _views(person),
        )
    with right:
        filters.pick_campaign(bench, person, campaign)
    if chosen == _SET_ASIDE:
        suppressed.draw(bench, person, campaign)
    elif chosen == _QUESTIONS:
        asking.queue(bench, person, campaign)
    else:
        _queue(bench, person, campaign)


def _claims(
    bench: Workbench, person: Person, page: Page[FindingRow], chosen: int | None
) -> claiming.Claims:
    """Return who works on what of the list, as far as this person may know."""
    if not allows(person, "claims.of"):
        return {}
    shown = [row.id for row in page.items]
    return bench.claims.of(person, shown if chosen is None else [*shown, chosen])


def _views(person: Person) -> dict[str, str]:
    """Return the views of this person: colleagues ask each other within a ministry only."""
    views = {"": say("review.queue")}
    if allows(person, "questions.queue"):
        views[_QUESTIONS] = say("asking.queue")
    if allows(person, "findings.suppressed"):
        views[_SET_ASIDE] = say("review.suppressed")
    return views


def _queue(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    wanted = filters.of_address(campaign, UNDECIDED)
    page, chosen = queue.page_of(bench, person, wanted)
    claims = _claims(bench, person, page, chosen)
    side, middle, right = st.columns([11, 24, 17])
    with side:
        states = {
            "": say("review.undecided"),
            "tat-ca": say("filter.any"),
            **FINDING_STATES,
        }
        if allows(person, "claims.claim_next"):
            narrow, take = st.columns([4, 3], gap="xsmall")
            with narrow:
                filters.draw(bench, person, campaign, states)
            with take:
                claiming.several(bench, person, campaign, wanted)
        else:
            filters.draw(bench, person, campaign, states)
        queue.draw(
            page,
            chosen,
            FINDING_STATES,
            lambda row: claiming.remark(claims, person, row.id),
        )
    if chosen is None:
        with middle:
            guard.empty(say("review.empty"), say("review.empty_advice"))
        return
    view = bench.findings.get(person, chosen)
    around = bench.findings.neighbours(person, wanted, chosen)
    with middle:
        _text(view)
    with right, st.container(height=_HEIGHT, border=False):
        queue.steps(around)
        claiming.line(bench, person, view, claims.get(chosen))
        same = 1
        if allows(person, "same_wording.apply", view.act.agency):
            same = len(bench.same_wording.of(person, chosen))
        held_by = claiming.other(claims, person, chosen)
        decision = Decision(bench, person, view, around.next, same, held_by)
        decision.draw()
        decision.undo_last()
        if allows(person, "questions.of", view.act.agency):
            asking.thread(bench, person, view)
        deciding_once.undo(bench, person, view)
        merging.standing(bench, person, view)
        reasons.draw(bench, person, view)
        followed.draw(bench, person, view, *(["de-xuat"] if view.row.state in RECOGNISED else []))
        near = st.container()
        _further(bench, person, view)
        if allows(person, "similar.of", view.act.agency):
            # Last, because it takes longest: everything else is on the screen by then.
            with near:
                similar.draw(bench, person, view)
            if around.next is not None:
                bench.similar.look_ahead(person, around.next)


def _text(view: FindingView) -> None:
    row = view.row
    name = view.article[0].label if view.article else view.provision.label
    st.html(
        f'<div class="rs-chips">{severity.badge(row.severity, suggested=row.origin == "may")}'
        f"<b>{escape(view.act.title)}</b></div>{provision.breadcrumb(view)}"
    )
    with st.container(height=_HEIGHT - 60, border=False):
        st.html(provision.unit_in_context(view))
        st.html(f'<p class="rs-muted">{escape(say("review.whole_article", name=name))}</p>')
        st.html(provision.whole_article(view))


def _further(bench: Workbench, person: Person, view: FindingView) -> None:
    """What else may be done from here: propose, add a finding, close the act."""
    names = {links.FINDING: str(view.row.id), links.STATE: "tat-ca"}
    first, second = st.columns(2)
    if "propose" in view.actions:
        first.page_link(links.page("de-xuat"), label=say("review.propose"), query_params=names)
    second.page_link(
        links.page("kho-van-ban"),
        label=say("review.open_act"),
        query_params={links.ACT: str(view.act.id)},
    )
    third, fourth = st.columns(2)
    if allows(person, "findings.add_manual", view.act.agency) and third.button(
        say("addition.open"), key="them-phat-hien", width="stretch"
    ):
        addition.choose_place(bench, person, view.article, view.provision.id)
    if allows(person, "library.sign_off", view.act.agency):
        with fourth:
            reader.sign_off(bench, person, view.act.id)
