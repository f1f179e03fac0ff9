"""Thủ tục hành chính: dossiers, the provisions they rest on, decisions that publish them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import checklist, dossier, duties, filters, guard, links, loading_procedures
from review.components.formats import day, number
from review.components.wording import say
from review.people.permission import allows
from review.programme.publication import own_provinces
from review.records import CampaignView, Person
from review.records.follow_up import ProcedureView
from review.workbench import Workbench

PROCEDURE = "thu_tuc"
_ROWS = 20
_COLUMNS = ("code", "name", "agency", "suggestions", "findings", "decision", "state")
_STYLES = {"agency": "rs-agency", "suggestions": "rs-num", "findings": "rs-num"}
_SHOWN = {
    "": lambda one: True,
    "chua-du": lambda one: not one.complete,
    "co-goi-y": lambda one: one.suggestions > 0,
    "chua-gan": lambda one: one.suggestions > 0 and not one.findings,
}


def render(bench: Workbench, person: Person) -> None:
    """Draw the procedures of the campaign, the checklists, or one procedure."""
    campaign = filters.campaign_head(bench, person, say("procedure.heading"))
    if campaign is None:
        return
    chosen = links.integer(PROCEDURE)
    if chosen is not None:
        dossier.draw(bench, person, campaign, chosen)
        return
    own = own_provinces(person)
    parts = {"": say("procedure.view_list"), checklist.VIEW: say("procedure.view_checklist")}
    if own:  # a province has no procedures of its own: it publishes those of the ministries
        del parts[""]
    if links.switch(say("procedure.views"), links.VIEW, parts) == checklist.VIEW:
        province = links.value(checklist.PROVINCE) or (own[0] if own else "")
        if province:
            duties.draw(bench, person, campaign, province)
        else:
            checklist.draw(bench, person, campaign)
        return
    if allows(person, "dossiers.start"):
        loading_procedures.draw(bench, person, campaign)
    _list(bench, person, campaign)


def _list(bench: Workbench, person: Person, campaign: CampaignView) -> None:
    found = bench.procedures.list(person, campaign.id)
    if not found:
        guard.empty(say("procedure.empty"), say("procedure.empty_advice"))
        return
    agency_box, shown_box, text_box = st.columns([3, 3, 3])
    with agency_box:
        codes = dict.fromkeys(one.input.agency for one in found)
        names = {"": say("filter.any")} | {code: bench.agencies.name(code) for code in codes}
        agency = links.choose(say("filter.agency"), links.AGENCY, names)
    with shown_box:
        kinds = {key: say(f"procedure.show_{key or 'all'}") for key in _SHOWN}
        shown = links.choose(say("procedure.show"), links.STATE, kinds)
    with text_box:
        text = links.type_in(say("filter.text"), links.TEXT).casefold()
    rows = [
        one
        for one in found
        if agency in ("", one.input.agency)
        and _SHOWN[shown](one)
        and text in f"{one.input.code} {one.input.name} {one.decision}".casefold()
    ]
    st.html(f'<p class="rs-muted">{escape(say("procedure.count", count=number(len(rows))))}</p>')
    page = links.page_of(rows, _ROWS)
    st.html(_table(bench, page.items))
    links.page_number(page.count, page.number)


def _table(bench: Workbench, rows: Sequence[ProcedureView]) -> str:
    head = "".join(
        f'<th class="{_STYLES.get(name, "")}">{escape(say(f"procedure.column_{name}"))}</th>'
        for name in _COLUMNS
    )
    body = "".join(_row(bench, row) for row in rows)
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(bench: Workbench, row: ProcedureView) -> str:
    decision = escape(row.decision or "–")
    if row.published:
        decision += f'<br><span class="rs-muted">{day(row.published)}</span>'
    return (
        f"<tr><td>{links.anchor('thu-tuc', row.input.code, **{PROCEDURE: row.id})}</td>"
        f"<td>{escape(row.input.name)}</td>"
        f"<td>{escape(bench.agencies.name(row.input.agency))}</td>"
        f'<td class="rs-num">{number(row.suggestions)}</td>'
        f'<td class="rs-num">{number(row.findings)}</td>'
        f"<td>{decision}</td><td>{dossier.state(row)}</td></tr>"
    )
