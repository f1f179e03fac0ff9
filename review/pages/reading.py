"""Đọc gì tiếp: the order of reading and when to stop, samples, clusters, likeness, replays."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import filters, links, near, replay, sample, severity
from review.components.formats import moment, number, percent, shorten
from review.components.trace import block
from review.components.wording import say
from review.findings.query import READ_FIRST
from review.people.permission import allows
from review.records import CampaignView, FindingFilter, FindingRow, PageRequest, Person
from review.records.reading import ReadingState
from review.state import UNDECIDED
from review.workbench import Workbench

_ROWS = 12
_QUOTE = 90  # characters of a quote in the list


def render(bench: Workbench, person: Person) -> None:
    """Draw the part that the address names, of those the person may see."""
    campaign = filters.campaign_head(bench, person, say("reading.heading"))
    if campaign is None:
        return
    parts = {"": say("reading.view_order")}
    if allows(person, "sampling.report"):
        parts["mau"] = say("reading.view_sample")
    parts["cau-chu"] = say("reading.view_wording")
    if allows(person, "similar.offered"):
        parts["gan-giong"] = say("reading.view_near")
    if allows(person, "reading.simulation"):
        parts["mo-phong"] = say("reading.view_replay")
    chosen = links.switch(say("reading.views"), links.VIEW, parts)
    if chosen == "mau":
        sample.draw(bench, person, campaign)
    elif chosen == "cau-chu":
        near.clusters(bench, person, campaign)
    elif chosen == "gan-giong":
        near.offered(bench, person, campaign)
    elif chosen == "mo-phong":
        replay.draw(bench, person, campaign)
    else:
        _order(bench, person, campaign)


def _order(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    if allows(person, "reading.refresh"):
        bench.reading.refresh(person, campaign.id)
    state = bench.reading.state(person, campaign.id)
    st.html(f'<p class="rs-muted">{escape(say("reading.about_order"))}</p>')
    stopping = state.stopping
    figures = (
        (number(state.waiting), say("reading.waiting")),
        (number(stopping.read), say("reading.read")),
        (number(stopping.found), say("reading.found")),
        (percent(stopping.found, stopping.read), say("reading.rate")),
    )
    for column, (value, words) in zip(st.columns(4), figures, strict=True):
        column.html(f'<div class="rs-clock"><b>{value}</b>{escape(words)}</div>')
    left, right = st.columns([3, 2])
    with left:
        st.html(block(say("reading.stop_heading"), _stopping(state)))
    with right:
        names = {links.CAMPAIGN: campaign.id, links.ORDER: READ_FIRST}
        link = links.anchor("ra-soat", say("reading.open_queue"), **names)
        lines = f"<li>{escape(_made(state))}</li><li><b>{link}</b></li>"
        st.html(block(say("reading.first"), f'<ul class="rs-list">{lines}</ul>'))
    _first(bench, person, campaign)


def _first(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    """Draw the suggestions that stand first in the order."""
    wanted = FindingFilter(campaign_id=campaign.id, states=UNDECIDED, order=READ_FIRST)
    rows = bench.findings.queue(person, wanted, PageRequest(1, _ROWS)).items
    items = "".join(_row(row) for row in rows)
    if items:
        st.html(block(say("reading.first_ones"), f'<ul class="rs-list">{items}</ul>'))


def _row(row: FindingRow) -> str:
    name = f"{row.label} {row.number}".strip() or shorten(row.act_title, 60)
    names = {links.FINDING: row.id, links.ORDER: READ_FIRST}
    link = links.anchor("ra-soat", name, **names)
    return (
        f"<li>{severity.short(row.severity)} <b>{escape(row.category)}</b> {link} "
        f'<span class="rs-muted">«{escape(shorten(row.quote, _QUOTE))}»</span></li>'
    )


def _made(state: ReadingState) -> str:
    if state.job is not None:
        return say("reading.order_making")
    if state.made_at is None:
        return say("reading.order_none")
    if state.learned:
        return say("reading.order_learned", when=moment(state.made_at), since=number(state.since))
    return say("reading.order_plain", when=moment(state.made_at))


def _stopping(state: ReadingState) -> str:
    stopping = state.stopping
    if stopping.total and stopping.read >= stopping.total:
        lines = [say("reading.stop_all")]
    else:
        row = say("reading.stop_row_yes") if stopping.by_row else say("reading.stop_row_no")
        likely = (
            say("reading.stop_probability_yes")
            if stopping.by_probability
            else say("reading.stop_probability_no")
        )
        share = percent(round(stopping.probability * 1000), 1000)
        lines = [
            say(
                "reading.stop_row",
                count=number(stopping.in_a_row),
                needed=number(stopping.row_needed),
                verdict=row,
            ),
            say("reading.stop_probability", share=share, verdict=likely),
        ]
    lines.append(say("reading.stop_note"))
    return f'<ul class="rs-list">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'
